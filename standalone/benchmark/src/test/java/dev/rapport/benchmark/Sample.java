package dev.rapport.benchmark;

import java.util.Arrays;
import java.util.Locale;

/** The same thing measured several times: its median, and how far it lay apart. */
final class Sample {

    private final double[] values;

    Sample(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        this.values = values.clone();
        Arrays.sort(this.values);
    }

    double median() {
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }

    double least() {
        return values[0];
    }

    double most() {
        return values[values.length - 1];
    }

    /** As in a table, with as many digits as make sense of it. */
    static String say(double value) {
        return value >= 100
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }

    /** The least and the most. */
    String spread() {
        return say(least()) + " to " + say(most());
    }
}
