package dev.rapport.command;

import java.time.Instant;
import java.util.Objects;
import org.axonframework.messaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * What comes with a command: everything that a decision may depend on beside the command and the recorded past, so that deciding needs
 * no clock and no session.
 *
 * @param caller who gives the command
 * @param occurredAt when that which the command reports happened in the world; never after {@code receivedAt}
 * @param receivedAt when Rapport got the command
 * @param expectedVersion the only version of the stream that the caller wants decided on, or null if any will do
 * @param imported whether the command belongs to a file of past events, so that what follows later in the file is to be heard first
 */
public record Circumstances(
        Caller caller,
        Instant occurredAt,
        Instant receivedAt,
        @Nullable Long expectedVersion,
        boolean imported) {

    /** The name in a command's metadata under which its circumstances travel. */
    public static final String METADATA = "circumstances";

    /**
     * As of when overdue promises count: now, whenever the matter occurred, since nobody gets round an overdue promise by backdating. In a file
     * of past events the promise may be kept in a later line, so there it is the time that the line is about.
     */
    public Instant overdueAsOf() {
        return imported ? occurredAt : receivedAt;
    }

    /** The circumstances of a command that was dispatched with them. */
    public static Circumstances of(Message<?> message) {
        return (Circumstances)
                Objects.requireNonNull(message.getMetaData().get(METADATA), "a command without circumstances");
    }
}
