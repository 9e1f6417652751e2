package dev.rapport.query.projection;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.StoredEvent;
import dev.rapport.query.access.Operator;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.NoParameters;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How far those who follow the log are. */
@RestController
@RequestMapping(path = "/api/v1/operations/processors", produces = MediaType.APPLICATION_JSON_VALUE)
class ProcessorController {

    private final EventLog log;
    private final List<ObservedProcessor> processors;
    private final Clock clock;

    ProcessorController(EventLog log, List<ObservedProcessor> processors, ObjectProvider<Clock> clock) {
        this.log = log;
        this.processors = processors;
        this.clock = clock.getIfAvailable(Clock::systemUTC);
    }

    /** A processor, and how far it is behind. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String name,

            @JsonPropertyDescription("All events up to this one are dealt with.")
            long position,

            @JsonPropertyDescription("The position that it can come to now.")
            long head,

            @JsonPropertyDescription("How many positions it is behind.")
            long lagEvents,

            @JsonPropertyDescription("For how long the next event has been waiting.")
            double lagSeconds,

            @JsonPropertyDescription("Events that this node dealt with, in the last ten seconds.")
            double eventsPerSecond,

            List<Segment> segments,
            @Nullable String error) {}

    /** A share of a processor's streams; not `here` when another node works on it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Segment(
            int segment,
            long position,
            boolean here,
            @Nullable String error) {}

    /** All processors. */
    record Processors(List<View> items) {}

    @Operation(summary = "Those who follow the log, and how far behind they are")
    @GetMapping
    ResponseEntity<Processors> listProcessors(@FromQuery NoParameters none, Operator operator) {
        long head = log.lastStablePosition();
        return ResponseEntity.ok(new Processors(processors.stream()
                .map(ObservedProcessor::observe)
                .map(state -> view(state, head))
                .toList()));
    }

    private View view(ObservedProcessor.State state, long head) {
        long behind = Math.max(0, head - state.position());
        return new View(
                state.name(),
                state.position(),
                head,
                behind,
                behind == 0 ? 0 : secondsWaiting(state.position()),
                state.eventsPerSecond(),
                state.segments().stream()
                        .map(segment ->
                                new Segment(segment.segment(), segment.position(), segment.here(), segment.error()))
                        .toList(),
                state.error());
    }

    private double secondsWaiting(long position) {
        return log.read(position, 1).stream()
                .map(StoredEvent::recordedAt)
                .mapToLong(
                        recorded -> Duration.between(recorded, clock.instant()).toMillis())
                .map(millis -> Math.max(0, millis))
                .mapToDouble(millis -> millis / 1_000.0)
                .findFirst()
                .orElse(0);
    }
}
