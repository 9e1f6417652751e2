/** Reading one's own writes: a query that carries a consistency token waits for the projection. */
@NullMarked
package dev.rapport.query.consistency;

import org.jspecify.annotations.NullMarked;
