package dev.rapport.query.projection;

import dev.rapport.events.CorrelationTrace;
import dev.rapport.events.Provenance;
import dev.rapport.events.storage.RecordedEvent;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.util.ArrayList;
import java.util.List;

/** Shows in the trace of what comes of a command when its events were projected: that they were, not what they say. */
final class ProjectionTraces {

    private final Tracer tracer;
    private final double share;

    /**
     * @param share how many of all traces are kept, from 0 to 1
     */
    ProjectionTraces(Tracer tracer, double share) {
        this.tracer = tracer;
        this.share = share;
    }

    /** The spans of events that are being projected, for whoever does it to end. */
    List<Span> begin(List<RecordedEvent> batch) {
        List<Span> spans = new ArrayList<>();
        if (!tracer.equals(Tracer.NOOP)) {
            for (RecordedEvent event : batch) {
                CorrelationTrace.of(event.metadata().get(Provenance.CORRELATION_ID) instanceof String id ? id : null)
                        .filter(trace -> trace.isAmong(share))
                        .map(trace -> begin(event, trace))
                        .ifPresent(spans::add);
            }
        }
        return spans;
    }

    private Span begin(RecordedEvent event, CorrelationTrace trace) {
        return tracer.spanBuilder()
                .setParent(tracer.traceContextBuilder()
                        .traceId(trace.traceId())
                        .spanId(trace.spanId())
                        .sampled(true)
                        .build())
                .name("project " + event.type())
                .tag("rapport.position", event.position())
                .start();
    }
}
