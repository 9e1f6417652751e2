package dev.rapport.query.relationship;

import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.entry.Entry;
import dev.rapport.query.entry.EntryContent;
import dev.rapport.query.entry.EntryTable;
import dev.rapport.query.entry.EntryView;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.NoParameters;
import dev.rapport.query.http.QueryRefused;
import java.util.function.Predicate;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Single entries, at the locations that commands answer with. A retracted one is shown still, and says so. */
@RestController
@RequestMapping(path = "/api/v1/relationships/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class EntryController {

    private final RelationshipTable relationships;
    private final EntryTable entries;

    EntryController(RelationshipTable relationships, EntryTable entries) {
        this.relationships = relationships;
        this.entries = entries;
    }

    @GetMapping("/" + EntryCollection.PATH + "/{entryId}")
    JsonNode one(
            @PathVariable String id,
            @PathVariable String collection,
            @PathVariable String entryId,
            @FromQuery NoParameters none,
            Viewer viewer) {
        EntryKind kind =
                EntryCollection.kindOf(collection).orElseThrow(() -> QueryRefused.notFound("collection", collection));
        return show(id, entryId, viewer, entry -> entry.kind() == kind);
    }

    @GetMapping("/indicators/{indicatorId}/measurements/{entryId}")
    JsonNode measurement(
            @PathVariable String id,
            @PathVariable String indicatorId,
            @PathVariable String entryId,
            @FromQuery NoParameters none,
            Viewer viewer) {
        return show(
                id,
                entryId,
                viewer,
                entry -> entry.content() instanceof EntryContent.Measurement measurement
                        && measurement.indicatorId().value().equals(indicatorId));
    }

    private JsonNode show(String relationship, String id, Viewer viewer, Predicate<Entry> belongs) {
        Told told = relationships
                .find(relationship, viewer)
                .orElseThrow(() -> QueryRefused.notFound("relationship", relationship));
        return entries.find(told.relationship().id(), id)
                .filter(belongs)
                .map(entry -> EntryView.of(entry, told.interactionsReadableBy(viewer)))
                .orElseThrow(() -> QueryRefused.notFound("entry", id));
    }
}
