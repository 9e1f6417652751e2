/** What the parties agreed to measure, and how they do by it. */
@NullMarked
package dev.rapport.query.indicator;

import org.jspecify.annotations.NullMarked;
