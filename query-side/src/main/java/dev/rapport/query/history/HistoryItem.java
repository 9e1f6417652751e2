package dev.rapport.query.history;

import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.database.Json;
import java.time.Instant;
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

    /** The event itself again. */
    RelationshipEvent event() {
        return Json.read(data, EventNames.classOf(type));
    }
}
