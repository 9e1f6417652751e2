package dev.rapport.query.trust;

import dev.rapport.events.policy.TrustPolicies;
import dev.rapport.events.trust.Trend;
import dev.rapport.events.trust.TrustFigures;
import dev.rapport.events.trust.TrustModel;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.query.evidence.TrustClock;
import dev.rapport.query.http.QueryRefused;
import dev.rapport.query.http.QueryRefused.Fault;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Draws trust over time, whoever asks for it and whatever is known: the one place that says at which times, and by which policies. */
@Component
public class TrustCourses {

    private static final int MOST_POINTS = 4_000;

    private final TrustPolicies policies;
    private final TrustClock clock;

    TrustCourses(TrustPolicies policies, TrustClock clock) {
        this.policies = policies;
        this.clock = clock;
    }

    /** The model of the named policy, or of the usual one; a name that no policy has is refused. */
    public TrustModel model(@Nullable String name) {
        return name == null
                ? policies.usual()
                : policies.named(name)
                        .orElseThrow(() -> QueryRefused.malformed(
                                List.of(new Fault("policy", "is none of: " + String.join(", ", policies.names())))));
    }

    /** The course from a time (that of the establishment unless given) to another (now), with points at the start of each interval and at the end. */
    public TrustView.Course course(
            ScoredTrust scored,
            Instant establishedAt,
            @Nullable Instant from,
            @Nullable Instant to,
            TrustView.@Nullable Interval interval) {
        Instant end = Objects.requireNonNullElseGet(to, clock::now);
        Instant start = Objects.requireNonNullElse(from, establishedAt);
        TrustView.Interval step = Objects.requireNonNullElse(interval, TrustView.Interval.WEEK);
        List<Instant> times = times(start, end, step);
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

    private static List<Instant> times(Instant from, Instant to, TrustView.Interval interval) {
        if (to.isBefore(from)) {
            throw QueryRefused.malformed(List.of(new Fault("to", "is before from, " + from)));
        }
        List<Instant> times = new ArrayList<>();
        for (Instant time = from; time.isBefore(to); time = after(from, interval, times.size())) {
            if (times.size() == MOST_POINTS) {
                throw QueryRefused.malformed(List.of(new Fault(
                        "interval", "gives more than " + MOST_POINTS + " points; ask for a longer one, or less time")));
            }
            times.add(time);
        }
        times.add(to);
        return times;
    }

    private static Instant after(Instant from, TrustView.Interval interval, int steps) {
        var start = from.atOffset(ZoneOffset.UTC);
        return (switch (interval) {
                    case DAY -> start.plusDays(steps);
                    case WEEK -> start.plusWeeks(steps);
                    case MONTH -> start.plusMonths(steps);
                })
                .toInstant();
    }
}
