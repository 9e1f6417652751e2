package dev.rapport.query.seal;

import dev.rapport.events.storage.EventLog;
import dev.rapport.query.metrics.Reading;
import dev.rapport.query.metrics.Sampled;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;

/** Tells how much of the log is not sealed yet, and whether the seal has trouble. */
final class SealMetrics implements MeterBinder, Sampled {

    private static final double MILLIS = 1_000;

    private final EventLog log;
    private final SealTable table;
    private final SealStanding standing;
    private final Clock clock;
    private final Reading events = new Reading();
    private final Reading seconds = new Reading();

    SealMetrics(EventLog log, SealTable table, SealStanding standing, Clock clock) {
        this.log = log;
        this.table = table;
        this.standing = standing;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        events.gauge("rapport.seal.lag.events", "How many positions the seal is behind the end of the log")
                .baseUnit("events")
                .register(registry);
        seconds.gauge("rapport.seal.lag.seconds", "For how long the first event that is not sealed has been waiting")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("rapport.seal.troubles", standing, seal -> seal.troubles().size())
                .description("What is wrong with the seal on this node, as a number of troubles")
                .register(registry);
    }

    @Override
    public void sample() {
        long sealed = table.head().lastPosition();
        events.is((double) Math.max(0, log.lastStablePosition() - sealed));
        seconds.is(log.read(sealed, 1).stream()
                .mapToDouble(first -> Math.max(
                        0, Duration.between(first.recordedAt(), clock.instant()).toMillis() / MILLIS))
                .findFirst()
                .orElse(0));
    }

    @Override
    public void unknown() {
        events.unknown();
        seconds.unknown();
    }
}
