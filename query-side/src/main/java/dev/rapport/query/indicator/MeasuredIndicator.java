package dev.rapport.query.indicator;

import dev.rapport.query.entry.Entry;
import dev.rapport.query.entry.EntryContent.Indicator;
import org.jspecify.annotations.Nullable;

/** An indicator and what was measured of it: the latest measurement, how many there are, and how many of them met the target. */
record MeasuredIndicator(Entry entry, Indicator content, Measurements measurements) {

    record Measurements(@Nullable Entry latest, int count, int met) {

        static final Measurements NONE = new Measurements(null, 0, 0);
    }
}
