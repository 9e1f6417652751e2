package dev.rapport.query.entry;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.query.access.InteractionTexts;
import dev.rapport.query.database.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An entry as it is told: what it says, by the names that the command gave, between where it belongs and how it came here.
 *
 * @param interactionsReadable whether the viewer may read what was said in interactions
 */
public record EntryView<C extends EntryContent>(
        @JsonUnwrapped Heading heading,
        @JsonUnwrapped C content,
        @JsonUnwrapped Origin origin,
        @JsonIgnore boolean interactionsReadable) {

    /** The entry, whose content is of this type. */
    public static <C extends EntryContent> EntryView<C> of(Entry entry, Class<C> type, boolean interactionsReadable) {
        return new EntryView<>(
                new Heading(entry.id().value(), entry.relationshipId().value()),
                type.cast(entry.content()),
                new Origin(
                        entry.occurredAt(),
                        entry.recordedAt(),
                        entry.recordedBy(),
                        entry.corrected(),
                        entry.retracted(),
                        entry.dispute()),
                interactionsReadable);
    }

    /** The three parts as one object; contents are kept with their type, which is nothing to tell. */
    @JsonValue
    ObjectNode json() {
        ObjectNode said = Json.tree(content);
        said.remove(EntryContent.TYPE);
        if (content.kind() == EntryKind.INTERACTION && !interactionsReadable) {
            InteractionTexts.leaveOut(said);
        }
        ObjectNode view = Json.tree(heading);
        view.setAll(said);
        view.setAll(Json.tree(origin));
        return view;
    }

    /** Where an entry belongs. */
    record Heading(String id, String relationshipId) {}

    /** How an entry came here, and what became of it. */
    record Origin(
            @JsonPropertyDescription("When it happened in the world.")
            Instant occurredAt,

            @JsonPropertyDescription("When Rapport learned of it.")
            Instant recordedAt,

            @JsonPropertyDescription("The subject who recorded it.")
            String recordedBy,

            @JsonPropertyDescription("Whether it was put right since it was recorded.")
            boolean corrected,

            @JsonPropertyDescription("Whether it was taken back: it counts nowhere, and is not listed.")
            boolean retracted,

            @JsonPropertyDescription("How it is or was contested.")
            Entry.@Nullable Dispute dispute) {}
}
