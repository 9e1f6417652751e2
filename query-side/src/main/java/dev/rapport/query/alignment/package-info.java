/** How far the views of ourselves and of the other party match, assessment by assessment. */
@NullMarked
package dev.rapport.query.alignment;

import org.jspecify.annotations.NullMarked;
