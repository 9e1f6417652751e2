/** Looks up, now and then, the numbers that metrics tell and that nobody has at hand. */
@NullMarked
package dev.rapport.query.metrics;

import org.jspecify.annotations.NullMarked;
