/** The event database as the query side knows it: where it is, and, in a process of its own, the log that is read there. */
@NullMarked
package dev.rapport.query.eventlog;

import org.jspecify.annotations.NullMarked;
