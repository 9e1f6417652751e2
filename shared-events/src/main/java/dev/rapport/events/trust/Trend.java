package dev.rapport.events.trust;

import java.time.Duration;

/** Where trust went over a window. */
public enum Trend {
    RISING,
    FALLING,
    STEADY,
    /** Too little is known to say. */
    UNKNOWN;

    /** The window unless somebody asks for another. */
    public static final Duration WINDOW = Duration.ofDays(90);

    private static final double MOVED = 0.05;
    private static final double TOO_UNCERTAIN = 0.5;

    /** The trend of overall trust between two times. */
    public static Trend between(TrustFigures start, TrustFigures end) {
        double moved = end.overall() - start.overall();
        if (end.uncertainty() > TOO_UNCERTAIN) {
            return UNKNOWN;
        }
        if (Math.abs(moved) < MOVED) {
            return STEADY;
        }
        return moved > 0 ? RISING : FALLING;
    }
}
