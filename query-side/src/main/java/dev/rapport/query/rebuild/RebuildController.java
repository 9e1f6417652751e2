package dev.rapport.query.rebuild;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.problem.Problem;
import dev.rapport.query.access.Operator;
import dev.rapport.query.database.SearchText;
import dev.rapport.query.http.FromBody;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.Ids;
import dev.rapport.query.http.NoParameters;
import dev.rapport.query.http.Page;
import dev.rapport.query.http.PageRequest;
import dev.rapport.query.http.QueryRefused;
import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Rebuilding the read models: to be asked for by operators, and watched. */
@RestController
@RequestMapping("/api/v1/operations/rebuilds")
class RebuildController {

    private static final Logger LOG = LoggerFactory.getLogger(RebuildController.class);

    private static final Duration BETWEEN_EVENTS = Duration.ofMillis(500);
    private static final long WITHOUT_END = 0;

    private final RebuildTable rebuilds;
    private final Rebuilder rebuilder;

    RebuildController(RebuildTable rebuilds, Rebuilder rebuilder) {
        this.rebuilds = rebuilds;
        this.rebuilder = rebuilder;
    }

    /** How to rebuild. */
    record Wanted(
            @JsonPropertyDescription(
                    "Whether the new generation takes the live one's place even if it tells something else, as after a"
                            + " projection was mended; takes a reason.")
            @Nullable
            Boolean acceptDifferences,

            @JsonPropertyDescription("Why the read models are rebuilt.") @Nullable
            String reason) {}

    /** A value that is another one in the new generation than in the live one. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Difference(
            String table,

            @JsonPropertyDescription("The row's key.") String key,

            @JsonPropertyDescription("The column, or `(row)` for a row that only one generation has.")
            String column,

            @JsonPropertyDescription("A digest of the live generation's value, or the value, if it is technical.")
            @Nullable
            String live,

            @JsonPropertyDescription("The same of the new generation's value.") @Nullable
            String rebuilt) {}

    /** A rebuild, and how far it is. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String id,
            Rebuild.State state,
            double percent,

            @JsonPropertyDescription("How many events are filled in stream by stream; later ones are followed after.")
            long events,

            long eventsDone,
            double eventsPerSecond,
            @Nullable Long secondsLeft,

            @JsonPropertyDescription("The generation that is filled.")
            int generation,

            @JsonPropertyDescription("How far in the log it has come, once it follows the log.")
            long position,

            long rowsToCompare,
            long rowsCompared,

            @JsonPropertyDescription("How many values differ from those of the live generation.")
            long differences,

            @JsonPropertyDescription("The first of them.") List<Difference> firstDifferences,

            boolean acceptDifferences,
            @Nullable String reason,
            String requestedBy,
            Instant requestedAt,
            @Nullable Instant finishedAt,

            @JsonPropertyDescription("The position in the log as of which its generation became the live one.")
            @Nullable
            Long swappedPosition,

            @Nullable String error) {

        static View of(Rebuild rebuild, List<Comparison.Difference> differences) {
            return new View(
                    rebuild.id(),
                    rebuild.state(),
                    rebuild.percent(),
                    rebuild.events(),
                    rebuild.eventsDone(),
                    rebuild.eventsPerSecond(),
                    rebuild.secondsLeft(),
                    rebuild.generation(),
                    rebuild.followedPosition(),
                    rebuild.rowsToCompare(),
                    rebuild.rowsCompared(),
                    rebuild.differences(),
                    differences.stream()
                            .map(each -> new Difference(
                                    each.table(), each.key(), each.column(), each.live(), each.rebuilt()))
                            .toList(),
                    rebuild.acceptDifferences(),
                    rebuild.reason(),
                    rebuild.requestedBy(),
                    rebuild.requestedAt(),
                    rebuild.finishedAt(),
                    rebuild.swappedPosition(),
                    rebuild.error());
        }
    }

    @Operation(
            summary = "Rebuild the read models",
            description =
                    "Fills a new generation of all read models beside the live one, compares the two, and changes over"
                            + " if they are the same. One rebuild at a time.")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<View> startRebuild(@FromBody Wanted wanted, @FromQuery NoParameters none, Operator operator) {
        boolean acceptDifferences = Boolean.TRUE.equals(wanted.acceptDifferences());
        String reason = wanted.reason();
        if (acceptDifferences && reason == null) {
            throw QueryRefused.malformed(
                    List.of(new QueryRefused.Fault("reason", "is required with acceptDifferences")));
        }
        Rebuild rebuild = rebuilds.add(
                        UUID.randomUUID().toString(),
                        acceptDifferences,
                        reason == null ? null : SearchText.storable(reason),
                        SearchText.storable(operator.subject()))
                .orElseThrow(() -> QueryRefused.because(
                        Problem.CONFLICT, "A rebuild is under way. Wait for its end, or cancel it."));
        rebuilder.wake();
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/operations/rebuilds/" + rebuild.id()))
                .body(view(rebuild));
    }

    /** Which rebuilds. */
    record Listing(PageRequest page) {}

    @Operation(summary = "The rebuilds, the newest first")
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Page<View>> listRebuilds(@FromQuery Listing listing, Operator operator) {
        return listing.page().answer(rebuilds.list(listing.page()), this::view);
    }

    @Operation(
            summary = "A rebuild, and how far it is",
            description = "Asked for as `text/event-stream`, it is told again and again as it comes on, until its end.")
    @GetMapping(path = "/{rebuildId}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<View> showRebuild(@PathVariable String rebuildId, @FromQuery NoParameters none, Operator operator) {
        return ResponseEntity.ok(view(found(rebuildId)));
    }

    @GetMapping(path = "/{rebuildId}", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter watchRebuild(@PathVariable String rebuildId, @FromQuery NoParameters none, Operator operator) {
        Rebuild rebuild = found(rebuildId);
        var events = new SseEmitter(WITHOUT_END);
        Thread.ofVirtual().name("watch-rebuild").start(() -> tell(rebuild.id(), events));
        return events;
    }

    private void tell(String id, SseEmitter events) {
        try {
            boolean ended = false;
            while (!ended && rebuilder.isRunning()) {
                View view = view(found(id));
                events.send(SseEmitter.event().name("rebuild").data(view, MediaType.APPLICATION_JSON));
                ended = view.state().isEnd();
                if (!ended) {
                    TimeUnit.MILLISECONDS.sleep(BETWEEN_EVENTS.toMillis());
                }
            }
            events.complete();
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("Who watched rebuild {} has hung up", id, gone);
        } catch (InterruptedException | RuntimeException failed) {
            events.completeWithError(failed);
        }
    }

    @Operation(summary = "Cancel a rebuild", description = "The live generation stays, the new one is removed.")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping(path = "/{rebuildId}/cancellations", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<View> cancelRebuild(
            @PathVariable String rebuildId, @FromQuery NoParameters none, Operator operator) {
        Rebuild rebuild = found(rebuildId);
        if (!rebuilds.cancel(rebuild.id())) {
            throw QueryRefused.because(
                    Problem.CONFLICT,
                    "The rebuild has ended: it is " + found(rebuildId).state() + ".");
        }
        rebuilder.wake();
        return ResponseEntity.accepted().body(view(found(rebuildId)));
    }

    private Rebuild found(String id) {
        return Ids.of(id).flatMap(rebuilds::find).orElseThrow(() -> QueryRefused.notFound("rebuild", id));
    }

    private View view(Rebuild rebuild) {
        return View.of(rebuild, rebuilds.differences(rebuild.id()));
    }
}
