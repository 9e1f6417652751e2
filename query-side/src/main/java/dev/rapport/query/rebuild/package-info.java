/** Rebuilding the read models beside the running ones: fill a new generation, compare it with the live one, change over in one step. */
@NullMarked
package dev.rapport.query.rebuild;

import org.jspecify.annotations.NullMarked;
