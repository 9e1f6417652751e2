package dev.rapport.events.trust;

import dev.rapport.events.trust.TrustPolicy.Worth;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.TrustAtDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What evidence adds up to under a policy. For evidence i with weight w, outcome o and time t_i, half-life h and asymmetry k, over the
 * evidence that counts at t:
 *
 * <pre>
 *   r(t) =     sum of w o       2^(-(t - t_i)/h)
 *   s(t) = k * sum of w (1 - o) 2^(-(t - t_i)/h)
 * </pre>
 *
 * A {@link Reputation} says what these two mean. After A. Jøsang and R. Ismail (2002), with forgetting by the time that passed rather than
 * by the number of ratings, and with the asymmetry of this project's own.
 */
public final class TrustModel {

    private final TrustPolicy policy;

    public TrustModel(TrustPolicy policy) {
        this.policy = policy;
    }

    public TrustPolicy policy() {
        return policy;
    }

    /** Trust in a party at a time. */
    public TrustFigures figures(Collection<Evidence> evidence, LevelCourse levels, Party in, Instant at) {
        return course(evidence, levels, in, List.of(at)).getFirst();
    }

    /**
     * Trust in a party at several times, in one pass over the evidence.
     *
     * @param times in order
     */
    public List<TrustFigures> course(Collection<Evidence> evidence, LevelCourse levels, Party in, List<Instant> times) {
        List<Step> steps = steps(evidence, in);
        Map<Strand, Sums> sums = new EnumMap<>(Strand.class);
        for (Strand strand : Strand.values()) {
            sums.put(strand, new Sums());
        }
        List<TrustFigures> course = new ArrayList<>(times.size());
        Instant reached = Instant.MIN;
        int next = 0;
        for (Instant time : times) {
            if (time.isBefore(reached)) {
                throw new IllegalArgumentException("times have to be in order, but " + time + " is after " + reached);
            }
            while (next < steps.size() && !steps.get(next).at.isAfter(time)) {
                Step step = steps.get(next++);
                sumsOf(sums, step).take(step);
            }
            reached = time;
            course.add(figures(sums, levels.at(time), time));
        }
        return course;
    }

    /**
     * The trust that a decision is taken on.
     *
     * @param at when the decision occurs
     * @param version of the relationship before it
     */
    public TrustAtDecision atDecision(Collection<Evidence> evidence, LevelCourse levels, Instant at, long version) {
        return new TrustAtDecision(
                policy.reference(),
                version,
                levels.at(at),
                figures(evidence, levels, Party.THEM, at).scores(),
                figures(evidence, levels, Party.US, at).scores());
    }

    /**
     * What a piece of evidence adds at a time.
     *
     * @param evidenceFor its part in r
     * @param evidenceAgainst its part in s
     */
    public record Share(double evidenceFor, double evidenceAgainst) {

        static final Share NONE = new Share(0, 0);

        Share plus(Share other) {
            return new Share(evidenceFor + other.evidenceFor, evidenceAgainst + other.evidenceAgainst);
        }
    }

    /** What a piece of evidence adds to its strand at a time: nothing when it does not count then. */
    public Share share(Evidence piece, Instant at) {
        if (!piece.countsAt(at)) {
            return Share.NONE;
        }
        Worth worth = policy.worthOf(piece.kind());
        double left = worth.weight() * policy.remainingAfter(Duration.between(piece.at(), at));
        return new Share(left * worth.outcome(), policy.asymmetry() * left * (1 - worth.outcome()));
    }

    /**
     * A piece of evidence, and what it does to the figures of a time.
     *
     * @param adds its part in r and s of its strand
     * @param strandWithout its strand had the event that it came from not happened
     * @param overallWithout overall trust without that event
     */
    public record Explained(Evidence piece, Worth worth, Share adds, Reputation strandWithout, double overallWithout) {}

