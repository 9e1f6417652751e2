/** What is recorded in a relationship, entry by entry, as corrected so far. */
@NullMarked
package dev.rapport.query.entry;

import org.jspecify.annotations.NullMarked;
