package dev.rapport.query.trust;

import dev.rapport.events.trust.Trend;
import dev.rapport.events.trust.TrustFigures;
import dev.rapport.events.trust.TrustModel;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.query.evidence.Interval;
import dev.rapport.query.evidence.TrustClock;
import dev.rapport.query.evidence.WantedPolicies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Draws trust over time, whoever asks for it and whatever is known: the one place that says at which times, and by which policies. */
@Component
public class TrustCourses {

    private static final int MOST_POINTS = 4_000;

    private final WantedPolicies policies;
    private final TrustClock clock;

    TrustCourses(WantedPolicies policies, TrustClock clock) {
        this.policies = policies;
        this.clock = clock;
    }

    /** The model of the named policy, or of the usual one; a name that no policy has is refused. */
    public TrustModel model(@Nullable String name) {
        return policies.model(name);
    }

    /** The course from a time (that of the establishment unless given) to another (now), with points at the start of each interval and at the end. */
    public TrustView.Course course(
            ScoredTrust scored,
            Instant establishedAt,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Interval interval) {
        Instant end = Objects.requireNonNullElseGet(to, clock::now);
        Instant start = Objects.requireNonNullElse(from, establishedAt);
        Interval step = Objects.requireNonNullElse(interval, Interval.WEEK);
        List<Instant> times = step.times(start, end, MOST_POINTS);
        List<TrustFigures> inThem = scored.course(Party.THEM, times);
        List<TrustFigures> inUs = scored.course(Party.US, times);
        List<TrustView.Point> points = new ArrayList<>(times.size());
        for (int i = 0; i < times.size(); i++) {
            points.add(TrustView.Point.of(times.get(i), inThem.get(i), inUs.get(i)));
        }
        return new TrustView.Course(
                scored.relationship().value(),
                scored.model().policy().reference(),
                start,
                end,
                step,
                points,
                scored.trend(Party.THEM, end),
                scored.trend(Party.US, end),
                Math.toIntExact(Trend.WINDOW.toDays()));
    }
}
