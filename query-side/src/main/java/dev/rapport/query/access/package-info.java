/** Who looks, and what they may see: one place that every query asks. */
@NullMarked
package dev.rapport.query.access;

import org.jspecify.annotations.NullMarked;
