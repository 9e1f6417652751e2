package dev.rapport.query.metrics;

import io.micrometer.core.instrument.Gauge;

/** A number as it was when it was last looked up; not a number while nobody knows. */
public final class Reading {

    private volatile double value = Double.NaN;

    /** A gauge that tells this number. */
    public Gauge.Builder<Reading> gauge(String name, String description) {
        return Gauge.builder(name, this, reading -> reading.value).description(description);
    }

    public void is(double now) {
        value = now;
    }

    public void unknown() {
        value = Double.NaN;
    }
}
