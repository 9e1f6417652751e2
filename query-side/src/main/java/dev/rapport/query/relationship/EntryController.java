package dev.rapport.query.relationship;

import dev.rapport.query.access.Viewer;
import dev.rapport.query.entry.EntryContent;
import dev.rapport.query.entry.EntryContent.AlignmentAssessment;
import dev.rapport.query.entry.EntryContent.Commitment;
import dev.rapport.query.entry.EntryContent.Concern;
import dev.rapport.query.entry.EntryContent.Contribution;
import dev.rapport.query.entry.EntryContent.DependencyAssessment;
import dev.rapport.query.entry.EntryContent.Disclosure;
import dev.rapport.query.entry.EntryContent.Expectation;
import dev.rapport.query.entry.EntryContent.Indicator;
import dev.rapport.query.entry.EntryContent.Interaction;
import dev.rapport.query.entry.EntryContent.Measurement;
import dev.rapport.query.entry.EntryContent.Objective;
import dev.rapport.query.entry.EntryContent.ValuesAssessment;
import dev.rapport.query.entry.EntryTable;
import dev.rapport.query.entry.EntryView;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.NoParameters;
import dev.rapport.query.http.QueryRefused;
import io.swagger.v3.oas.annotations.Operation;
import java.util.function.Predicate;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Single entries, at the locations that commands answer with. A retracted one is shown still, and says so. */
@RestController
@RequestMapping(path = "/api/v1/relationships/{relationshipId}", produces = MediaType.APPLICATION_JSON_VALUE)
class EntryController {

    private final RelationshipTable relationships;
    private final EntryTable entries;

    EntryController(RelationshipTable relationships, EntryTable entries) {
        this.relationships = relationships;
        this.entries = entries;
    }

    @Operation(summary = "An interaction")
    @GetMapping("/interactions/{interactionId}")
    EntryView<Interaction> showInteraction(
            @PathVariable String relationshipId,
            @PathVariable String interactionId,
            @FromQuery NoParameters none,
            Viewer viewer) {
        return show(relationshipId, interactionId, Interaction.class, _ -> true, viewer);
    }

    @Operation(summary = "A commitment")
    @GetMapping("/commitments/{commitmentId}")
    EntryView<Commitment> showCommitment(
            @PathVariable String relationshipId,
            @PathVariable String commitmentId,
            @FromQuery NoParameters none,
            Viewer viewer) {
        return show(relationshipId, commitmentId, Commitment.class, _ -> true, viewer);
    }

    @Operation(summary = "A disclosure")
    @GetMapping("/disclosures/{disclosureId}")
    EntryView<Disclosure> showDisclosure(
            @PathVariable String relationshipId,
            @PathVariable String disclosureId,
            @FromQuery NoParameters none,
            Viewer viewer) {
        return show(relationshipId, disclosureId, Disclosure.class, _ -> true, viewer);
    }

    @Operation(summary = "An objective")
    @GetMapping("/objectives/{objectiveId}")
    EntryView<Objective> showObjective(
            @PathVariable String relationshipId,
            @PathVariable String objectiveId,
            @FromQuery NoParameters none,
            Viewer viewer) {
        return show(relationshipId, objectiveId, Objective.class, _ -> true, viewer);
    }

    @Operation(summary = "An expectation")
    @GetMapping("/expectations/{expectationId}")
    EntryView<Expectation> showExpectation(
            @PathVariable String relationshipId,
            @PathVariable String expectationId,
            @FromQuery NoParameters none,
            Viewer viewer) {
        return show(relationshipId, expectationId, Expectation.class, _ -> true, viewer);
    }

    @Operation(summary = "A contribution")
    @GetMapping("/contributions/{contributionId}")
    EntryView<Contribution> showContribution(
            @PathVariable String relationshipId,
            @PathVariable String contributionId,
            @FromQuery NoParameters none,
            Viewer viewer) {
        return show(relationshipId, contributionId, Contribution.class, _ -> true, viewer);
    }

    @Operation(summary = "An indicator")
    @GetMapping("/indicators/{indicatorId}")
    EntryView<Indicator> showIndicator(
            @PathVariable String relationshipId,
            @PathVariable String indicatorId,
            @FromQuery NoParameters none,
            Viewer viewer) {
        return show(relationshipId, indicatorId, Indicator.class, _ -> true, viewer);
    }

    @Operation(summary = "An assessment of alignment")
    @GetMapping("/alignment-assessments/{assessmentId}")
    EntryView<AlignmentAssessment> showAlignmentAssessment(
            @PathVariable String relationshipId,
            @PathVariable String assessmentId,
            @FromQuery NoParameters none,
            Viewer viewer) {
        return show(relationshipId, assessmentId, AlignmentAssessment.class, _ -> true, viewer);
    }

    @Operation(summary = "An assessment of values")
    @GetMapping("/values-assessments/{assessmentId}")
    EntryView<ValuesAssessment> showValuesAssessment(
            @PathVariable String relationshipId,
            @PathVariable String assessmentId,
            @FromQuery NoParameters none,
            Viewer viewer) {
        return show(relationshipId, assessmentId, ValuesAssessment.class, _ -> true, viewer);
    }

    @Operation(summary = "An assessment of dependency")
    @GetMapping("/dependency-assessments/{assessmentId}")
    EntryView<DependencyAssessment> showDependencyAssessment(
            @PathVariable String relationshipId,
            @PathVariable String assessmentId,
            @FromQuery NoParameters none,
            Viewer viewer) {
        return show(relationshipId, assessmentId, DependencyAssessment.class, _ -> true, viewer);
    }

    @Operation(summary = "A concern")
    @GetMapping("/concerns/{concernId}")
    EntryView<Concern> showConcern(
            @PathVariable String relationshipId,
            @PathVariable String concernId,
            @FromQuery NoParameters none,
            Viewer viewer) {
        return show(relationshipId, concernId, Concern.class, _ -> true, viewer);
    }

    @Operation(summary = "A measurement of an indicator")
    @GetMapping("/indicators/{indicatorId}/measurements/{measurementId}")
    EntryView<Measurement> showMeasurement(
            @PathVariable String relationshipId,
            @PathVariable String indicatorId,
            @PathVariable String measurementId,
            @FromQuery NoParameters none,
            Viewer viewer) {
        return show(
                relationshipId,
                measurementId,
                Measurement.class,
                measurement -> measurement.indicatorId().value().equals(indicatorId),
                viewer);
    }

    private <C extends EntryContent> EntryView<C> show(
            String relationship, String id, Class<C> type, Predicate<C> belongs, Viewer viewer) {
        Told told = relationships.show(relationship, viewer);
        return entries.find(told.relationship().id(), id)
                .filter(entry -> type.isInstance(entry.content()) && belongs.test(type.cast(entry.content())))
                .map(entry -> EntryView.of(entry, type, told.interactionsReadableBy(viewer)))
                .orElseThrow(() -> QueryRefused.notFound("entry", id));
    }
}
