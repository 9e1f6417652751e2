package dev.rapport.query.commitment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.entry.Entry;
import dev.rapport.query.entry.EntryContent.Commitment;
import dev.rapport.query.entry.EntryView;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.Listed;
import dev.rapport.query.http.Page;
import dev.rapport.query.http.PageRequest;
import dev.rapport.query.http.Spelled;
import dev.rapport.query.relationship.Relationship;
import dev.rapport.query.relationship.RelationshipTable;
import io.swagger.v3.oas.annotations.Operation;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What was promised, in one relationship or in all that the viewer sees. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class CommitmentController {

    private final RelationshipTable relationships;
    private final CommitmentTable commitments;

    CommitmentController(RelationshipTable relationships, CommitmentTable commitments) {
        this.relationships = relationships;
        this.commitments = commitments;
    }

    /** Which commitments, in which order. */
    record Wanted(
            @JsonPropertyDescription("Open, or how it ended.")
            Commitment.@Nullable State state,

            @JsonPropertyDescription("Whether the due day of an open one has passed.") @Nullable
            Boolean overdue,

            @JsonPropertyDescription("The party that promised.") @Nullable
            Party madeBy,

            @JsonPropertyDescription("Due before this day.") @Nullable
            LocalDate dueBefore,

            @JsonPropertyDescription("Of relationships that this manager is responsible for.") @Nullable
            String managerId,

            @JsonPropertyDescription("The order; a minus turns it round.") @Nullable
            Order sort,

            PageRequest page) {}

    /** The orders that commitments are listed in. */
    enum Order implements Spelled {
        RECORDED("recorded"),
        RECORDED_LAST("-recorded"),
        DUE("dueOn"),
        DUE_LATEST("-dueOn");

        private final String spelling;

        Order(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String spelling() {
            return spelling;
        }
    }

    @Operation(summary = "The commitments of all relationships that the caller sees")
    @GetMapping("/commitments")
    ResponseEntity<Page<EntryView<Commitment>>> listCommitments(@FromQuery Wanted wanted, Viewer viewer) {
        return show(wanted, commitments.list(wanted, viewer));
    }

    @Operation(summary = "The commitments of a relationship")
    @GetMapping("/relationships/{relationshipId}/commitments")
    ResponseEntity<Page<EntryView<Commitment>>> listCommitmentsOfRelationship(
            @PathVariable String relationshipId, @FromQuery Wanted wanted, Viewer viewer) {
        Relationship relationship = relationships.find(relationshipId, viewer);
        return show(wanted, commitments.list(relationship.id(), wanted, viewer));
    }

    private static ResponseEntity<Page<EntryView<Commitment>>> show(Wanted wanted, List<Listed<Entry>> commitments) {
        return wanted.page().answer(commitments, commitment -> EntryView.of(commitment, Commitment.class, true));
    }
}
