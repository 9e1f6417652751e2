package dev.rapport.query.entry;

import dev.rapport.events.vocabulary.AlignmentDimension;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;

/**
 * How far the views of an organization match, by one assessment: the self (what the records show), the self-perception (what it believes)
 * and the external perception (what the stakeholder says), each scored 0 to 100 in the same dimensions.
 *
 * <pre>
 * gap(d)    = mean of the three pairwise absolute differences of the scores in dimension d
 * alignment = 100 − mean of gap(d) over all dimensions
 * </pre>
 *
 * All figures are from 0 to 100, rounded half-even to at most 4 decimals, each from exact sums.
 *
 * @param gaps the mean gaps of each pair of views over all dimensions
 */
public record Alignment(BigDecimal alignment, Gaps gaps, List<DimensionGap> dimensions) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int DECIMALS = 4;
    private static final int PAIRS = 3;

    public Alignment {
        dimensions = List.copyOf(dimensions);
    }

    /**
     * The gaps between views, apart since they mean different things.
     *
     * @param selfToSelfPerception how far we fool ourselves
     * @param selfPerceptionToExternalPerception how far they see us otherwise than we do
     * @param selfToExternalPerception how far our reputation is from the facts
     */
    public record Gaps(
            BigDecimal selfToSelfPerception,
            BigDecimal selfPerceptionToExternalPerception,
            BigDecimal selfToExternalPerception) {}

    /** A dimension as it was scored, and the mean of its three gaps. */
    public record DimensionGap(
            String name, BigDecimal self, BigDecimal selfPerception, BigDecimal externalPerception, BigDecimal gap) {}

    /**
     * Works the figures out.
     *
     * @throws IllegalArgumentException without any dimension
     */
    public static Alignment of(List<AlignmentDimension> dimensions) {
        if (dimensions.isEmpty()) {
            throw new IllegalArgumentException("alignment is assessed in one dimension at least");
        }
        int count = dimensions.size();
        return new Alignment(
                plain(HUNDRED.subtract(mean(sum(dimensions, Alignment::gaps), PAIRS * count))),
                new Gaps(
                        mean(sum(dimensions, Alignment::selfToSelfPerception), count),
                        mean(sum(dimensions, Alignment::selfPerceptionToExternalPerception), count),
                        mean(sum(dimensions, Alignment::selfToExternalPerception), count)),
                dimensions.stream().map(Alignment::withGap).toList());
    }

    private static DimensionGap withGap(AlignmentDimension scored) {
        return new DimensionGap(
                scored.name(),
                scored.self(),
                scored.selfPerception(),
                scored.externalPerception(),
                mean(gaps(scored), PAIRS));
    }

    private static BigDecimal gaps(AlignmentDimension scored) {
        return selfToSelfPerception(scored)
                .add(selfPerceptionToExternalPerception(scored))
                .add(selfToExternalPerception(scored));
    }

    private static BigDecimal selfToSelfPerception(AlignmentDimension scored) {
        return scored.self().subtract(scored.selfPerception()).abs();
    }

    private static BigDecimal selfPerceptionToExternalPerception(AlignmentDimension scored) {
        return scored.selfPerception().subtract(scored.externalPerception()).abs();
    }

    private static BigDecimal selfToExternalPerception(AlignmentDimension scored) {
        return scored.self().subtract(scored.externalPerception()).abs();
    }

    private static BigDecimal sum(List<AlignmentDimension> dimensions, Function<AlignmentDimension, BigDecimal> of) {
        return dimensions.stream().map(of).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal mean(BigDecimal sum, int count) {
        return plain(sum.divide(BigDecimal.valueOf(count), DECIMALS, RoundingMode.HALF_EVEN));
    }

    /** Without zeroes at the end of its decimals, and without an exponent. */
    private static BigDecimal plain(BigDecimal figure) {
        BigDecimal stripped = figure.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
