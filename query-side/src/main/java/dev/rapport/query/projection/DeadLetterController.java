package dev.rapport.query.projection;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
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
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The events that the read models could not take, and what to do about them. Nothing is told of what they say. */
@RestController
@RequestMapping(path = "/api/v1/operations/dead-letters", produces = MediaType.APPLICATION_JSON_VALUE)
class DeadLetterController {

    private final DeadLetterTable letters;
    private final DeadLetters deadLetters;

    DeadLetterController(DeadLetterTable letters, DeadLetters deadLetters) {
        this.letters = letters;
        this.deadLetters = deadLetters;
    }

    /** An event that could not be projected. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String id,

            @JsonPropertyDescription("The stream that stands still at it.")
            String stream,

            long position,
            long version,
            String eventId,
            String type,
            String revision,

            @JsonPropertyDescription("How many later events of its stream wait behind it.")
            int behind,

            Instant heldSince,
            Instant lastTriedAt,
            @Nullable String errorType,
            @Nullable String error) {

        static View of(HeldEvent held) {
            return new View(
                    held.id(),
                    held.stream(),
                    held.position(),
                    held.version(),
                    held.eventId(),
                    held.type(),
                    held.revision(),
                    held.behind(),
                    held.heldSince(),
                    held.lastTriedAt(),
                    held.errorType(),
                    held.error());
        }
    }

    /** What became of a stream's dead letters. */
    record Outcome(
            String stream,

            @JsonPropertyDescription("How many of them are projected now.")
            int projected,

            @JsonPropertyDescription("How many are left; the first of them failed again.")
            int left) {

        static Outcome of(DeadLetters.Outcome outcome) {
            return new Outcome(outcome.stream(), outcome.projected(), outcome.left());
        }
    }

    /** Why an event is left out. */
    record Discard(
            @JsonPropertyDescription("Why the read models are to leave the event out, now and in every rebuild.")
            String reason) {}

    /** Which dead letters. */
    record Listing(PageRequest page) {}

    @Operation(summary = "The events that could not be projected, the first of each stream")
    @GetMapping
    ResponseEntity<Page<View>> listDeadLetters(@FromQuery Listing listing, Operator operator) {
        return listing.page().answer(letters.list(listing.page()), View::of);
    }

    @Operation(
            summary = "Try a stream's dead letters again",
            description = "In order, until one fails again or none is left.")
    @PostMapping("/{deadLetterId}/retries")
    ResponseEntity<Outcome> retryDeadLetter(
            @PathVariable String deadLetterId, @FromQuery NoParameters none, Operator operator) {
        return ResponseEntity.ok(Outcome.of(deadLetters.retry(known(deadLetterId))));
    }

    @Operation(
            summary = "Leave an event out of the read models",
            description = "The event stays in the log and in the audit. What waits behind it is tried right after.")
    @PostMapping("/{deadLetterId}/discards")
    ResponseEntity<Outcome> discardDeadLetter(
            @PathVariable String deadLetterId,
            @FromBody Discard discard,
            @FromQuery NoParameters none,
            Operator operator) {
        return ResponseEntity.ok(Outcome.of(deadLetters.discard(
                known(deadLetterId), SearchText.storable(discard.reason()), SearchText.storable(operator.subject()))));
    }

    private static String known(String id) {
        return Ids.of(id).orElseThrow(() -> QueryRefused.notFound("dead letter", id));
    }
}
