package dev.rapport.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.query.metrics.Sampled;
import dev.rapport.query.projection.Faults;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.SmartLifecycle;

class The_lag_of_the_read_models {

    private static final String EVENTS = "rapport.processor.lag.events";
    private static final String SECONDS = "rapport.processor.lag.seconds";

    private final Log log = new Log(Database.H2);
    private final Faults faults = new Faults();
    private final CountDownLatch goesOn = new CountDownLatch(1);
    private RunningQuerySide queries;
    private Sampled lag;

    @BeforeEach
    void start() {
        queries = RunningQuerySide.faulty(log, Database.H2, Database.H2.freshUrl(), faults);
        lag = queries.bean("dev.rapport.query.projection.ProjectionMetrics", Sampled.class);
        queries.bean("sampling", SmartLifecycle.class).stop();
        // a last look may be under way
        Eventually.is(() -> {
            lag.unknown();
            return gauges(EVENTS).isEmpty();
        });
    }

    @AfterEach
    void end() {
        goesOn.countDown();
        queries.close();
        log.close();
    }

    private List<Gauge> gauges(String name) {
        return List.copyOf(queries.bean(MeterRegistry.class).find(name).gauges());
    }

    /** So that whoever scrapes at the moment of a look misses none. */
    @Test
    void is_told_look_after_look_by_the_same_gauges() {
        lag.sample();
        List<Gauge> events = gauges(EVENTS);
        List<Gauge> seconds = gauges(SECONDS);
        assertThat(events).isNotEmpty().allMatch(gauge -> gauge.value() == 0);
        assertThat(seconds).hasSameSizeAs(events).allMatch(gauge -> gauge.value() == 0);

        faults.hold(goesOn);
        log.append(Examples.stakeholder("S-1", "Acme"));
        queries.clock.set(Instant.now().plus(Duration.ofHours(1)));
        lag.sample();

        assertThat(events).allMatch(gauge -> gauge.value() == 1);
        assertThat(seconds).allMatch(gauge -> gauge.value() >= 3_000);
        Set<Gauge> same = Collections.newSetFromMap(new IdentityHashMap<>());
        same.addAll(events);
        assertThat(gauges(EVENTS)).allMatch(same::contains);
    }

    /** An alarm looks for it to be absent. */
    @Test
    void is_not_told_while_it_is_not_known() {
        lag.sample();
        lag.unknown();
        assertThat(gauges(EVENTS)).isEmpty();
        assertThat(gauges(SECONDS)).isEmpty();

        lag.sample();
        assertThat(gauges(EVENTS)).isNotEmpty();
    }
}
