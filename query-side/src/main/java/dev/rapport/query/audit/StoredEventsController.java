package dev.rapport.query.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.Provenance;
import dev.rapport.events.storage.StoredEvent;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.http.Cursor;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.Listed;
import dev.rapport.query.http.Page;
import dev.rapport.query.http.PageRequest;
import dev.rapport.query.http.QueryRefused;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The stored events of a relationship, as they are. */
@RestController
class StoredEventsController {

    private final Chronicle chronicle;
    private final WhatEventsSay reading;

    StoredEventsController(Chronicle chronicle, WhatEventsSay reading) {
        this.chronicle = chronicle;
        this.reading = reading;
    }

    /** All of them, page by page. */
    record Wanted(PageRequest page) {}

    /** An event as it is stored. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StoredEventView(
            @JsonPropertyDescription("In the log of all events; grows with every event.")
            long position,

            @JsonPropertyDescription("The event's own id.") String eventId,

            @JsonPropertyDescription("The stream that it belongs to.")
            String stream,

            @JsonPropertyDescription("The version of the relationship after the event.")
            long version,

            @JsonPropertyDescription("The name of the event, such as CommitmentKept.")
            String type,

            @JsonPropertyDescription("The revision of its type that it was stored in.")
            String revision,

            @JsonPropertyDescription("When Rapport learned of it.")
            Instant recordedAt,

            @JsonPropertyDescription("When it happened in the world, as its metadata say.") @Nullable
            Instant occurredAt,

            @JsonPropertyDescription(
                    "What is stored, byte by byte: never read into a record, never brought to a later revision. Bytes"
                            + " that are not JSON, which Rapport never wrote, come as a text in Base64.")
            JsonNode payload,

            @JsonPropertyDescription("Who, in which role, when and why, likewise as it is stored.")
            JsonNode metadata,

            @JsonPropertyDescription(
                    "What the event says as it is read today: in the latest revision, with the texts that are stored"
                            + " encrypted, and `[erased]` for those that were erased since. Absent where it cannot be"
                            + " read.")
            @Nullable
            JsonNode says) {

        static StoredEventView of(StoredEvent event, @Nullable JsonNode says) {
            return new StoredEventView(
                    event.position(),
                    event.eventId(),
                    event.stream(),
                    event.sequenceNumber() + 1,
                    event.eventType(),
                    event.revision(),
                    event.recordedAt(),
                    StoredJson.time(event.metadata(), Provenance.OCCURRED_AT),
                    StoredJson.asItIs(event.payload()),
                    StoredJson.asItIs(event.metadata()),
                    says);
        }
    }

    @Operation(
            summary = "The stored events of a relationship, oldest first",
            description = "Every event as it is stored, with its metadata, in the order of its recording.")
    @GetMapping(
            path = "/api/v1/audit/relationships/{relationshipId}/events",
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Page<StoredEventView>> listStoredEvents(
            @PathVariable String relationshipId, @FromQuery Wanted wanted, Viewer viewer) {
        RelationshipId id = chronicle.find(relationshipId).id();
        PageRequest page = wanted.page();
        List<StoredEvent> events = chronicle.stored(id, versionAfter(page.after()), page.rowsToRead());
        List<Optional<JsonNode>> said = reading.of(events);
        List<Listed<StoredEventView>> views = new ArrayList<>(events.size());
        for (int number = 0; number < events.size(); number++) {
            StoredEvent event = events.get(number);
            views.add(new Listed<>(StoredEventView.of(event, said.get(number).orElse(null)), cursor(event)));
        }
        return page.answer(views, Function.identity());
    }

    private static Cursor cursor(StoredEvent event) {
        return new Cursor(String.valueOf(event.sequenceNumber() + 1), String.valueOf(event.position()));
    }

    private static long versionAfter(@Nullable Cursor after) {
        try {
            return after == null ? 0 : Long.parseLong(after.key());
        } catch (NumberFormatException malformed) {
            throw QueryRefused.malformed("cursor", "is not one that this query handed out", malformed);
        }
    }
}
