package dev.rapport.events.trust;

import dev.rapport.events.trust.TrustPolicy.Worth;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Party;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Trust both ways at two times, kept up as evidence comes, changes and goes without looking at the rest of it: at a fixed moment, and at any
 * time after everything that is known happened. From the one to the other leads the trend.
 *
 * <p>Forgetting takes the same share of all evidence, so what adds up as of one time does as of another: with a fixed t0, keep R0 = sum of w o
 * 2^((t_i - t0)/h), then r(t) = R0 2^(-(t - t0)/h). Here the sums are whole numbers of {@value #UNIT_BITS} binary places, so that what was
 * added and is taken away leaves nothing behind, and no order of arrival changes a digit.
 */
public final class TrustTally {

    private static final int UNIT_BITS = 100;
    private static final int MANTISSA_BITS = 52;

    private final TrustModel model;
    private final Instant start;
    private Level levelAtStart;
    private Level level;
    private final Map<Party, Map<Strand, Sum>> atStart;
    private final Map<Party, Map<Strand, Sum>> lasting;

    private TrustTally(TrustModel model, State state) {
        this.model = model;
        this.start = state.start;
        this.levelAtStart = state.levelAtStart;
        this.level = state.level;
        this.atStart = copy(state.atStart);
        this.lasting = copy(state.lasting);
    }

    /** A tally of nothing yet, whose fixed moment is the start of the trend's window. */
    public static TrustTally beginning(TrustModel model, Instant start) {
        return new TrustTally(model, new State(start, Level.TRANSACTIONAL, Level.TRANSACTIONAL, Map.of(), Map.of()));
    }

    /** A tally that goes on. The model has to be the one that it began with. */
    public static TrustTally continuing(TrustModel model, State state) {
        return new TrustTally(model, state);
    }

    /** A tally of all that is known of a relationship. */
    public static TrustTally of(
            TrustModel model, Instant start, Collection<EntryEvidence> entries, LevelCourse levels) {
        TrustTally tally = beginning(model, start);
        entries.forEach(entry -> tally.replace(null, entry));
        levels.steps().forEach(tally::take);
        return tally;
    }

    /**
     * What a tally knows, as a plain value to be kept between events.
     *
     * @param start the fixed moment
     * @param levelAtStart the declared level in force then
     * @param level the declared level in force since the last change
     * @param atStart the sums of what counted at the fixed moment
     * @param lasting the sums of what counts until further notice
     */
    public record State(
            Instant start,
            Level levelAtStart,
            Level level,
            Map<Party, Map<Strand, Sum>> atStart,
            Map<Party, Map<Strand, Sum>> lasting) {

        public State {
            atStart = copy(atStart);
            lasting = copy(lasting);
        }
    }

    /** The weights for and against as of the fixed moment, asymmetry not yet applied, in units of 2 to the power of -{@value #UNIT_BITS}. */
    public record Sum(BigInteger evidenceFor, BigInteger evidenceAgainst) {

        private static final Sum NONE = new Sum(BigInteger.ZERO, BigInteger.ZERO);

        private Sum plus(Sum other) {
            return new Sum(evidenceFor.add(other.evidenceFor), evidenceAgainst.add(other.evidenceAgainst));
        }

        private Sum minus(Sum other) {
            return new Sum(evidenceFor.subtract(other.evidenceFor), evidenceAgainst.subtract(other.evidenceAgainst));
        }
    }

    public State state() {
        return new State(start, levelAtStart, level, atStart, lasting);
    }

    /** Takes what an entry gives now in place of what it gave before. */
    public void replace(@Nullable EntryEvidence before, EntryEvidence after) {
        if (before != null) {
            for (Evidence piece : before.evidence()) {
                combine(piece, Sum::minus);
            }
        }
        for (Evidence piece : after.evidence()) {
            combine(piece, Sum::plus);
        }
    }

    /** Takes a change of the declared level, in the order of the log. */
    public void take(LevelCourse.Step step) {
        level = step.level();
        if (!step.from().isAfter(start)) {
            levelAtStart = step.level();
        }
    }

    /** Trust in a party at the fixed moment. */
    public TrustFigures atStart(Party in) {
        return figures(atStart, in, levelAtStart, start);
    }

    /** Trust in a party at a time that nothing known happened after. */
    public TrustFigures at(Party in, Instant time) {
        return figures(lasting, in, level, time);
    }

    /** Where trust in a party went from the fixed moment to a time that nothing known happened after. */
    public Trend trend(Party in, Instant time) {
        return Trend.between(atStart(in), at(in, time));
    }

    private void combine(Evidence piece, BinaryOperator<Sum> change) {
        boolean countsAtStart = piece.countsAt(start);
        boolean lasts = piece.countsUntilFurtherNotice();
        if (!countsAtStart && !lasts) {
            return;
        }
        Worth worth = model.policy().worthOf(piece.kind());
        double halfLives = model.policy().halfLivesIn(Duration.between(start, piece.at()));
        Sum weights = new Sum(
                units(worth.weight() * worth.outcome(), halfLives),
                units(worth.weight() * (1 - worth.outcome()), halfLives));
        if (countsAtStart) {
            combine(strands(atStart, piece.about()), worth.strand(), weights, change);
        }
        if (lasts) {
            combine(strands(lasting, piece.about()), worth.strand(), weights, change);
        }
    }

    private static void combine(Map<Strand, Sum> sums, Strand strand, Sum weights, BinaryOperator<Sum> change) {
        sums.put(strand, change.apply(Objects.requireNonNull(sums.get(strand)), weights));
    }

    /** A weight that counts from some half-lives after the fixed moment on, as of that moment, in whole units. */
    private static BigInteger units(double weight, double halfLives) {
        if (weight == 0) {
            return BigInteger.ZERO;
        }
        double whole = Math.floor(halfLives);
        double scaled = weight * Math.pow(2, halfLives - whole);
        int exponent = Math.getExponent(scaled);
        long mantissa = (long) Math.scalb(scaled, MANTISSA_BITS - exponent);
        return BigInteger.valueOf(mantissa).shiftLeft((int) whole + UNIT_BITS + exponent - MANTISSA_BITS);
    }

    private TrustFigures figures(Map<Party, Map<Strand, Sum>> sums, Party in, Level inForce, Instant at) {
        double left = model.policy().remainingAfter(Duration.between(start, at));
        Map<Strand, Reputation> strands = new EnumMap<>(Strand.class);
        strands(sums, in)
                .forEach((strand, sum) -> strands.put(
                        strand, model.reputation(left * weight(sum.evidenceFor), left * weight(sum.evidenceAgainst))));
        return new TrustFigures(strands, inForce);
    }

    private static Map<Strand, Sum> strands(Map<Party, Map<Strand, Sum>> sums, Party about) {
        return Objects.requireNonNull(sums.get(about));
    }

    private static double weight(BigInteger units) {
        return Math.scalb(units.doubleValue(), -UNIT_BITS);
    }

    /** With an entry for each party and strand, whether or not anything is known of it, so that equal tallies are equal values. */
    private static Map<Party, Map<Strand, Sum>> copy(Map<Party, Map<Strand, Sum>> sums) {
        Map<Party, Map<Strand, Sum>> copy = new EnumMap<>(Party.class);
        for (Party party : Party.values()) {
            Map<Strand, Sum> strands = new EnumMap<>(Strand.class);
            for (Strand strand : Strand.values()) {
                strands.put(strand, sums.getOrDefault(party, Map.of()).getOrDefault(strand, Sum.NONE));
            }
            copy.put(party, strands);
        }
        return copy;
    }
}
