/** The parties in the network. */
@NullMarked
package dev.rapport.query.stakeholder;

import org.jspecify.annotations.NullMarked;
