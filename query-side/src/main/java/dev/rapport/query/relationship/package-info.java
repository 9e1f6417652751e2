/** The portfolio: what is known of each relationship, folded from its events. */
@NullMarked
package dev.rapport.query.relationship;

import org.jspecify.annotations.NullMarked;
