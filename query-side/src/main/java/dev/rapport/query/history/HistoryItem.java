package dev.rapport.query.history;

import dev.rapport.events.Provenance;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.database.Json;
import java.time.Instant;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** An event of a relationship, as its history keeps it; {@code data} is what the event says, by the names it is stored with. */
public record HistoryItem(
        RelationshipId relationshipId,
        long version,
        long position,
        String eventId,
        String type,
        Instant occurredAt,
        Instant recordedAt,
        String recordedBy,
        ObjectNode data) {

    public static HistoryItem of(RelationshipEvent happened, RecordedEvent recorded) {
        return new HistoryItem(
                happened.relationshipId(),
                recorded.version(),
                recorded.position(),
                recorded.eventId(),
                recorded.type(),
                recorded.occurredAt(),
                recorded.recordedAt(),
                Objects.requireNonNullElse(recorded.subject(), Provenance.RAPPORT),
                Json.tree(happened));
    }

    /** The event itself again. */
    RelationshipEvent event() {
        return Json.read(data, EventNames.classOf(type));
    }
}
