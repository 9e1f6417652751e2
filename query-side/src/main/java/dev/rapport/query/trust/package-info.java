/** Trust in a relationship, both ways: over time, by any policy, and piece by piece of the evidence behind it. */
@NullMarked
package dev.rapport.query.trust;

import org.jspecify.annotations.NullMarked;
