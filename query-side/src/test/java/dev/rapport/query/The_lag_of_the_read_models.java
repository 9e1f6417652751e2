package dev.rapport.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.query.metrics.Sampled;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.SmartLifecycle;

class The_lag_of_the_read_models {

    private static final String LAG = "dev.rapport.query.projection.ProjectionMetrics";

    private static Set<Gauge> gauges(RunningQuerySide queries, String name) {
        Collection<Gauge> found = queries.bean(MeterRegistry.class).find(name).gauges();
        Set<Gauge> same = Collections.newSetFromMap(new IdentityHashMap<>());
        same.addAll(found);
        return same;
    }

    @ParameterizedTest
    @ValueSource(strings = {"rapport.processor.lag.events", "rapport.processor.lag.seconds"})
    void is_told_by_the_same_gauges_look_after_look_so_that_whoever_scrapes_misses_none(String name) {
        try (Log log = new Log(Database.H2);
                RunningQuerySide queries = RunningQuerySide.of(log, Database.H2)) {
            Sampled lag = queries.bean(LAG, Sampled.class);
            lag.sample();
            Set<Gauge> before = gauges(queries, name);
            lag.sample();

            assertThat(before).isNotEmpty().allMatch(gauge -> gauge.value() >= 0);
            assertThat(gauges(queries, name).containsAll(before)).isTrue();
        }
    }

    @Test
    void is_not_told_while_it_is_not_known() {
        try (Log log = new Log(Database.H2);
                RunningQuerySide queries = RunningQuerySide.of(log, Database.H2)) {
            queries.bean("sampling", SmartLifecycle.class).stop();
            Sampled lag = queries.bean(LAG, Sampled.class);

            Eventually.is(
                    () -> { // a last look may be under way
                        lag.unknown();
                        return gauges(queries, "rapport.processor.lag.events").isEmpty();
                    });
            lag.sample();
            assertThat(gauges(queries, "rapport.processor.lag.events")).isNotEmpty();
        }
    }
}
