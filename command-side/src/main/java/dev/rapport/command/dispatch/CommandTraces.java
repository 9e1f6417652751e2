package dev.rapport.command.dispatch;

import dev.rapport.command.DomainCommand;
import dev.rapport.command.Refusal;
import dev.rapport.command.dispatch.Answer.Given;
import dev.rapport.events.CorrelationTrace;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandMessage;

/**
 * Shows each decision in the trace of the request that it was asked for by, with a link to the trace of what comes of it. What commands say is
 * not shown, nor what a failure says, which may repeat it.
 */
final class CommandTraces {

    private final Tracer tracer;

    CommandTraces(Tracer tracer) {
        this.tracer = tracer;
    }

    Given of(CommandMessage<DomainCommand> message, Supplier<Given> decision) {
        Span.Builder begun = tracer.spanBuilder()
                .name("decide " + message.getPayloadType().getSimpleName())
                .tag("rapport.correlation_id", message.getIdentifier());
        CorrelationTrace.of(message.getIdentifier())
                .map(this::context)
                .ifPresent(trace -> begun.addLink(new Link(trace)));
        Span span = begun.start();
        try (Tracer.SpanInScope _ = tracer.withSpan(span)) {
            return decision.get();
        } catch (Refusal refusal) {
            span.tag("rapport.problem", refusal.reason().problem().slug());
            throw refusal;
        } catch (RuntimeException failure) {
            span.tag("error.type", failure.getClass().getName());
            throw failure;
        } finally {
            span.end();
        }
    }

    private TraceContext context(CorrelationTrace trace) {
        return tracer.traceContextBuilder()
                .traceId(trace.traceId())
                .spanId(trace.spanId())
                .sampled(true)
                .build();
    }
}
