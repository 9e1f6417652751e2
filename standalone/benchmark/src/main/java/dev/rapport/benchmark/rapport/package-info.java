/** Rapport, as it is measured: through the beans that its own endpoints use. */
@NullMarked
package dev.rapport.benchmark.rapport;

import org.jspecify.annotations.NullMarked;
