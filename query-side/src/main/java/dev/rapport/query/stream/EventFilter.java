package dev.rapport.query.stream;

import dev.rapport.events.DomainEvent;
import dev.rapport.events.StreamName;
import dev.rapport.events.storage.EventTypes;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.storage.StoredEvent;
import dev.rapport.events.vocabulary.RelationshipId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events somebody follows.
 *
 * @param types the names of the events; all when there are none
 * @param relationshipId the one relationship that they happen in, unless it may be any, or none
 */
public record EventFilter(Set<String> types, @Nullable RelationshipId relationshipId) {

    private static final EventTypes KNOWN = EventTypes.of(DomainEvent.class);

    /** Takes every event. */
    public static final EventFilter ALL = new EventFilter(Set.of(), null);

    public EventFilter {
        types = Set.copyOf(types);
    }

    /** The names that a filter may have. */
    public static Set<String> names() {
        return KNOWN.names();
    }

    @Nullable
    StreamName stream() {
        return relationshipId == null ? null : StreamName.of(relationshipId);
    }

    boolean takes(RecordedEvent event) {
        return takes(event.type(), event.stream().value());
    }

    boolean takes(StoredEvent event) {
        return takes(event.eventType(), event.stream());
    }

    private boolean takes(String type, String stream) {
        return (types.isEmpty() || types.contains(type))
                && (relationshipId == null
                        || StreamName.of(relationshipId).value().equals(stream));
    }
}
