/** The benchmark: starts what is measured, lets it take turns, and writes down what came of it. */
@NullMarked
package dev.rapport.benchmark;

import org.jspecify.annotations.NullMarked;
