package dev.rapport.query.rebuild;

import dev.rapport.query.metrics.Reading;
import dev.rapport.query.metrics.Sampled;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells how fast the rebuild that is under way goes, whichever node works on it, and how far it is. */
@Component
class RebuildMetrics implements MeterBinder, Sampled {

    private static final double PERCENT = 100;

    private final RebuildTable rebuilds;
    private final Reading pace = new Reading();
    private final Reading progress = new Reading();

    RebuildMetrics(RebuildTable rebuilds) {
        this.rebuilds = rebuilds;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        pace.gauge(
                        "rapport.rebuild.pace",
                        "Events that the rebuild under way fills in each second; 0 without a rebuild")
                .baseUnit("events_per_second")
                .register(registry);
        progress.gauge("rapport.rebuild.progress", "How much of the rebuild under way is done; 0 without a rebuild")
                .baseUnit("ratio")
                .register(registry);
    }

    @Override
    public void sample() {
        Optional<Rebuild> underWay = rebuilds.underWay();
        pace.is(underWay.map(Rebuild::eventsPerSecond).orElse(0.0));
        progress.is(underWay.map(Rebuild::percent).orElse(0.0) / PERCENT);
    }

    @Override
    public void unknown() {
        pace.unknown();
        progress.unknown();
    }
}
