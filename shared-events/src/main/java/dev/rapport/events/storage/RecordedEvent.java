package dev.rapport.events.storage;

import dev.rapport.events.DomainEvent;
import dev.rapport.events.StreamName;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event of the log, read: brought to the present revision and turned into its record, with where it stands in the log and in its
 * stream, who it is from and its two times. {@code version} is the version of the stream after the event, starting at 1.
 */
public record RecordedEvent(
        long position,
        String eventId,
        StreamName stream,
        long version,
        String type,
        String revision,
        Instant occurredAt,
        Instant recordedAt,
        @Nullable String subject,
        Map<String, Object> metadata,
        DomainEvent payload) {}
