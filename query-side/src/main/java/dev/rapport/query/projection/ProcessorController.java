package dev.rapport.query.projection;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.query.access.Operator;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.NoParameters;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How far those who follow the log are. */
@RestController
@RequestMapping(path = "/api/v1/operations/processors", produces = MediaType.APPLICATION_JSON_VALUE)
class ProcessorController {

    private final ObservedProcessors processors;

    ProcessorController(ObservedProcessors processors) {
        this.processors = processors;
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
        return ResponseEntity.ok(new Processors(
                processors.observe().stream().map(ProcessorController::view).toList()));
    }

    private static View view(ObservedProcessors.Observed observed) {
        ObservedProcessor.State state = observed.state();
        return new View(
                state.name(),
                state.position(),
                observed.head(),
                observed.lag().events(),
                observed.lag().seconds(),
                state.eventsPerSecond(),
                state.segments().stream()
                        .map(segment ->
                                new Segment(segment.segment(), segment.position(), segment.here(), segment.error()))
                        .toList(),
                state.error());
    }
}
