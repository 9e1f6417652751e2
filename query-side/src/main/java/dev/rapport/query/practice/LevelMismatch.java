package dev.rapport.query.practice;

import dev.rapport.events.vocabulary.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The levels of a relationship that should be one: what we declare, what the stakeholder says, what is practised. They mismatch when they
 * are not all equal; what the stakeholder says counts from when it was recorded.
 */
public record LevelMismatch(Level declared, @Nullable Level stakeholders, PractisedLevel practised) {

    /** How a level differs from the declared one. */
    public enum Disagreement {
        STAKEHOLDER_BELOW_DECLARED,
        STAKEHOLDER_ABOVE_DECLARED,
        PRACTISED_BELOW_DECLARED,
        PRACTISED_ABOVE_DECLARED
    }

    public boolean exists() {
        return !disagreements().isEmpty();
    }

    /** All that the levels disagree in, in the order in which it is told: none without a mismatch. */
    public List<Disagreement> disagreements() {
        List<Disagreement> disagreements = new ArrayList<>();
        int practice = practised.level().compareTo(declared);
        if (practice != 0) {
            disagreements.add(
                    practice < 0 ? Disagreement.PRACTISED_BELOW_DECLARED : Disagreement.PRACTISED_ABOVE_DECLARED);
        }
        int saying = stakeholders == null ? 0 : stakeholders.compareTo(declared);
        if (saying != 0) {
            disagreements.add(
                    saying < 0 ? Disagreement.STAKEHOLDER_BELOW_DECLARED : Disagreement.STAKEHOLDER_ABOVE_DECLARED);
        }
        return List.copyOf(disagreements);
    }
}
