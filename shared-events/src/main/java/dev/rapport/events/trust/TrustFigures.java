package dev.rapport.events.trust;

import dev.rapport.events.trust.TrustModel.Share;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.TrustScores;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Trust in one party at a time.
 *
 * @param strands each strand by itself, those that the level does not call for too, since a strong strand does not make up for a
 *     missing one
 * @param level the declared level in force, which says which strands make overall trust
 */
public record TrustFigures(Map<Strand, Reputation> strands, Level level) {

    public TrustFigures {
        strands = Map.copyOf(strands);
    }

    /** One strand. */
    public Reputation strand(Strand strand) {
        Reputation reputation = strands.get(strand);
        if (reputation == null) {
            throw new IllegalStateException("figures are of all strands, but " + strand + " is missing");
        }
        return reputation;
    }

    /** Overall trust: the plain mean of the strands that the level calls for. Between 0 and 1, both excluded. */
    public double overall() {
        return mean(Reputation::trust);
    }

    /** The mean uncertainty of these strands: they go together in practice, so that several are no surer than one. */
    public double uncertainty() {
        return mean(Reputation::uncertainty);
    }

    /** The mean of their 5th percentiles. */
    public double low() {
        return mean(Reputation::low);
    }

    /** The mean of their 95th percentiles. */
    public double high() {
        return mean(Reputation::high);
    }

    /** What there is to tell. */
    public TrustScores scores() {
        return new TrustScores(
                overall(),
                strand(Strand.CONTRACTUAL).trust(),
                strand(Strand.COMPETENCE).trust(),
                strand(Strand.GOODWILL).trust(),
                uncertainty(),
                low(),
                high());
    }

    /** The figures with other shares in place of some. */
    TrustFigures less(Map<Strand, Share> taken, Map<Strand, Share> given) {
        Map<Strand, Reputation> others = new EnumMap<>(Strand.class);
        strands.forEach((strand, reputation) -> {
            Share out = taken.getOrDefault(strand, Share.NONE);
            Share in = given.getOrDefault(strand, Share.NONE);
            others.put(
                    strand,
                    new Reputation(
                            Math.max(0, reputation.r() - out.evidenceFor() + in.evidenceFor()),
                            Math.max(0, reputation.s() - out.evidenceAgainst() + in.evidenceAgainst()),
                            reputation.priorWeight(),
                            reputation.baseRate()));
        });
        return new TrustFigures(others, level);
    }

    private double mean(ToDoubleFunction<Reputation> figure) {
        return Strand.calledForAt(level).stream()
                .map(this::strand)
                .mapToDouble(figure)
                .average()
                .orElseThrow();
    }
}
