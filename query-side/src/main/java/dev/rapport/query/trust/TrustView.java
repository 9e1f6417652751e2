package dev.rapport.query.trust;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.rapport.events.trust.EvidenceKind;
import dev.rapport.events.trust.Strand;
import dev.rapport.events.trust.Trend;
import dev.rapport.events.trust.TrustFigures;
import dev.rapport.events.trust.TrustModel.Share;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.PolicyVersion;
import dev.rapport.events.vocabulary.TrustScores;
import dev.rapport.query.history.EventReference;
import dev.rapport.query.http.Report;
import dev.rapport.query.http.Spelled;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trust as it is told. Figures keep all their digits, so that whoever recomputes them gets the same. */
final class TrustView {

    /** Trust both ways at a time, and the declared level in force then. */
    record Point(Instant at, Level level, TrustScores inThem, TrustScores inUs) {

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
    record Course(
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

    /** The distance of the points of a course. */
    enum Interval implements Spelled {
        DAY("day"),
        WEEK("week"),
        MONTH("month");

        private final String spelling;

        Interval(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String spelling() {
            return spelling;
        }

        @JsonValue
        @Override
        public String toString() {
            return spelling;
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

    /** Why trust is what it is at a time. */
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
            List<Piece> evidence)
            implements Report<Piece> {

        @Override
        public Iterator<Piece> rows() {
            return evidence.iterator();
        }
    }

    private TrustView() {}
}
