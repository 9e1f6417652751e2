package dev.rapport.events.trust;

import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * A beta reputation: what the evidence for and against a party adds up to, and how far that is to be relied on.
 *
 * <pre>
 *   trust       = (r + W b) / (r + s + W)
 *   uncertainty = W / (r + s + W)
 *   interval    = the 5th to the 95th percentile of Beta(r + W b, s + W (1 - b))
 * </pre>
 *
 * After A. Jøsang and R. Ismail, "The Beta Reputation System", 15th Bled Electronic Commerce Conference, 2002, whose prior is W = 2 and b
 * = 1/2.
 *
 * @param r the evidence for, 0 or more
 * @param s the evidence against, 0 or more, asymmetry included
 * @param priorWeight W, above 0
 * @param baseRate b, above 0 and below 1
 */
public record Reputation(double r, double s, double priorWeight, double baseRate) {

    private static final double LOW = 0.05;
    private static final double HIGH = 0.95;

    /** Bisection alone needs 52 to exhaust a double's digits, and every step is at least as good as one of bisection in the end. */
    private static final int MOST_STEPS = 200;

    private static final double PRECISE_ENOUGH = 1e-12;

    /** Between 0 and 1, both excluded. */
    public double trust() {
        return (r + priorWeight * baseRate) / (r + s + priorWeight);
    }

    /** Above 0, and 1 without any evidence. */
    public double uncertainty() {
        return priorWeight / (r + s + priorWeight);
    }

    /** The 5th percentile. */
    public double low() {
        return percentile(LOW);
    }

    /** The 95th percentile. */
    public double high() {
        return percentile(HIGH);
    }

    /** Where the share p of the distribution lies below: Newton's method, kept between bounds that bisection narrows. */
    private double percentile(double p) {
        double a = r + priorWeight * baseRate;
        double b = s + priorWeight * (1 - baseRate);
        double below = 0;
        double above = 1;
        double x = a / (a + b);
        for (int step = 0; step < MOST_STEPS; step++) {
            double error = RegularizedBeta.value(x, a, b) - p;
            if (error > 0) {
                above = x;
            } else {
                below = x;
            }
            double next = x - error / RegularizedBeta.derivative(x, a, b);
            if (!(next > below && next < above)) {
                next = (below + above) / 2;
            }
            if (Math.abs(next - x) <= PRECISE_ENOUGH * next) {
                return next;
            }
            x = next;
        }
        return x;
    }
}
