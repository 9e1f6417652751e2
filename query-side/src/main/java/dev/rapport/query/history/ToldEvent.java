package dev.rapport.query.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.query.access.Viewer;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event of the log, told with what is known around it: as somebody is told it who may read what was said in interactions, and as
 * everybody else is.
 *
 * @param managerId who manages the relationship that it happened in; null when it happened to a stakeholder, or nobody ever was named
 */
public record ToldEvent(RecordedEvent recorded, @Nullable ManagerId managerId, Item full, Item withoutTexts) {

    /** An event as it is told outside of its history: the item of the history, and what it happened to. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(
            @JsonPropertyDescription("In the log of all events; grows with every event.")
            long position,

            @JsonPropertyDescription("The version of the relationship or the stakeholder after the event.")
            long version,

            @JsonPropertyDescription("The name of the event, such as CommitmentKept.")
            String type,

            @JsonPropertyDescription("The relationship that it happened in, if it did in one.") @Nullable
            String relationshipId,

            @JsonPropertyDescription("The stakeholder that it happened to, if it did to one.") @Nullable
            String stakeholderId,

            @JsonPropertyDescription("When it happened in the world.")
            Instant occurredAt,

            @JsonPropertyDescription("When Rapport learned of it.")
            Instant recordedAt,

            @JsonPropertyDescription("The subject who recorded it.")
            String recordedBy,

            @JsonPropertyDescription("What happened, as an English sentence.")
            String summary,

            @JsonPropertyDescription("What the event says: the fields of its type, which docs/events.md lists.")
            JsonNode data) {}

    public long position() {
        return recorded.position();
    }

    /** The event as a viewer is told it; nothing when it is not the viewer's to see. */
    public Optional<Item> toldTo(Viewer viewer) {
        if (full.relationshipId() == null) {
            return viewer.seesBusiness() ? Optional.of(full) : Optional.empty();
        }
        if (managerId == null) {
            return viewer.seesEveryRelationship() ? Optional.of(withoutTexts) : Optional.empty();
        }
        if (!viewer.sees(managerId)) {
            return Optional.empty();
        }
        return Optional.of(viewer.readsInteractionsOf(managerId) ? full : withoutTexts);
    }
}
