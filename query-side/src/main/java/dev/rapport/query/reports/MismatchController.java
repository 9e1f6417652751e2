package dev.rapport.query.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.StakeholderKind;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.Listed;
import dev.rapport.query.http.Page;
import dev.rapport.query.http.PageRequest;
import dev.rapport.query.practice.LevelMismatch;
import dev.rapport.query.practice.LevelMismatch.Disagreement;
import dev.rapport.query.practice.PracticeClock;
import dev.rapport.query.practice.PracticeSentences;
import dev.rapport.query.practice.PracticeWindow;
import dev.rapport.query.relationship.Relationship;
import dev.rapport.query.relationship.RelationshipHeading;
import dev.rapport.query.relationship.RelationshipTable;
import dev.rapport.query.relationship.Told;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The relationships whose levels disagree, and how: where they do there is friction, and little trust. */
@RestController
@RequestMapping(path = "/api/v1/reports/mismatches", produces = MediaType.APPLICATION_JSON_VALUE)
class MismatchController {

    private final RelationshipTable relationships;
    private final PracticeClock practice;
    private final PracticeSentences sentences;

    MismatchController(RelationshipTable relationships, PracticeClock practice, PracticeSentences sentences) {
        this.relationships = relationships;
        this.practice = practice;
        this.sentences = sentences;
    }

    /** Which relationships; the active ones unless told otherwise. */
    record Among(
            @Nullable String managerId,
            @Nullable String group,
            @Nullable StakeholderKind kind,
            Relationship.@Nullable Status status,
            PageRequest page) {}

    /** A relationship whose levels disagree; the summary says how, in a sentence. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String relationshipId,
            @JsonUnwrapped RelationshipHeading heading,
            Level declaredLevel,
            @Nullable Level stakeholderLevel,
            Level practisedLevel,
            @Nullable Level desiredLevel,
            List<Disagreement> disagreements,
            String summary) {}

    /** The viewer sees all relationships here, whoever manages them; it is asked for to refuse those who may see no business data. */
    @Operation(summary = "The relationships whose levels disagree, and how")
    @GetMapping
    ResponseEntity<Page<View>> listMismatches(@FromQuery Among among, Viewer viewer) {
        PracticeWindow window = practice.window();
        List<Listed<Told>> mismatched = relationships.mismatched(
                among.managerId(),
                among.group(),
                among.kind(),
                Objects.requireNonNullElse(among.status(), Relationship.Status.ACTIVE),
                among.page(),
                window);
        return among.page().answer(mismatched, told -> mismatch(told, window));
    }

    private View mismatch(Told told, PracticeWindow window) {
        Relationship relationship = told.relationship();
        LevelMismatch levels = told.levels(window);
        return new View(
                relationship.id().value(),
                RelationshipHeading.of(told),
                levels.declared(),
                levels.stakeholders(),
                levels.practised().level(),
                relationship.levels().desired(),
                levels.disagreements(),
                sentences.mismatch(levels, window.policy()));
    }
}
