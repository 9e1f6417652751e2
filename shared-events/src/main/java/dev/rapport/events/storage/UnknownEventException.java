package dev.rapport.events.storage;

import org.axonframework.serialization.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * The log holds an event that this program cannot read, most likely because a newer one wrote it. Whoever meets it has to stop
 * there: what cannot be read must not be taken for something that does not matter.
 */
public final class UnknownEventException extends SerializationException {

    UnknownEventException(String name, @Nullable String revision) {
        super("the event log holds an event " + name + " of revision " + revision
                + ", which this version of Rapport cannot read: it has no such class, or no upcaster to its revision");
    }
}
