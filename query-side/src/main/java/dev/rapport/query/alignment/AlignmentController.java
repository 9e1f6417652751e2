package dev.rapport.query.alignment;

import dev.rapport.query.access.Viewer;
import dev.rapport.query.entry.Alignment;
import dev.rapport.query.entry.Alignment.DimensionGap;
import dev.rapport.query.entry.Alignment.Gaps;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.Page;
import dev.rapport.query.http.PageRequest;
import dev.rapport.query.relationship.Relationship;
import dev.rapport.query.relationship.RelationshipTable;
import io.swagger.v3.oas.annotations.Operation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The alignment assessments of a relationship with their figures, newest first. */
@RestController
@RequestMapping(path = "/api/v1/relationships/{relationshipId}/alignment", produces = MediaType.APPLICATION_JSON_VALUE)
class AlignmentController {

    private final RelationshipTable relationships;
    private final AlignmentTable assessments;

    AlignmentController(RelationshipTable relationships, AlignmentTable assessments) {
        this.relationships = relationships;
        this.assessments = assessments;
    }

    /** Which assessments. */
    record Wanted(PageRequest page) {}

    /** An assessment; alignment and gaps are from 0 to 100. */
    record AssessedAlignment(
            String id,
            Instant assessedAt,
            Instant recordedAt,
            String recordedBy,
            BigDecimal alignment,
            Gaps gaps,
            List<DimensionGap> dimensions) {

        static AssessedAlignment of(AlignmentTable.Assessment assessed) {
            Alignment figures = assessed.content().figures();
            return new AssessedAlignment(
                    assessed.entry().id().value(),
                    assessed.entry().occurredAt(),
                    assessed.entry().recordedAt(),
                    assessed.entry().recordedBy(),
                    figures.alignment(),
                    figures.gaps(),
                    figures.dimensions());
        }
    }

    @Operation(summary = "The alignment of a relationship with its gaps, assessment by assessment, newest first")
    @GetMapping
    ResponseEntity<Page<AssessedAlignment>> listAlignment(
            @PathVariable String relationshipId, @FromQuery Wanted wanted, Viewer viewer) {
        Relationship relationship = relationships.find(relationshipId, viewer);
        return wanted.page().answer(assessments.list(relationship.id(), wanted.page()), AssessedAlignment::of);
    }
}
