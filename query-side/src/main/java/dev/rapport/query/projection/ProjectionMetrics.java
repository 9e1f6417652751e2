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
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells how far the read models are behind, segment by segment, and how many events stand aside. */
@Component
class ProjectionMetrics implements MeterBinder, Sampled {

    private final ObservedProcessors processors;
    private final DeadLetterTable deadLetters;
    private final Reading letters = new Reading();
    private volatile @Nullable Gauges gauges;
    private volatile @Nullable List<Observed> observed;
    private volatile Map<SegmentOf, Lag> lags = Map.of();

    private record Gauges(MultiGauge events, MultiGauge seconds) {}

    private record SegmentOf(String processor, int number) {}

    ProjectionMetrics(ObservedProcessors processors, DeadLetterTable deadLetters) {
        this.processors = processors;
        this.deadLetters = deadLetters;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauges = new Gauges(
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
        tell(now.stream()
                .flatMap(ProjectionMetrics::segments)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
        letters.is(deadLetters.count());
    }

    private static Stream<Map.Entry<SegmentOf, Lag>> segments(Observed processor) {
        return processor.segments().entrySet().stream()
                .map(segment ->
                        Map.entry(new SegmentOf(processor.state().name(), segment.getKey()), segment.getValue()));
    }

    @Override
    public void unknown() {
        observed = null;
        tell(Map.of());
        letters.unknown();
    }

    private void tell(Map<SegmentOf, Lag> now) {
        lags = now;
        Gauges told = gauges;
        if (told != null) {
            told.events.register(rows(Lag::events));
            told.seconds.register(rows(Lag::seconds));
        }
    }

    /** A row for each segment, which looks for its number when it is asked: so it stays from one look to the next, as long as it is known. */
    private List<MultiGauge.Row<?>> rows(ToDoubleFunction<Lag> number) {
        return lags.keySet().stream()
                .<MultiGauge.Row<?>>map(segment -> MultiGauge.Row.of(
                        Tags.of("processor", segment.processor, "segment", String.valueOf(segment.number)),
                        () -> number(segment, number)))
                .toList();
    }

    private double number(SegmentOf segment, ToDoubleFunction<Lag> number) {
        Lag lag = lags.get(segment);
        return lag == null ? Double.NaN : number.applyAsDouble(lag);
    }
}
