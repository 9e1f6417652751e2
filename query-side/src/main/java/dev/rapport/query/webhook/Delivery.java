package dev.rapport.query.webhook;

import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.query.history.Chronicle.Knowledge;
import dev.rapport.query.history.ToldEvent;
import dev.rapport.query.stream.CloudEvent;
import dev.rapport.query.stream.EventFeed;
import dev.rapport.query.stream.FedEvent;
import dev.rapport.query.webhook.WebhookSender.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The deliveries of one webhook while this node holds it: one event after the other in the order of the log. What was delivered is noted
 * down after the receiver said that it has it; so after a crash between the two it gets the event again, and never misses one.
 */
final class Delivery {

    private static final int LEASES_PER_RENEWAL = 3;
    private static final double MOST_JITTER = 0.1;

    private final String holder;
    private final WebhookTable table;
    private final EventFeed feed;
    private final WebhookSender sender;
    private final JsonMapper json;
    private final WebhookProperties properties;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Deque<FedEvent> page = new ArrayDeque<>();
    private final Webhook webhook;
    private volatile boolean stopped;
    private long noted;
    private long position;
    private long through;
    private int attempts;
    private @Nullable Instant nextAttemptAt;

    Delivery(
            Webhook webhook,
            String holder,
            WebhookTable table,
            EventFeed feed,
            WebhookSender sender,
            JsonMapper json,
            WebhookProperties properties) {
        this.webhook = webhook;
        this.holder = holder;
        this.table = table;
        this.feed = feed;
        this.sender = sender;
        this.json = json;
        this.properties = properties;
        this.noted = webhook.position();
        this.position = webhook.position();
        this.through = webhook.position();
        this.attempts = webhook.attempts();
        this.nextAttemptAt = webhook.nextAttemptAt();
    }

    /** Delivers until it is stopped, or somebody else holds the webhook. */
    void run() throws InterruptedException {
        try (var _ = feed.follow(this::wake)) {
            while (!stopped) {
                table.renew(webhook.id(), holder, properties.lease());
                long renewAt = System.nanoTime()
                        + properties.lease().dividedBy(LEASES_PER_RENEWAL).toNanos();
                deliverDeadLetters(renewAt);
                deliverUntil(renewAt);
                noteDown();
            }
        } finally {
            table.letGo(webhook.id(), holder);
        }
    }

    void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    void stop() {
        stopped = true;
        wake();
    }

    private boolean goesOn(long until) {
        return !stopped && System.nanoTime() < until;
    }

    private void deliverDeadLetters(long until) {
        while (goesOn(until)) {
            DeadLetter letter = table.firstDue(webhook.id()).orElse(null);
            if (letter == null) {
                return;
            }
            switch (feed.at(letter.position()).map(this::send).orElseGet(Outcome.Delivered::new)) {
                case Outcome.Delivered _ -> table.remove(letter);
                case Outcome.Failed(String error) -> table.failedAgain(letter, error);
                case Outcome.Gone(String error) -> {
                    table.failedAgain(letter, error);
                    suspend(error);
                }
            }
        }
    }

    private void deliverUntil(long until) throws InterruptedException {
        while (goesOn(until)) {
            if (page.isEmpty() && !turn()) {
                // also for what is not news: a dead letter that is to be tried again
                if (await(until)) {
                    return;
                }
                continue;
            }
            if (nextAttemptAt != null && nextAttemptAt.isAfter(Instant.now())) {
                Duration left = Duration.between(Instant.now(), nextAttemptAt);
                if (await(Math.min(until, System.nanoTime() + left.toNanos()))) {
                    return;
                }
                continue;
            }
            FedEvent next = page.peekFirst();
            if (next != null) {
                deliver(next);
            }
        }
    }

    /** Waits; true when something came up before the time was over. */
    private boolean await(long until) throws InterruptedException {
        boolean woken = wakeUps.tryAcquire(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        wakeUps.drainPermits();
        return woken;
    }

    /** Turns to the next page; false at the end of the log. */
    private boolean turn() {
        position = through;
        EventFeed.Page next = feed.read(position, webhook.filter(), Knowledge.OF_THEN);
        through = next.through();
        page.addAll(next.events());
        return through > position;
    }

    /** That nothing which the receiver wants was skipped need not be noted down each time. */
    private void noteDown() {
        if (page.isEmpty()) {
            position = through;
        }
        if (position > noted) {
            table.advance(webhook.id(), holder, position, null);
            noted = position;
        }
    }

    private void deliver(FedEvent event) {
        RecordedEvent recorded = event.told().recorded();
        if (table.hasDeadLetters(webhook.id(), recorded.stream().value())) {
            bury(recorded, 0, null);
            return;
        }
        switch (send(event)) {
            case Outcome.Delivered _ -> {
                table.advance(webhook.id(), holder, recorded.position(), Instant.now());
                passed(recorded.position());
            }
            case Outcome.Failed(String error) -> failed(recorded, error);
            case Outcome.Gone(String error) -> suspend(error);
        }
    }

    private void failed(RecordedEvent recorded, String error) {
        List<Duration> retries = properties.retries();
        attempts++;
        if (attempts <= retries.size()) {
            Duration pause = retries.get(attempts - 1);
            double jitter = ThreadLocalRandom.current().nextDouble(MOST_JITTER);
            Instant next = Instant.now().plus(pause).plusMillis((long) (pause.toMillis() * jitter));
            table.failed(webhook.id(), holder, attempts, next, error);
            nextAttemptAt = next;
            return;
        }
        bury(recorded, attempts, error);
        if (table.deadSinceTheLastDelivery(webhook.id()) >= properties.suspendAfter()) {
            suspend("suspended, since the receiver takes nothing; last, " + error);
        }
    }

    private void bury(RecordedEvent recorded, int attempts, @Nullable String error) {
        table.bury(
                new DeadLetter(
                        webhook.id(),
                        recorded.position(),
                        recorded.eventId(),
                        recorded.type(),
                        recorded.stream().value(),
                        attempts,
                        error,
                        Instant.now(),
                        false),
                holder);
        passed(recorded.position());
    }

    private void passed(long position) {
        page.removeFirst();
        this.position = position;
        noted = position;
        attempts = 0;
        nextAttemptAt = null;
    }

    private void suspend(String error) {
        table.suspend(webhook.id(), holder, error);
        stopped = true;
    }

    private Outcome send(FedEvent event) {
        ToldEvent told = event.told();
        String id = told.recorded().eventId();
        byte[] body = json.writeValueAsBytes(CloudEvent.of(told, properties.source()));
        Instant now = Instant.now();
        long timestamp = now.getEpochSecond();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", CloudEvent.MEDIA_TYPE);
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(timestamp));
        headers.put(
                "webhook-signature",
                webhook.secretsAt(now)
                        .map(secret -> secret.sign(id, timestamp, body))
                        .collect(Collectors.joining(" ")));
        return sender.post(webhook.url(), headers, body);
    }
}
