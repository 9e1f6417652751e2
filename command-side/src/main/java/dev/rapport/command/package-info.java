/** The side that decides: requests become commands, aggregates refuse them in words or apply them as events. */
@NullMarked
package dev.rapport.command;

import org.jspecify.annotations.NullMarked;
