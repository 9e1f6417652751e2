package dev.rapport.query.relationship;

import dev.rapport.query.entry.Entry;
import dev.rapport.query.entry.EntryContent.Commitment;

/** How many entries a relationship has; what was retracted does not count. */
public record Counts(
        int interactions,
        Commitments commitments,
        int disclosures,
        int objectives,
        int expectations,
        int contributions,
        int indicators,
        int measurements,
        int assessments,
        int concerns) {

    static final Counts NONE = new Counts(0, Commitments.NONE, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Commitments by what became of them; those overdue are among the open ones. */
    public record Commitments(int open, int overdue, int keptOnTime, int keptLate, int broken, int released) {

        static final Commitments NONE = new Commitments(0, 0, 0, 0, 0, 0);

        private static Commitments of(Commitment commitment) {
            return switch (commitment.state()) {
                case OPEN -> new Commitments(1, commitment.overdue() ? 1 : 0, 0, 0, 0, 0);
                case KEPT -> new Commitments(0, 0, commitment.late() ? 0 : 1, commitment.late() ? 1 : 0, 0, 0);
                case BROKEN -> new Commitments(0, 0, 0, 0, 1, 0);
                case RELEASED -> new Commitments(0, 0, 0, 0, 0, 1);
            };
        }

        private Commitments plus(Commitments other, int times) {
            return new Commitments(
                    open + times * other.open,
                    overdue + times * other.overdue,
                    keptOnTime + times * other.keptOnTime,
                    keptLate + times * other.keptLate,
                    broken + times * other.broken,
                    released + times * other.released);
        }
    }

    Counts plus(Entry entry) {
        return plus(of(entry), 1);
    }

    Counts minus(Entry entry) {
        return plus(of(entry), -1);
    }

    private static Counts of(Entry entry) {
        if (entry.retracted()) {
            return NONE;
        }
        return switch (entry.kind()) {
            case INTERACTION -> new Counts(1, Commitments.NONE, 0, 0, 0, 0, 0, 0, 0, 0);
            case COMMITMENT -> new Counts(0, Commitments.of((Commitment) entry.content()), 0, 0, 0, 0, 0, 0, 0, 0);
            case DISCLOSURE -> new Counts(0, Commitments.NONE, 1, 0, 0, 0, 0, 0, 0, 0);
            case OBJECTIVE -> new Counts(0, Commitments.NONE, 0, 1, 0, 0, 0, 0, 0, 0);
            case EXPECTATION -> new Counts(0, Commitments.NONE, 0, 0, 1, 0, 0, 0, 0, 0);
            case CONTRIBUTION -> new Counts(0, Commitments.NONE, 0, 0, 0, 1, 0, 0, 0, 0);
            case INDICATOR -> new Counts(0, Commitments.NONE, 0, 0, 0, 0, 1, 0, 0, 0);
            case MEASUREMENT -> new Counts(0, Commitments.NONE, 0, 0, 0, 0, 0, 1, 0, 0);
            case ALIGNMENT_ASSESSMENT, VALUES_ASSESSMENT, DEPENDENCY_ASSESSMENT ->
                new Counts(0, Commitments.NONE, 0, 0, 0, 0, 0, 0, 1, 0);
            case CONCERN -> new Counts(0, Commitments.NONE, 0, 0, 0, 0, 0, 0, 0, 1);
        };
    }

    private Counts plus(Counts other, int times) {
        return new Counts(
                interactions + times * other.interactions,
                commitments.plus(other.commitments, times),
                disclosures + times * other.disclosures,
                objectives + times * other.objectives,
                expectations + times * other.expectations,
                contributions + times * other.contributions,
                indicators + times * other.indicators,
                measurements + times * other.measurements,
                assessments + times * other.assessments,
                concerns + times * other.concerns);
    }
}
