package dev.rapport.query.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.events.problem.Problem;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.access.Operator;
import dev.rapport.query.http.FromBody;
import dev.rapport.query.http.FromQuery;
import dev.rapport.query.http.Ids;
import dev.rapport.query.http.NoParameters;
import dev.rapport.query.http.Page;
import dev.rapport.query.http.PageRequest;
import dev.rapport.query.http.QueryRefused;
import dev.rapport.query.http.QueryRefused.Fault;
import dev.rapport.query.stream.EventFilter;
import dev.rapport.query.webhook.Webhook.State;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Webhooks, for operators to set up and look after; of what is delivered they see where it stands and what type it is, no more. */
@RestController
@RequestMapping(path = "/api/v1/operations/webhooks", produces = MediaType.APPLICATION_JSON_VALUE)
class WebhookController {

    private static final Pattern POSITION = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final String LATEST = "latest";
    private static final int MOST = 100;
    private static final int LONGEST_URL = 2_000;

    private final WebhookTable webhooks;
    private final Deliveries deliveries;
    private final EventLog log;
    private final WebhookProperties properties;
    private final SecureRandom random = new SecureRandom();

    WebhookController(WebhookTable webhooks, Deliveries deliveries, EventLog log, WebhookProperties properties) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.log = log;
        this.properties = properties;
    }

    /** A webhook to set up. */
    record Wanted(
            @JsonPropertyDescription("The webhook's id; made if it is left out.") @Nullable
            String id,

            @JsonPropertyDescription("Where to post events: http or https, at a public address.")
            String url,

            @JsonPropertyDescription("Events of these types only, such as CommitmentKept.") @Nullable
            List<String> types,

            @JsonPropertyDescription("Events of this relationship only.") @Nullable
            String relationshipId,

            @JsonPropertyDescription("The position after which it begins: 0 for the first event ever recorded, or"
                    + " `latest`, which is the default.")
            @Nullable
            String from) {}

    /** Where to go on. */
    record Resumption(
            @JsonPropertyDescription(
                    "The position after which it goes on, also one of the past; where it stopped, if it"
                            + " is left out. Dead letters after it are delivered in their turn.")
            @Nullable
            String from) {}

    /** A webhook, and how far it has come. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String id,
            String url,
            List<String> types,
            @Nullable String relationshipId,
            State state,

            @JsonPropertyDescription("Everything up to here was delivered, or is among the dead letters.")
            long position,

            @JsonPropertyDescription("How many positions of the log come after that.")
            long lag,

            @JsonPropertyDescription("How many attempts at the next event failed so far.")
            int failures,

            @Nullable Instant nextAttemptAt,
            @Nullable String lastError,
            @Nullable Instant lastErrorAt,
            @Nullable Instant lastDeliveredAt,
            int deadLetters,
            Instant createdAt,
            String createdBy,

            @JsonPropertyDescription("The secret that signs messages. Shown this once.") @Nullable
            String secret) {}

    /** An event that was not delivered: which, and why. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DeadLetterView(
            @JsonPropertyDescription("The position of the event, by which the letter is known.")
            String id,

            long position,
            String eventId,
            String type,

            @JsonPropertyDescription("What it happened to; letters of one stream are delivered in order.")
            String stream,

            int attempts,

            @JsonPropertyDescription("Absent while the event waits behind another of its stream.") @Nullable
            String lastError,

            Instant since,

            @JsonPropertyDescription("Whether it is about to be tried again.")
            boolean due) {

        static DeadLetterView of(DeadLetter letter) {
            return new DeadLetterView(
                    Long.toString(letter.position()),
                    letter.position(),
                    letter.eventId(),
                    letter.eventType(),
                    letter.stream(),
                    letter.attempts(),
                    letter.lastError(),
                    letter.diedAt(),
                    letter.due());
        }
    }

    /** Which of a list. */
    record Listing(PageRequest page) {}

    @Operation(
            summary = "Set up a webhook",
            description = "Events are posted to its URL as CloudEvents, signed as the Standard Webhooks specification"
                    + " says, one after the other in the order of the log. The answer shows the secret, this once.")
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<View> createWebhook(@FromBody Wanted wanted, @FromQuery NoParameters none, Operator operator) {
        Webhook webhook = webhook(wanted, operator);
        if (webhooks.count() >= MOST) {
            throw QueryRefused.because(Problem.CONFLICT, "There are " + MOST + " webhooks, which is the most.");
        }
        if (!webhooks.add(webhook)) {
            throw QueryRefused.because(Problem.ID_TAKEN, "There is a webhook " + webhook.id() + " already.");
        }
        deliveries.wake(webhook.id());
        return ResponseEntity.created(URI.create("/api/v1/operations/webhooks/" + webhook.id()))
                .body(view(webhook, webhook.secret().value()));
    }

    private Webhook webhook(Wanted wanted, Operator operator) {
        List<Fault> faults = new ArrayList<>();
        String id = wanted.id() == null ? UUID.randomUUID().toString() : wanted.id();
        if (Ids.of(id).isEmpty()) {
            faults.add(new Fault("id", "is not 1-64 characters out of A-Z a-z 0-9 . _ -"));
        }
        URI url = url(wanted.url(), faults);
        List<String> types = wanted.types() == null ? List.of() : wanted.types();
        if (!EventFilter.names().containsAll(types)) {
            faults.add(new Fault("types", "has one that is none of: " + String.join(", ", EventFilter.names())));
        }
        String relationship = wanted.relationshipId();
        if (relationship != null && Ids.of(relationship).isEmpty()) {
            faults.add(new Fault("relationshipId", "is not 1-64 characters out of A-Z a-z 0-9 . _ -"));
        }
        long position = wanted.from() == null ? log.lastStablePosition() : position(wanted.from(), faults);
        if (url == null || !faults.isEmpty()) {
            throw QueryRefused.malformed(faults);
        }
        return new Webhook(
                id,
                url,
                new EventFilter(Set.copyOf(types), relationship == null ? null : new RelationshipId(relationship)),
                WebhookSecret.random(random),
                null,
                State.ACTIVE,
                position,
                0,
                null,
                null,
                null,
                null,
                Instant.now(),
                operator.subject());
    }

    private @Nullable URI url(String text, List<Fault> faults) {
        URI url = uri(text);
        if (url == null
                || text.length() > LONGEST_URL
                || url.getHost() == null
                || !Set.of("http", "https").contains(url.getScheme())
                || url.getUserInfo() != null
                || url.getPort() > 65_535
                || url.getPort() == 0
                || !text.chars().allMatch(character -> character > ' ' && character < 127)) {
            faults.add(new Fault(
                    "url",
                    "is not an http or https URL with a host, without a user, such as https://example.com/hook"));
            return null;
        }
        if (!properties.allowPrivate() && isPlainlyPrivate(url)) {
            faults.add(new Fault("url", "leads to an address that is not a public one"));
        }
        return url;
    }

    /** What can be told without asking anybody; each delivery looks at the address that it is about to connect to. */
    private static boolean isPlainlyPrivate(URI url) {
        String host = WebhookSender.hostOf(url);
        return host.equalsIgnoreCase("localhost") || !PublicAddresses.mayBe(host);
    }

    private static @Nullable URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException noUri) {
            return null;
        }
    }

    private long position(String text, List<Fault> faults) {
        if (text.equals(LATEST)) {
            return log.lastStablePosition();
        }
        if (!POSITION.matcher(text).matches()) {
            faults.add(new Fault("from", "is neither the position of an event nor 0 nor latest"));
            return 0;
        }
        long position = Long.parseLong(text);
        if (position > log.newestPosition()) {
            faults.add(new Fault("from", "is beyond the newest event"));
        }
        return position;
    }

    @Operation(summary = "The webhooks, the oldest first")
    @GetMapping
    ResponseEntity<Page<View>> listWebhooks(@FromQuery Listing listing, Operator operator) {
        return listing.page().answer(webhooks.list(listing.page()), webhook -> view(webhook, null));
    }

    @Operation(summary = "A webhook, and how far it has come")
    @GetMapping("/{webhookId}")
    ResponseEntity<View> showWebhook(@PathVariable String webhookId, @FromQuery NoParameters none, Operator operator) {
        return ResponseEntity.ok(view(found(webhookId), null));
    }

    @Operation(summary = "Remove a webhook, with its dead letters")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/{webhookId}")
    ResponseEntity<Void> deleteWebhook(
            @PathVariable String webhookId, @FromQuery NoParameters none, Operator operator) {
        if (!webhooks.delete(found(webhookId).id())) {
            throw QueryRefused.notFound("webhook", webhookId);
        }
        return ResponseEntity.noContent().build();
    }

    @Operation(summary = "Deliver nothing for now")
    @PostMapping("/{webhookId}/pauses")
    ResponseEntity<View> pauseWebhook(@PathVariable String webhookId, @FromQuery NoParameters none, Operator operator) {
        if (!webhooks.pause(found(webhookId).id())) {
            throw QueryRefused.notFound("webhook", webhookId);
        }
        deliveries.wake(webhookId);
        return ResponseEntity.ok(view(found(webhookId), null));
    }

    @Operation(summary = "Deliver again, from where it stopped or from a position")
    @PostMapping("/{webhookId}/resumptions")
    ResponseEntity<View> resumeWebhook(
            @PathVariable String webhookId,
            @FromBody Resumption resumption,
            @FromQuery NoParameters none,
            Operator operator) {
        Webhook webhook = found(webhookId);
        List<Fault> faults = new ArrayList<>();
        Long after = resumption.from() == null ? null : (Long) position(resumption.from(), faults);
        if (!faults.isEmpty()) {
            throw QueryRefused.malformed(faults);
        }
        if (!webhooks.resume(webhook.id(), after)) {
            throw QueryRefused.notFound("webhook", webhookId);
        }
        deliveries.wake(webhookId);
        return ResponseEntity.ok(view(found(webhookId), null));
    }

    @Operation(
            summary = "Change the secret of a webhook",
            description = "The answer shows the new one, this once. For a day, messages are signed with both.")
    @PostMapping("/{webhookId}/secret-rotations")
    ResponseEntity<View> rotateSecret(@PathVariable String webhookId, @FromQuery NoParameters none, Operator operator) {
        Webhook webhook = found(webhookId);
        var secret = WebhookSecret.random(random);
        if (!webhooks.changeSecret(webhook.id(), secret, Instant.now().plus(properties.secretOverlap()))) {
            throw QueryRefused.notFound("webhook", webhookId);
        }
        deliveries.wake(webhookId);
        return ResponseEntity.ok(view(found(webhookId), secret.value()));
    }

    @Operation(summary = "The events that the receiver would not take, and those behind them, in the order of the log")
    @GetMapping("/{webhookId}/dead-letters")
    ResponseEntity<Page<DeadLetterView>> listWebhookDeadLetters(
            @PathVariable String webhookId, @FromQuery Listing listing, Operator operator) {
        return listing.page()
                .answer(webhooks.listDeadLetters(found(webhookId).id(), listing.page()), DeadLetterView::of);
    }

    @Operation(
            summary = "Try again to deliver a dead letter",
            description = "Once it is delivered, those of its stream that wait behind it are, too.")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping("/{webhookId}/dead-letters/{deadLetterId}/retries")
    ResponseEntity<DeadLetterView> retryWebhookDeadLetter(
            @PathVariable String webhookId,
            @PathVariable String deadLetterId,
            @FromQuery NoParameters none,
            Operator operator) {
        DeadLetter letter = found(webhookId, deadLetterId);
        long first = webhooks.firstOf(webhookId, letter.stream()).orElse(letter.position());
        if (first != letter.position()) {
            throw QueryRefused.because(
                    Problem.CONFLICT, "It waits behind dead letter " + first + " of the same stream.");
        }
        webhooks.makeDue(letter);
        deliveries.wake(webhookId);
        return ResponseEntity.accepted().body(DeadLetterView.of(found(webhookId, deadLetterId, letter)));
    }

    @Operation(
            summary = "Give a dead letter up",
            description = "The receiver never gets it. Those of its stream that wait behind it are delivered.")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PostMapping("/{webhookId}/dead-letters/{deadLetterId}/discards")
    ResponseEntity<Void> discardWebhookDeadLetter(
            @PathVariable String webhookId,
            @PathVariable String deadLetterId,
            @FromQuery NoParameters none,
            Operator operator) {
        webhooks.remove(found(webhookId, deadLetterId));
        deliveries.wake(webhookId);
        return ResponseEntity.noContent().build();
    }

    private Webhook found(String id) {
        return Ids.of(id).flatMap(webhooks::find).orElseThrow(() -> QueryRefused.notFound("webhook", id));
    }

    private DeadLetter found(String webhookId, String deadLetterId) {
        Webhook webhook = found(webhookId);
        if (!POSITION.matcher(deadLetterId).matches()) {
            throw QueryRefused.notFound("dead letter", deadLetterId);
        }
        return webhooks.deadLetter(webhook.id(), Long.parseLong(deadLetterId))
                .orElseThrow(() -> QueryRefused.notFound("dead letter", deadLetterId));
    }

    /** As it is now, or was when it has left already. */
    private DeadLetter found(String webhookId, String deadLetterId, DeadLetter before) {
        return webhooks.deadLetter(webhookId, Long.parseLong(deadLetterId)).orElse(before);
    }

    private View view(Webhook webhook, @Nullable String secret) {
        RelationshipId relationship = webhook.filter().relationshipId();
        return new View(
                webhook.id(),
                webhook.url().toString(),
                webhook.filter().types().stream().sorted().toList(),
                relationship == null ? null : relationship.value(),
                webhook.state(),
                webhook.position(),
                Math.max(0, log.newestPosition() - webhook.position()),
                webhook.attempts(),
                webhook.nextAttemptAt(),
                webhook.lastError(),
                webhook.lastErrorAt(),
                webhook.lastDeliveredAt(),
                webhooks.deadLetters(webhook.id()),
                webhook.createdAt(),
                webhook.createdBy(),
                secret);
    }
}
