package dev.rapport.query.trust;

import dev.rapport.events.trust.Evidence;
import dev.rapport.events.trust.TrustFigures;
import dev.rapport.events.trust.TrustModel;
import dev.rapport.events.trust.TrustPolicy;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.evidence.EvidenceTable;
import dev.rapport.query.evidence.Interval;
import dev.rapport.query.evidence.TrustClock;
import dev.rapport.query.history.EventReference;
import dev.rapport.query.history.HistoryTable;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.relationship.Relationship;
import dev.rapport.query.relationship.RelationshipTable;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether trust is growing, both ways, and why. */
@RestController
@RequestMapping(path = "/api/v1/relationships/{relationshipId}/trust", produces = MediaType.APPLICATION_JSON_VALUE)
class TrustController {

    private static final int MOST_PIECES = 2_000;

    /** What does most comes first; of what does the same, what was recorded last. */
    private static final Comparator<TrustModel.Explained> HEAVIEST_FIRST =
            Comparator.<TrustModel.Explained>comparingDouble(explained ->
                            explained.adds().evidenceFor() + explained.adds().evidenceAgainst())
                    .thenComparingLong(explained -> explained.piece().position())
                    .reversed();

    private static final double SECONDS_OF_A_DAY = 86_400;

    private final RelationshipTable relationships;
    private final EvidenceTable evidence;
    private final HistoryTable history;
    private final TrustCourses courses;
    private final TrustClock clock;

    TrustController(
            RelationshipTable relationships,
            EvidenceTable evidence,
            HistoryTable history,
            TrustCourses courses,
            TrustClock clock) {
        this.relationships = relationships;
        this.evidence = evidence;
        this.history = history;
        this.courses = courses;
        this.clock = clock;
    }

    /**
     * Which part of the course: from {@code from} (the beginning of the relationship unless given) to {@code to} (now), with points at the
     * start of each interval after it, and at the end; scored by another policy when one is named.
     */
    record Wanted(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Interval interval,
            @Nullable String policy) {}

    /** When (now unless given), and by which policy. */
    record Moment(@Nullable Instant at, @Nullable String policy) {}

    @Operation(summary = "Trust in a relationship over time, both ways, and its trend")
    @GetMapping
    TrustView.Course showTrust(@PathVariable String relationshipId, @FromQuery Wanted wanted, Viewer viewer) {
        Relationship relationship = relationships.find(relationshipId, viewer);
        ScoredTrust scored = scored(relationship.id(), courses.model(wanted.policy()));
        return courses.course(scored, relationship.establishedAt(), wanted.from(), wanted.to(), wanted.interval());
    }

    @Operation(summary = "Why trust is what it is: each piece of evidence, what it adds, and the figure without it")
    @GetMapping("/explanation")
    TrustView.Explanation explainTrust(@PathVariable String relationshipId, @FromQuery Moment moment, Viewer viewer) {
        Relationship relationship = relationships.find(relationshipId, viewer);
        TrustModel model = courses.model(moment.policy());
        Instant at = Objects.requireNonNullElseGet(moment.at(), clock::now);
        ScoredTrust scored = scored(relationship.id(), model);
        TrustFigures inThem = scored.figures(Party.THEM, at);
        TrustFigures inUs = scored.figures(Party.US, at);
        TrustPolicy policy = model.policy();
        Duration halfLife = policy.halfLife();
        List<TrustModel.Explained> explained = Arrays.stream(Party.values())
                .flatMap(party -> scored.explain(party, at))
                .sorted(HEAVIEST_FIRST)
                .toList();
        int shown = Math.min(MOST_PIECES, explained.size());
        return new TrustView.Explanation(
                relationship.id().value(),
                policy.reference(),
                halfLife == null ? null : halfLife.toSeconds() / SECONDS_OF_A_DAY,
                policy.priorWeight(),
                policy.baseRate(),
                policy.asymmetry(),
                at,
                inThem.level(),
                TrustView.Explained.of(inThem),
                TrustView.Explained.of(inUs),
                pieces(relationship.id(), explained.subList(0, shown)),
                shown == explained.size() ? null : TrustView.Rest.of(explained.subList(shown, explained.size())));
    }

    private List<TrustView.Piece> pieces(RelationshipId relationship, List<TrustModel.Explained> explained) {
        Map<Long, EventReference> events = history.events(
                relationship,
                explained.stream().map(piece -> piece.piece().position()).collect(Collectors.toSet()));
        return explained.stream()
                .map(piece -> piece(
                        piece, Objects.requireNonNull(events.get(piece.piece().position()))))
                .toList();
    }

    private static TrustView.Piece piece(TrustModel.Explained explained, EventReference event) {
        Evidence piece = explained.piece();
        return new TrustView.Piece(
                event,
                piece.entryId().value(),
                piece.kind(),
                TrustView.Side.of(piece.about()),
                explained.worth().strand(),
                piece.at(),
                explained.worth().weight(),
                explained.worth().outcome(),
                TrustView.Adds.of(explained.adds()),
                new TrustView.Without(explained.strandWithout().trust(), explained.overallWithout()));
    }

    private ScoredTrust scored(RelationshipId relationship, TrustModel model) {
        return ScoredTrust.of(relationship, model, evidence.of(relationship), evidence.levelsOf(relationship));
    }
}
