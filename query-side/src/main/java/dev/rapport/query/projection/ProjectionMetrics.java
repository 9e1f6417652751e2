package dev.rapport.query.projection;

import dev.rapport.query.metrics.Reading;
import dev.rapport.query.metrics.Sampled;
import dev.rapport.query.projection.ObservedProcessors.Lag;
import dev.rapport.query.projection.ObservedProcessors.Observed;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells how far the read models are behind, segment by segment, and how many events stand aside. */
@Component
class ProjectionMetrics implements MeterBinder, Sampled {

    private final ObservedProcessors processors;
    private final DeadLetterTable deadLetters;
    private final Reading letters = new Reading();
    private volatile @Nullable Lags lags;
    private volatile @Nullable List<Observed> observed;

    private record Lags(MultiGauge events, MultiGauge seconds) {}

    ProjectionMetrics(ObservedProcessors processors, DeadLetterTable deadLetters) {
        this.processors = processors;
        this.deadLetters = deadLetters;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        lags = new Lags(
                MultiGauge.builder("rapport.processor.lag.events")
                        .description("How many positions a segment of a processor is behind the end of the log")
                        .baseUnit("events")
                        .register(registry),
                MultiGauge.builder("rapport.processor.lag.seconds")
                        .description("For how long the next event of a segment has been waiting")
                        .baseUnit("seconds")
                        .register(registry));
        letters.gauge(
                        "rapport.projection.dead.letters",
                        "Events that no read model shows, and those that wait behind them")
                .register(registry);
    }

    /** As it was when it was last looked up; null while nobody knows. */
    @Nullable
    List<Observed> observed() {
        return observed;
    }

    @Override
    public void sample() {
        List<Observed> now = processors.observe();
        observed = now;
        tell(now);
        letters.is(deadLetters.count());
    }

    @Override
    public void unknown() {
        observed = null;
        tell(List.of());
        letters.unknown();
    }

    private void tell(List<Observed> observed) {
        Lags told = lags;
        if (told != null) {
            told.events.register(rows(observed, lag -> (double) lag.events()), true);
            told.seconds.register(rows(observed, Lag::seconds), true);
        }
    }

    private static List<MultiGauge.Row<?>> rows(List<Observed> observed, ToDoubleFunction<Lag> number) {
        return observed.stream()
                .flatMap(processor -> processor.segments().entrySet().stream()
                        .<MultiGauge.Row<?>>map(segment -> MultiGauge.Row.of(
                                Tags.of(
                                        "processor",
                                        processor.state().name(),
                                        "segment",
                                        segment.getKey().toString()),
                                number.applyAsDouble(segment.getValue()))))
                .toList();
    }
}
