package dev.rapport.query.relationship;

import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.StakeholderKind;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.NoParameters;
import dev.rapport.query.http.Page;
import dev.rapport.query.http.PageRequest;
import dev.rapport.query.http.QueryRefused;
import dev.rapport.query.http.Spelled;
import dev.rapport.query.practice.PracticeClock;
import dev.rapport.query.practice.PracticeSentences;
import dev.rapport.query.practice.PracticeWindow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The portfolio, and each relationship in it. */
@RestController
@RequestMapping(path = "/api/v1/relationships", produces = MediaType.APPLICATION_JSON_VALUE)
class RelationshipController {

    private final RelationshipTable relationships;
    private final PracticeClock practice;
    private final PracticeSentences sentences;

    RelationshipController(RelationshipTable relationships, PracticeClock practice, PracticeSentences sentences) {
        this.relationships = relationships;
        this.practice = practice;
        this.sentences = sentences;
    }

    /** Which relationships, in which order; {@code level} is the declared one. */
    record Filter(
            @Nullable String managerId,
            @Nullable String group,
            @Nullable StakeholderKind kind,
            @Nullable Level level,
            Relationship.@Nullable Status status,
            @Nullable Boolean mismatch,
            @Nullable Instant quietSince,
            @Nullable String q,
            @Nullable Order sort,
            PageRequest page) {}

    /** The orders of the portfolio. Who was never met counts as met before everybody, who owes nothing as due after everybody. */
    enum Order implements Spelled {
        ESTABLISHED("established"),
        ESTABLISHED_LAST("-established"),
        NAME("name"),
        NAME_REVERSED("-name"),
        LAST_INTERACTION("lastInteraction"),
        LAST_INTERACTION_LATEST("-lastInteraction"),
        LEVEL("level"),
        LEVEL_HIGHEST("-level"),
        NEXT_DUE("nextDue"),
        NEXT_DUE_LATEST("-nextDue");

        private final String spelling;

        Order(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String spelling() {
            return spelling;
        }
    }

    @GetMapping
    ResponseEntity<Page<RelationshipView>> list(@FromQuery Filter filter, Viewer viewer) {
        PracticeWindow window = practice.window();
        return filter.page()
                .answer(
                        relationships.list(filter, viewer, window),
                        told -> RelationshipView.listed(told, window, sentences));
    }

    @GetMapping("/{id}")
    ResponseEntity<RelationshipView> one(@PathVariable String id, @FromQuery NoParameters none, Viewer viewer) {
        Told told = relationships.find(id, viewer).orElseThrow(() -> QueryRefused.notFound("relationship", id));
        return ResponseEntity.ok()
                .eTag("\"" + told.relationship().version() + "\"")
                .body(RelationshipView.alone(told, practice.window(), sentences));
    }
}
