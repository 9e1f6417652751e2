/** What everything that is measured has in common: the story that it is told, and the process that it runs in. */
@NullMarked
package dev.rapport.benchmark.subject;

import org.jspecify.annotations.NullMarked;
