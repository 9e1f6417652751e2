/** Wires the event store: its database, Axon's engine and bus on it, and what else is kept in the events' transactions. */
@NullMarked
package dev.rapport.command.eventstore;

import org.jspecify.annotations.NullMarked;
