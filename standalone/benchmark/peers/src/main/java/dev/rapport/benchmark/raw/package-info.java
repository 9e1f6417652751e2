/** What the database itself can do, through nothing but its driver and a pool. */
@NullMarked
package dev.rapport.benchmark.raw;

import org.jspecify.annotations.NullMarked;
