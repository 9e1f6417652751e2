package dev.rapport.command;

import dev.rapport.events.problem.Problem;
import dev.rapport.events.vocabulary.CriteriaOverride.Unmet;
import java.util.List;

/** A command that was understood and is not carried out; its message says why, to the person who gave it. */
public final class Refusal extends RuntimeException {

    /** Why a command is refused, and which problem of the catalogue that is to whoever gave it. */
    public enum Reason {
        NOT_FOUND(Problem.NOT_FOUND),
        NOT_ALLOWED(Problem.FORBIDDEN),
        ID_TAKEN(Problem.ID_TAKEN),
        STAKEHOLDER_HAS_RELATIONSHIP(Problem.STAKEHOLDER_HAS_RELATIONSHIP),
        ENDED_ALREADY(Problem.ENDED_ALREADY),
        RELATIONSHIP_ENDED(Problem.RELATIONSHIP_ENDED),
        NOT_NOW(Problem.CONFLICT),
        STALE_VERSION(Problem.STALE_VERSION),
        AGAINST_A_RULE(Problem.AGAINST_A_RULE),
        CRITERIA_UNMET(Problem.CRITERIA_UNMET),
        KEY_REUSED(Problem.KEY_REUSED),
        KEY_IN_FLIGHT(Problem.REQUEST_IN_FLIGHT);

        private final Problem problem;

        Reason(Problem problem) {
            this.problem = problem;
        }

        public Problem problem() {
            return problem;
        }
    }

    private final Reason reason;
    private final List<Unmet> unmet;

    public Refusal(Reason reason, String message) {
        this(reason, message, List.of());
    }

    public Refusal(Reason reason, String message, List<Unmet> unmet) {
        super(message, null, false, false);
        this.reason = reason;
        this.unmet = List.copyOf(unmet);
    }

    public Reason reason() {
        return reason;
    }

    /** The criteria that were not met, when that is the reason. */
    public List<Unmet> unmet() {
        return unmet;
    }

    /** The message, which a refusal always has. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
