/** The event log, as a query side reads it that has a process of its own. */
@NullMarked
package dev.rapport.query.eventlog;

import org.jspecify.annotations.NullMarked;
