package dev.rapport.events.trust;

import org.apache.commons.numbers.gamma.LogBeta;
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

    /** The standard normal distribution's 95th percentile. */
    private static final double NORMAL_95 = 1.6448536269514722;

    /** Bisection alone needs 52 to exhaust a double's digits, and every step is at least as good as one of bisection in the end. */
    private static final int MOST_STEPS = 200;

    /** Each of Halley's steps is about the cube of the one before, so that after one of this size nothing is left to gain. */
    private static final double LAST_STEP = 1e-6;

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
        return percentile(LOW, NORMAL_95);
    }

    /** The 95th percentile. */
    public double high() {
        return percentile(HIGH, -NORMAL_95);
    }

    /** Where the share p of the distribution lies below: Halley's method, kept between bounds that bisection narrows. */
    private double percentile(double p, double normalAbove) {
        double a = r + priorWeight * baseRate;
        double b = s + priorWeight * (1 - baseRate);
        double logBeta = LogBeta.value(a, b);
        double below = 0;
        double above = 1;
        double x = guess(a, b, normalAbove);
        for (int step = 0; step < MOST_STEPS; step++) {
            double error = RegularizedBeta.value(x, a, b) - p;
            if (error > 0) {
                above = x;
            } else {
                below = x;
            }
            double density = Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - logBeta);
            double newton = error / density;
            double bend = (a - 1) / x - (b - 1) / (1 - x);
            // far away the bend says little: without bounds it makes for steps as short as the way is long
            double change = newton / (1 - Math.clamp(newton * bend, -1, 1) / 2);
            double next = x - change;
            if (!(next > below && next < above)) {
                next = (below + above) / 2;
                if (next <= below || next >= above) {
                    return x;
                }
            } else if (Math.abs(change) <= LAST_STEP * Math.min(next, 1 - next)) {
                return next;
            }
            x = next;
        }
        return x;
    }

    /** By way of the normal distribution: Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, 26.5.22. */
    static double guess(double a, double b, double normalAbove) {
        if (a < 1 || b < 1) {
            return a / (a + b);
        }
        double ofA = 1 / (2 * a - 1);
        double ofB = 1 / (2 * b - 1);
        double h = 2 / (ofA + ofB);
        double lambda = (normalAbove * normalAbove - 3) / 6;
        double w = normalAbove * Math.sqrt(h + lambda) / h - (ofB - ofA) * (lambda + 5.0 / 6 - 2 / (3 * h));
        return a / (a + b * Math.exp(2 * w));
    }
}
