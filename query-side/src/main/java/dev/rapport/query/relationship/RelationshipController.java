package dev.rapport.query.relationship;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.policy.TrustPolicies;
import dev.rapport.events.trust.Trend;
import dev.rapport.events.trust.TrustModel;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.StakeholderKind;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.evidence.TrustClock;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.NoParameters;
import dev.rapport.query.http.Page;
import dev.rapport.query.http.PageRequest;
import dev.rapport.query.http.Spelled;
import dev.rapport.query.practice.PracticeClock;
import dev.rapport.query.practice.PracticeSentences;
import dev.rapport.query.practice.PracticeWindow;
import io.swagger.v3.oas.annotations.Operation;
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
    private final TrustModel trust;
    private final TrustClock clock;

    RelationshipController(
            RelationshipTable relationships,
            PracticeClock practice,
            PracticeSentences sentences,
            TrustPolicies trust,
            TrustClock clock) {
        this.relationships = relationships;
        this.practice = practice;
        this.sentences = sentences;
        this.trust = trust.usual();
        this.clock = clock;
    }

    /** Which relationships, in which order; {@code level} is the declared one. */
    record Filter(
            @JsonPropertyDescription("This manager is responsible.") @Nullable
            String managerId,

            @JsonPropertyDescription("With a stakeholder of this group.") @Nullable
            String group,

            @JsonPropertyDescription("With a stakeholder of this kind.") @Nullable
            StakeholderKind kind,

            @JsonPropertyDescription("The declared level.") @Nullable
            Level level,

            @JsonPropertyDescription("Active, or ended.") Relationship.@Nullable Status status,

            @JsonPropertyDescription("Whether the levels are not all equal.") @Nullable
            Boolean mismatch,

            @JsonPropertyDescription("Without an interaction since this time; a date is its first moment in UTC.")
            @Nullable
            Instant quietSince,

            @JsonPropertyDescription("Where overall trust in them went in the last 90 days.") @Nullable
            Trend trend,

            @JsonPropertyDescription("Overall trust in them is below this today; from 0 to 1.") @Nullable
            Double trustBelow,

            @JsonPropertyDescription("Words that are looked for in the stakeholder's name and the purpose.") @Nullable
            String q,

            @JsonPropertyDescription("The order; a minus turns it round.") @Nullable
            Order sort,

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
        NEXT_DUE_LATEST("-nextDue"),
        TRUST("trust"),
        TRUST_HIGHEST("-trust");

        private final String spelling;

        Order(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String spelling() {
            return spelling;
        }
    }

    @Operation(summary = "The portfolio: the relationships that the caller sees")
    @GetMapping
    ResponseEntity<Page<RelationshipView>> listRelationships(@FromQuery Filter filter, Viewer viewer) {
        PracticeWindow window = practice.window();
        return filter.page()
                .answer(
                        relationships.list(filter, viewer, window),
                        told -> RelationshipView.listed(
                                told, window, sentences, told.trust().today(trust)));
    }

    @Operation(summary = "A relationship")
    @GetMapping("/{relationshipId}")
    ResponseEntity<RelationshipView> showRelationship(
            @PathVariable String relationshipId, @FromQuery NoParameters none, Viewer viewer) {
        Told told = relationships.show(relationshipId, viewer);
        return ResponseEntity.ok()
                .eTag("\"" + told.relationship().version() + "\"")
                .body(RelationshipView.alone(
                        told, practice.window(), sentences, told.trust().at(clock.now(), trust)));
    }
}
