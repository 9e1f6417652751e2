/** Every event of a relationship, told in sentences. */
@NullMarked
package dev.rapport.query.history;

import org.jspecify.annotations.NullMarked;
