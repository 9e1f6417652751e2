package dev.rapport.query.entry;

import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.query.access.InteractionTexts;
import dev.rapport.query.database.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An entry as it is told: what it says, by the names that the command gave, between where it belongs and how it came here. */
public final class EntryView {

    /** The entry for a viewer who may, or may not, read what was said in interactions. */
    public static JsonNode of(Entry entry, boolean interactionsReadable) {
        ObjectNode content = Json.tree(entry.content());
        content.remove(EntryContent.TYPE);
        if (entry.kind() == EntryKind.INTERACTION && !interactionsReadable) {
            InteractionTexts.leaveOut(content);
        }
        ObjectNode view =
                Json.tree(new Heading(entry.id().value(), entry.relationshipId().value()));
        view.setAll(content);
        view.setAll(Json.tree(new Origin(
                entry.occurredAt().toString(),
                entry.recordedAt().toString(),
                entry.recordedBy(),
                entry.corrected(),
                entry.retracted(),
                entry.dispute())));
        return view;
    }

    private record Heading(String id, String relationshipId) {}

    private record Origin(
            String occurredAt,
            String recordedAt,
            String recordedBy,
            boolean corrected,
            boolean retracted,
            Entry.@Nullable Dispute dispute) {}

    private EntryView() {}
}
