package dev.rapport.query.audit;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.problem.Problem;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.audit.Chronicle.Found;
import dev.rapport.query.audit.Moment.OfTime;
import dev.rapport.query.audit.Moment.OfVersion;
import dev.rapport.query.history.Sentences;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.QueryRefused;
import dev.rapport.query.http.QueryRefused.Fault;
import io.swagger.v3.oas.annotations.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What changed between two moments, field by field. */
@RestController
class DiffController {

    private final Chronicle chronicle;
    private final Judgement judgement;
    private final Sentences sentences;

    DiffController(Chronicle chronicle, Judgement judgement, Sentences sentences) {
        this.chronicle = chronicle;
        this.judgement = judgement;
        this.sentences = sentences;
    }

    /** Two versions, or two times; both are needed. */
    record Wanted(
            @JsonPropertyDescription(
                    "Where the comparison begins: a version (0: before there was any), or a time of knowing.")
            @Nullable
            String from,

            @JsonPropertyDescription("Where it ends: likewise a version, or a time.") @Nullable
            String to) {}

    @Operation(
            summary = "What changed in a relationship between two versions or times, and which events did it",
            description =
                    "Two versions are both judged as of now; what was known at two times is judged as of each of them."
                            + " The events between are folded one by one, and each is named at the fields that it"
                            + " changed.")
    @GetMapping(path = "/api/v1/audit/relationships/{relationshipId}/diff", produces = MediaType.APPLICATION_JSON_VALUE)
    DiffView showDiff(@PathVariable String relationshipId, @FromQuery Wanted wanted, Viewer viewer) {
        Found found = chronicle.find(relationshipId);
        Diff diff = between(found, wanted);
        chronicle.tell(found, diff.until(), diff::take);
        return diff.view(found.id())
                .orElseThrow(() -> QueryRefused.because(
                        Problem.NOT_FOUND,
                        "The relationship " + found.id() + " was not established then, as far as was known."));
    }

    private Diff between(Found found, Wanted wanted) {
        List<Fault> faults = new ArrayList<>();
        Optional<Moment> from = Moment.read("from", wanted.from(), faults);
        Optional<Moment> to = Moment.read("to", wanted.to(), faults);
        if (from.isEmpty() || to.isEmpty()) {
            throw QueryRefused.malformed(faults);
        }
        if (from.get() instanceof OfVersion(long first) && to.get() instanceof OfVersion(long last)) {
            refuse(last < first, "is before from, " + first);
            return new Diff(
                    new Diff.End(null, chronicle.when(found, first), judgement.state(null)),
                    new Diff.End(null, chronicle.when(found, last), judgement.state(null)),
                    sentences);
        }
        if (from.get() instanceof OfTime(var first) && to.get() instanceof OfTime(var last)) {
            refuse(last.isBefore(first), "is before from, " + first);
            return new Diff(
                    new Diff.End(first, new Known.By(first), judgement.state(first)),
                    new Diff.End(last, new Known.By(last), judgement.state(last)),
                    sentences);
        }
        throw QueryRefused.malformed(
                List.of(new Fault("to", "is not of the same kind as from: two versions, or two times")));
    }

    private static void refuse(boolean wrong, String detail) {
        if (wrong) {
            throw QueryRefused.malformed(List.of(new Fault("to", detail)));
        }
    }
}
