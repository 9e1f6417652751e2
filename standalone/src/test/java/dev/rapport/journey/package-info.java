/** Rapport from outside: journeys over HTTP through both sides, on a real database. */
@NullMarked
package dev.rapport.journey;

import org.jspecify.annotations.NullMarked;
