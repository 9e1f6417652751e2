package dev.rapport.query.history;

import dev.rapport.events.Provenance;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.vocabulary.RelationshipId;
import java.time.Instant;
import java.util.Objects;

/** A {@link HistoryItem} that is to be kept: written as that is read, without a tree of the event in between, which took as long as all the rest. */
public record NewHistoryItem(
        RelationshipId relationshipId,
        long version,
        long position,
        String eventId,
        String type,
        Instant occurredAt,
        Instant recordedAt,
        String recordedBy,
        RelationshipEvent data) {

    public static NewHistoryItem of(RelationshipEvent happened, RecordedEvent recorded) {
        return new NewHistoryItem(
                happened.relationshipId(),
                recorded.version(),
                recorded.position(),
                recorded.eventId(),
                recorded.type(),
                recorded.occurredAt(),
                recorded.recordedAt(),
                Objects.requireNonNullElse(recorded.subject(), Provenance.RAPPORT),
                happened);
    }
}
