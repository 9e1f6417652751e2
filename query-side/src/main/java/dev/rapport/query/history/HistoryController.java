package dev.rapport.query.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.EntryRetracted;
import dev.rapport.events.InteractionCorrected;
import dev.rapport.events.InteractionLogged;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.query.access.InteractionTexts;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.entry.Entry;
import dev.rapport.query.entry.EntryTable;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.Listed;
import dev.rapport.query.http.Page;
import dev.rapport.query.http.PageRequest;
import dev.rapport.query.http.QueryRefused;
import dev.rapport.query.relationship.RelationshipTable;
import dev.rapport.query.relationship.Told;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What happened in a relationship, newest record first. */
@RestController
class HistoryController {

    private final RelationshipTable relationships;
    private final EntryTable entries;
    private final HistoryTable history;
    private final Sentences sentences;

    HistoryController(RelationshipTable relationships, EntryTable entries, HistoryTable history, Sentences sentences) {
        this.relationships = relationships;
        this.entries = entries;
        this.history = history;
        this.sentences = sentences;
    }

    /** Which events: of these types, and which occurred at {@code from} or later and before {@code to}. */
    record Wanted(
            @JsonPropertyDescription("Events of these types only, such as CommitmentKept; may be repeated.")
            List<String> type,

            @JsonPropertyDescription("Occurred at this time or later; a date is its first moment in UTC.") @Nullable
            Instant from,

            @JsonPropertyDescription("Occurred before this time; a date is its first moment in UTC.") @Nullable
            Instant to,

            PageRequest page) {}

    /** An event as it is told. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ItemView(
            @JsonPropertyDescription("In the log of all events; grows with every event.")
            long position,

            @JsonPropertyDescription("The version of the relationship after the event.")
            long version,

            @JsonPropertyDescription("The name of the event, such as CommitmentKept.")
            String type,

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

    @Operation(
            summary = "Everything that happened in a relationship, newest first",
            description =
                    "Every event, in the order of its recording, newest first. Texts of interactions are left out for"
                            + " those who may not read them.")
    @GetMapping(path = "/api/v1/relationships/{relationshipId}/history", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Page<ItemView>> showHistory(
            @PathVariable String relationshipId, @FromQuery Wanted wanted, Viewer viewer) {
        refuseUnknown(wanted.type());
        Told told = relationships.show(relationshipId, viewer);
        List<Listed<HistoryItem>> items = history.list(told.relationship().id(), wanted);
        Sentences.Known known = known(told, items, viewer);
        return wanted.page().answer(items, item -> view(item, known));
    }

    private static void refuseUnknown(List<String> types) {
        List<QueryRefused.Fault> faults = types.stream()
                .filter(type -> !EventNames.contains(type))
                .map(type -> new QueryRefused.Fault("type", "is none of: " + EventNames.all()))
                .toList();
        if (!faults.isEmpty()) {
            throw QueryRefused.malformed(faults);
        }
    }

    private Sentences.Known known(Told told, List<Listed<HistoryItem>> items, Viewer viewer) {
        Set<EntryId> named = items.stream()
                .map(Listed::item)
                .map(HistoryItem::event)
                .flatMap(event -> event.entriesInvolved().stream())
                .collect(Collectors.toSet());
        Map<EntryId, Entry> byId = entries.load(told.relationship().id(), named).stream()
                .collect(Collectors.toMap(Entry::id, Function.identity()));
        return new Sentences.Known(told.stakeholder().name(), byId, told.interactionsReadableBy(viewer));
    }

    private ItemView view(HistoryItem item, Sentences.Known known) {
        RelationshipEvent event = item.event();
        ObjectNode data = item.data().deepCopy();
        if (!known.interactionsReadable() && tellsOfInteraction(event)) {
            InteractionTexts.leaveOut(data);
        }
        return new ItemView(
                item.position(),
                item.version(),
                item.type(),
                item.occurredAt(),
                item.recordedAt(),
                item.recordedBy(),
                sentences.tell(event, known),
                data);
    }

    static boolean tellsOfInteraction(RelationshipEvent event) {
        return switch (event) {
            case InteractionLogged _, InteractionCorrected _ -> true;
            case EntryRetracted retracted -> retracted.kind() == EntryKind.INTERACTION;
            default -> false;
        };
    }
}
