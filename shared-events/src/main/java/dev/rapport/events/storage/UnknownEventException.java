package dev.rapport.events.storage;

import java.util.Optional;
import org.axonframework.serialization.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * The log holds an event that this program cannot read, most likely because a newer one wrote it. Whoever meets it has to stop
 * there: what cannot be read must not be taken for something that does not matter.
 */
public final class UnknownEventException extends SerializationException {

    private static final long ANYWHERE = Long.MAX_VALUE;

    private final long position;

    UnknownEventException(String name, @Nullable String revision) {
        this(
                "the event log holds an event " + name + " of revision " + revision
                        + ", which this version of Rapport cannot read: it has no such class, or no upcaster to its"
                        + " revision",
                ANYWHERE,
                null);
    }

    /** Of an event of a known revision, which says something that is not known: a word that a newer version has, or else it was damaged. */
    UnknownEventException(String name, @Nullable String revision, RuntimeException unreadable) {
        this(
                "the event log holds an event " + name + " of revision " + revision
                        + " with a value that this version of Rapport does not know",
                ANYWHERE,
                unreadable);
    }

    private UnknownEventException(String message, long position, @Nullable Throwable cause) {
        super(message, cause);
        this.position = position;
    }

    /** With the place where it is. */
    UnknownEventException at(StoredEvent event) {
        return position == ANYWHERE
                ? new UnknownEventException(getMessage() + ", at position " + event.position(), event.position(), this)
                : this;
    }

    /** Whether an event is before the unknown one in the log, so that it can be told without it. */
    public boolean isAfter(StoredEvent event) {
        return position != ANYWHERE && event.position() < position;
    }

    /** The one that caused a failure, if one did. */
    public static Optional<UnknownEventException> in(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownEventException unknown) {
                return Optional.of(unknown);
            }
        }
        return Optional.empty();
    }
}
