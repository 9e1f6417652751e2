package dev.rapport.query.audit;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.problem.Problem;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.audit.Chronicle.Found;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.QueryRefused;
import dev.rapport.query.http.QueryRefused.Fault;
import dev.rapport.query.relationship.RelationshipView;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A relationship as of a version, or of two times. */
@RestController
class StateController {

    private final Chronicle chronicle;
    private final Judgement judgement;

    StateController(Chronicle chronicle, Judgement judgement) {
        this.chronicle = chronicle;
        this.judgement = judgement;
    }

    /** What was known, and as of when it is judged. */
    record Wanted(
            @JsonPropertyDescription("What was known when this version was the newest; not together with knownAt.")
            @Nullable
            Long version,

            @JsonPropertyDescription(
                    "What had been recorded by this time; everything unless given. A date is its first moment in UTC.")
            @Nullable
            Instant knownAt,

            @JsonPropertyDescription(
                    "What of it had occurred in the world by this time, judged as of then; now unless given. A date is"
                            + " its first moment in UTC.")
            @Nullable
            Instant validAt) {}

    @Operation(
            summary = "A relationship as of a version, or of what was known at one time about another",
            description =
                    "Folded from the stored events by the code that projects them live. Corrections and retractions"
                            + " that are known hold at every time; everything else from when it occurred on.")
    @GetMapping(
            path = "/api/v1/audit/relationships/{relationshipId}/state",
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<RelationshipView> showStateAsOf(
            @PathVariable String relationshipId, @FromQuery Wanted wanted, Viewer viewer) {
        Found found = chronicle.find(relationshipId);
        State state = judgement.state(wanted.validAt());
        chronicle.tell(found, known(found, wanted), State.TEXTS_OF, state::take);
        RelationshipView view = state.view()
                .orElseThrow(() -> QueryRefused.because(
                        Problem.NOT_FOUND,
                        "The relationship " + found.id() + " was not established then, as far as was known."));
        return ResponseEntity.ok().eTag("\"" + view.version() + "\"").body(view);
    }

    private Known known(Found found, Wanted wanted) {
        Long version = wanted.version();
        Instant knownAt = wanted.knownAt();
        if (version != null && knownAt != null) {
            throw QueryRefused.malformed(List.of(new Fault("version", "is not given together with knownAt")));
        }
        return version == null ? Known.by(knownAt) : chronicle.when(found, version);
    }
}
