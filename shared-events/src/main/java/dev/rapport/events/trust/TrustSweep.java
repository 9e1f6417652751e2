package dev.rapport.events.trust;

import dev.rapport.events.trust.TrustPolicy.Worth;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Party;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Overall trust both ways at the same times in many relationships: what {@link TrustModel#course} gives, but for the ends of intervals, with as
 * little to do for each of them as there can be. What depends on times and policy only is worked out once.
 */
public final class TrustSweep {

    private static final List<Strand> STRANDS = List.of(Strand.values());
    private static final int SUMS_OF_A_PARTY = STRANDS.size() * 2;

    private final TrustPolicy policy;
    private final List<Instant> times;
    private final long[] micros;
    private final double[] leftSinceBefore;
    private final Map<EvidenceKind, Weights> weights = new EnumMap<>(EvidenceKind.class);
    private final Map<Level, int[]> strands = new EnumMap<>(Level.class);

    /** What a kind of evidence adds when it occurs, and where: to a sum of its strand, and to the one after it. */
    private record Weights(int at, double evidenceFor, double evidenceAgainst) {

        static Weights of(Worth worth) {
            return new Weights(
                    STRANDS.indexOf(worth.strand()) * 2,
                    worth.weight() * worth.outcome(),
                    worth.weight() * (1 - worth.outcome()));
        }
    }

    /** @param times in order */
    public TrustSweep(TrustModel model, List<Instant> times) {
        this.policy = model.policy();
        this.times = List.copyOf(times);
        this.micros = times.stream().mapToLong(TrustStep::micros).toArray();
        this.leftSinceBefore = new double[micros.length];
        for (int i = 1; i < micros.length; i++) {
            leftSinceBefore[i] = left(micros[i - 1], micros[i]);
        }
        for (EvidenceKind kind : EvidenceKind.values()) {
            weights.put(kind, Weights.of(policy.worthOf(kind)));
        }
        for (Level level : Level.values()) {
            strands.put(
                    level,
                    Strand.calledForAt(level).stream()
                            .mapToInt(strand -> STRANDS.indexOf(strand) * 2)
                            .toArray());
        }
    }

    /** Overall trust in a party, and its uncertainty. */
    public record Overall(double trust, double uncertainty) {}

    /** What there is to say of one of the times. */
    public record Point(Instant at, Level level, Overall inThem, Overall inUs) {}

    /**
     * The points of a relationship, one for each time.
     *
     * @param steps all of its steps, in order
     */
    public List<Point> over(List<TrustStep> steps, LevelCourse levels) {
        double[] sums = new double[2 * SUMS_OF_A_PARTY];
        List<Point> points = new ArrayList<>(micros.length);
        int next = 0;
        for (int i = 0; i < micros.length; i++) {
            for (int sum = 0; sum < sums.length; sum++) {
                sums[sum] *= leftSinceBefore[i];
            }
            while (next < steps.size() && steps.get(next).at() <= micros[i]) {
                take(steps.get(next++), micros[i], sums);
            }
            Instant at = times.get(i);
            Level level = levels.at(at);
            points.add(new Point(at, level, overall(Party.THEM, level, sums), overall(Party.US, level, sums)));
        }
        return points;
    }

    private void take(TrustStep step, long now, double[] sums) {
        Weights added = weights.get(step.kind());
        if (added == null) {
            throw new IllegalStateException("a policy says what every kind is worth, but not " + step.kind());
        }
        double left = left(step.since(), now) * (step.begins() ? 1 : -1);
        int at = sumsOf(step.about()) + added.at;
        sums[at] += left * added.evidenceFor;
        sums[at + 1] += left * added.evidenceAgainst;
    }

    private Overall overall(Party in, Level level, double[] sums) {
        int[] called = strands.getOrDefault(level, new int[0]);
        double trust = 0;
        double uncertainty = 0;
        for (int strand : called) {
            int at = sumsOf(in) + strand;
            // what was added and taken away again may leave a last digit behind
            double r = Math.max(0, sums[at]);
            double s = policy.asymmetry() * Math.max(0, sums[at + 1]);
            double all = r + s + policy.priorWeight();
            trust += (r + policy.priorWeight() * policy.baseRate()) / all;
            uncertainty += policy.priorWeight() / all;
        }
        return new Overall(trust / called.length, uncertainty / called.length);
    }

    private static int sumsOf(Party about) {
        return switch (about) {
            case THEM -> 0;
            case US -> SUMS_OF_A_PARTY;
        };
    }

    private double left(long since, long now) {
        return policy.remainingAfter(Duration.of(now - since, ChronoUnit.MICROS));
    }
}
