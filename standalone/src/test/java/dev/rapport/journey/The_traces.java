package dev.rapport.journey;

import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.Provenance;
import dev.rapport.events.storage.EventLog;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request, what was decided, and what became of it in the read models, as somebody sees it who collects traces. */
class The_traces {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @TempDir
    private Path data;

    @Test
    void lead_from_the_request_by_its_command_to_the_projection_of_its_events() {
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        try (RunningRapport rapport = RunningRapport.in(
                data,
                Map.of(
                        "management.tracing.sampling.probability", "1",
                        "management.opentelemetry.tracing.export.schedule-delay", "50ms"),
                SpanExporter.class,
                spans)) {
            Client head = rapport.as("head");
            new Network(head).relationship("R-1", "manager1");
            head.command(
                    "/relationships/R-1/interactions",
                    fields("channel", "CALL", "summary", "nobody's business"),
                    Map.of("traceparent", "00-" + TRACE + "-" + SPAN + "-01"));

            SpanData decided = await(spans, "decide LogInteraction");
            assertThat(decided.getTraceId()).isEqualTo(TRACE);
            SpanData request = spans.getFinishedSpanItems().stream()
                    .filter(span -> span.getTraceId().equals(TRACE)
                            && span.getParentSpanId().equals(SPAN))
                    .findFirst()
                    .orElseThrow();
            assertThat(request.getName()).contains("/api/v1/relationships");

            SpanData projected = await(spans, "project InteractionLogged");
            assertThat(decided.getLinks())
                    .extracting(LinkData::getSpanContext)
                    .extracting(context -> context.getTraceId() + context.getSpanId())
                    .containsExactly(projected.getTraceId() + projected.getParentSpanId());
            EventLog log = rapport.bean(EventLog.class);
            assertThat(log.recorded(log.read(0, 100)).getLast().metadata().get(Provenance.CORRELATION_ID))
                    .asString()
                    .satisfies(id -> assertThat(id.replace("-", "")).isEqualTo(projected.getTraceId()));
            assertThat(spans.getFinishedSpanItems().toString()).doesNotContain("business");
        }
    }

    @Test
    void go_nowhere_unless_somebody_says_where() {
        try (RunningRapport rapport = RunningRapport.in(data)) {
            assertThat(rapport.has(SpanExporter.class)).isFalse();
        }
    }

    private static SpanData await(InMemorySpanExporter spans, String name) {
        Instant giveUpAt = Instant.now().plus(Duration.ofMinutes(1));
        Optional<SpanData> found;
        do {
            assertThat(Instant.now())
                    .as("the time to see %s in %s", name, spans.getFinishedSpanItems())
                    .isBefore(giveUpAt);
            found = spans.getFinishedSpanItems().stream()
                    .filter(span -> span.getName().equals(name))
                    .findFirst();
        } while (found.isEmpty());
        return found.get();
    }
}