    /** Every piece of evidence about a party that counts at a time. What they add is all that there is: r and s are their sums. */
    public List<Explained> explain(Collection<EntryEvidence> entries, LevelCourse levels, Party in, Instant at) {
        List<Evidence> all =
                entries.stream().flatMap(entry -> entry.evidence().stream()).toList();
        TrustFigures figures = figures(all, levels, in, at);
        List<Explained> explained = new ArrayList<>();
        for (EntryEvidence entry : entries) {
            entry.evidence().stream()
                    .filter(piece -> piece.about() == in && piece.countsAt(at))
                    .forEach(piece -> {
                        TrustFigures without =
                                figures.less(share(entry, in, at), share(entry.without(piece.position()), in, at));
                        Worth worth = policy.worthOf(piece.kind());
                        explained.add(new Explained(
                                piece, worth, share(piece, at), without.strand(worth.strand()), without.overall()));
                    });
        }
        return explained;
    }

    private Map<Strand, Share> share(EntryEvidence entry, Party about, Instant at) {
        Map<Strand, Share> shares = new EnumMap<>(Strand.class);
        entry.evidence().stream()
                .filter(piece -> piece.about() == about)
                .forEach(piece -> shares.merge(policy.worthOf(piece.kind()).strand(), share(piece, at), Share::plus));
        return shares;
    }

    private static Sums sumsOf(Map<Strand, Sums> sums, Step step) {
        Sums found = sums.get(step.worth.strand());
        if (found == null) {
            throw new IllegalStateException("sums are kept for every strand");
        }
        return found;
    }

    private TrustFigures figures(Map<Strand, Sums> sums, Level level, Instant at) {
        Map<Strand, Reputation> strands = new EnumMap<>(Strand.class);
        sums.forEach((strand, sum) -> strands.put(strand, sum.at(at)));
        return new TrustFigures(strands, level);
    }

    /** What weights for and against amount to. */
    Reputation reputation(double weightFor, double weightAgainst) {
        return new Reputation(weightFor, policy.asymmetry() * weightAgainst, policy.priorWeight(), policy.baseRate());
    }

    /** A moment at which a piece of evidence begins to count, or ceases to. */
    private record Step(Instant at, Worth worth, Evidence piece, int sign) {

        /** Steps of one moment have an order too, since the last digits of a sum depend on it. */
        static final Comparator<Step> IN_TIME = Comparator.comparing(Step::at)
                .thenComparingLong(step -> step.piece.position())
                .thenComparing(step -> step.piece.kind())
                .thenComparingInt(Step::sign);
    }

    private List<Step> steps(Collection<Evidence> evidence, Party about) {
        List<Step> steps = new ArrayList<>();
        for (Evidence piece : evidence) {
            if (piece.about() == about) {
                Worth worth = policy.worthOf(piece.kind());
                for (Evidence.Span span : piece.counted()) {
                    steps.add(new Step(span.from(), worth, piece, 1));
                    Instant until = span.until();
                    if (until != null) {
                        steps.add(new Step(until, worth, piece, -1));
                    }
                }
            }
        }
        steps.sort(Step.IN_TIME);
        return steps;
    }

    /** r and s of one strand, as they were at some time. */
    private final class Sums {

        private double weightFor;
        private double weightAgainst;
        private @Nullable Instant at;

        void take(Step step) {
            forgetUntil(step.at);
            double left =
                    step.sign * step.worth.weight() * policy.remainingAfter(Duration.between(step.piece.at(), step.at));
            weightFor += left * step.worth.outcome();
            weightAgainst += left * (1 - step.worth.outcome());
        }

        Reputation at(Instant time) {
            forgetUntil(time);
            // what was added and taken away again may leave a last digit behind
            return reputation(Math.max(0, weightFor), Math.max(0, weightAgainst));
        }

        private void forgetUntil(Instant time) {
            if (at != null) {
                double left = policy.remainingAfter(Duration.between(at, time));
                weightFor *= left;
                weightAgainst *= left;
            }
            at = time;
        }
    }
}
