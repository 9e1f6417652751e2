package dev.rapport.query.trust;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.rapport.events.trust.EvidenceKind;
import dev.rapport.events.trust.Strand;
import dev.rapport.events.trust.Trend;
import dev.rapport.events.trust.TrustFigures;
import dev.rapport.events.trust.TrustModel;
import dev.rapport.events.trust.TrustModel.Share;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.PolicyVersion;
import dev.rapport.events.vocabulary.TrustScores;
import dev.rapport.query.evidence.Interval;
import dev.rapport.query.history.EventReference;
import dev.rapport.query.http.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trust as it is told. Figures keep all their digits, so that whoever recomputes them gets the same. */
public final class TrustView {

    /** Trust both ways at a time, and the declared level in force then. */
    public record Point(Instant at, Level level, TrustScores inThem, TrustScores inUs) {

        static Point of(Instant at, TrustFigures inThem, TrustFigures inUs) {
            return new Point(at, inThem.level(), inThem.scores(), inUs.scores());
        }
    }

    /**
     * Trust over time.
     *
     * @param trend where overall trust in them went over the last days before the end
     * @param trendInUs where overall trust in us went
     * @param trendDays how many days
     */
    public record Course(
            String relationshipId,
            PolicyVersion policy,
            Instant from,
            Instant to,
            Interval interval,
            List<Point> points,
            Trend trend,
            Trend trendInUs,
            int trendDays)
            implements Report<Point> {

        @Override
        public Iterator<Point> rows() {
            return points.iterator();
        }
    }

    /** Which of the two trusts a piece of evidence makes. */
    enum Side {
        IN_THEM("inThem"),
        IN_US("inUs");

        private final String spelling;

        Side(String spelling) {
            this.spelling = spelling;
        }

        static Side of(Party about) {
            return about == Party.THEM ? IN_THEM : IN_US;
        }

        @JsonValue
        @Override
        public String toString() {
            return spelling;
        }
    }

    /** What a piece of evidence adds to the sums of its strand. */
    record Adds(double evidenceFor, double evidenceAgainst) {

        static Adds of(Share share) {
            return new Adds(share.evidenceFor(), share.evidenceAgainst());
        }

        static Adds of(List<TrustModel.Explained> pieces) {
            return new Adds(
                    pieces.stream()
                            .mapToDouble(piece -> piece.adds().evidenceFor())
                            .sum(),
                    pieces.stream()
                            .mapToDouble(piece -> piece.adds().evidenceAgainst())
                            .sum());
        }
    }

    /** The figures had the event not happened. */
    record Without(double strand, double overall) {}

    /** A piece of evidence. */
    record Piece(
            EventReference event,
            String entryId,
            EvidenceKind kind,
            Side side,
            Strand strand,
            Instant occurredAt,
            double weight,
            double outcome,
            Adds adds,
            Without without) {}

    /** The sums of a strand, of which the pieces are the parts: trust = (evidenceFor + prior x base rate) / (evidenceFor + evidenceAgainst + prior). */
    record Sums(double evidenceFor, double evidenceAgainst, double trust, double uncertainty, double low, double high) {

        static Sums of(TrustFigures figures, Strand strand) {
            var reputation = figures.strand(strand);
            return new Sums(
                    reputation.r(),
                    reputation.s(),
                    reputation.trust(),
                    reputation.uncertainty(),
                    reputation.low(),
                    reputation.high());
        }
    }

    /** Each strand's sums. */
    record Strands(Sums contractual, Sums competence, Sums goodwill) {

        static Strands of(TrustFigures figures) {
            return new Strands(
                    Sums.of(figures, Strand.CONTRACTUAL),
                    Sums.of(figures, Strand.COMPETENCE),
                    Sums.of(figures, Strand.GOODWILL));
        }
    }

    /** Trust in a party, with the sums behind it. */
    record Explained(TrustScores figures, Strands strands) {

        static Explained of(TrustFigures figures) {
            return new Explained(figures.scores(), Strands.of(figures));
        }
    }

    /** What a strand's lighter pieces add together. */
    record RestOfStrand(Side side, Strand strand, int pieces, Adds adds) {}

    /** What is not told piece by piece, since the heaviest are enough to read: with the pieces that are, it adds up to the sums. */
    record Rest(int pieces, List<RestOfStrand> strands) {

        static Rest of(List<TrustModel.Explained> explained) {
            List<RestOfStrand> strands = new ArrayList<>();
            for (Side side : Side.values()) {
                for (Strand strand : Strand.values()) {
                    List<TrustModel.Explained> of = explained.stream()
                            .filter(piece -> Side.of(piece.piece().about()) == side
                                    && piece.worth().strand() == strand)
                            .toList();
                    if (!of.isEmpty()) {
                        strands.add(new RestOfStrand(side, strand, of.size(), Adds.of(of)));
                    }
                }
            }
            return new Rest(explained.size(), strands);
        }
    }

    /**
     * Why trust is what it is at a time.
     *
     * @param evidence the heaviest pieces first
     * @param rest absent when every piece is told
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Explanation(
            String relationshipId,
            PolicyVersion policy,
            @Nullable Double halfLifeDays,
            double priorWeight,
            double baseRate,
            double asymmetry,
            Instant at,
            Level level,
            Explained inThem,
            Explained inUs,
            List<Piece> evidence,
            @Nullable Rest rest)
            implements Report<Piece> {

        @Override
        public Iterator<Piece> rows() {
            return evidence.iterator();
        }
    }

    private TrustView() {}
}
