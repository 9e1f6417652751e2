/** Deadlines of aggregates: kept in the event database, fired once whichever node is there. */
@NullMarked
package dev.rapport.command.deadlines;

import org.jspecify.annotations.NullMarked;
