/** What most teams would write instead: entities, Spring Data and Envers, which keeps what they were. */
@NullMarked
package dev.rapport.benchmark.envers;

import org.jspecify.annotations.NullMarked;
