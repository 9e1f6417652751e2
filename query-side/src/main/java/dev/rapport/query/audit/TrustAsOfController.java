package dev.rapport.query.audit;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.problem.Problem;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.trust.EvidenceFold;
import dev.rapport.events.trust.LevelCourse;
import dev.rapport.events.trust.TrustModel;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.audit.Chronicle.Found;
import dev.rapport.query.evidence.Interval;
import dev.rapport.query.evidence.TrustClock;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.QueryRefused;
import dev.rapport.query.trust.ScoredTrust;
import dev.rapport.query.trust.TrustCourses;
import dev.rapport.query.trust.TrustView;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Trust over time, from the evidence that was known at a time. */
@RestController
class TrustAsOfController {

    private final Chronicle chronicle;
    private final TrustCourses courses;
    private final TrustClock clock;

    TrustAsOfController(Chronicle chronicle, TrustCourses courses, TrustClock clock) {
        this.chronicle = chronicle;
        this.courses = courses;
        this.clock = clock;
    }

    /** Which part of the course, by which policy, and from which evidence. */
    record Wanted(
            @JsonPropertyDescription("Where the course begins; where the relationship does unless given.") @Nullable
            Instant from,

            @JsonPropertyDescription("Where the course ends; now unless given.") @Nullable
            Instant to,

            @Nullable Interval interval,

            @JsonPropertyDescription("The policy that scores the evidence; the one in force unless given.") @Nullable
            String policy,

            @JsonPropertyDescription(
                    "What had been recorded by this time; everything unless given. A date is its first moment in UTC.")
            @Nullable
            Instant knownAt) {}

    @Operation(summary = "Trust in a relationship over time, from the evidence that was known at a time")
    @GetMapping(
            path = "/api/v1/audit/relationships/{relationshipId}/trust",
            produces = MediaType.APPLICATION_JSON_VALUE)
    TrustView.Course showTrustAsOf(@PathVariable String relationshipId, @FromQuery Wanted wanted, Viewer viewer) {
        Found found = chronicle.find(relationshipId);
        TrustModel model = courses.model(wanted.policy());
        var known = new Evidence(clock.zone());
        chronicle.tell(found, Known.by(wanted.knownAt()), Set.of(), known::take);
        Instant establishedAt = known.establishedAt;
        if (establishedAt == null) {
            throw QueryRefused.because(Problem.NOT_FOUND, "The relationship " + found.id() + " was not known then.");
        }
        return courses.course(
                ScoredTrust.of(found.id(), model, known.fold.entries(), new LevelCourse(known.levels)),
                establishedAt,
                wanted.from(),
                wanted.to(),
                wanted.interval());
    }

    /** What events give as evidence, and since when. */
    private static final class Evidence {

        private final EvidenceFold fold;
        private final List<LevelCourse.Step> levels = new ArrayList<>();
        private @Nullable Instant establishedAt;

        Evidence(ZoneId zone) {
            fold = new EvidenceFold(zone, List.of());
        }

        void take(RecordedEvent recorded) {
            if (recorded.payload() instanceof RelationshipEvent event) {
                fold.evolve(event, recorded.occurredAt(), recorded.position());
                LevelCourse.Step step = LevelCourse.step(event, recorded.occurredAt(), recorded.position());
                if (step != null) {
                    levels.add(step);
                }
                if (event instanceof RelationshipEstablished) {
                    establishedAt = recorded.occurredAt();
                }
            }
        }
    }
}
