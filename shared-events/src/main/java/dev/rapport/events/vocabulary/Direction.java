package dev.rapport.events.vocabulary;

import java.math.BigDecimal;

/**
 * Which side of its target an indicator should be on; the target itself is met either way.
 */
public enum Direction {
    HIGHER,
    LOWER;

    /** Whether {@code value} meets {@code target}. */
    public boolean meets(BigDecimal value, BigDecimal target) {
        int comparison = value.compareTo(target);
        return this == HIGHER ? comparison >= 0 : comparison <= 0;
    }
}
