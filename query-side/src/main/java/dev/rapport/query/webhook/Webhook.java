package dev.rapport.query.webhook;

import dev.rapport.query.stream.EventFilter;
import java.net.URI;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where events are delivered to, which, and how far that has come.
 *
 * @param position everything up to here was delivered, or is among the dead letters
 * @param attempts at the event after it that failed so far
 */
record Webhook(
        String id,
        URI url,
        EventFilter filter,
        WebhookSecret secret,
        @Nullable FormerSecret formerSecret,
        State state,
        long position,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable String lastError,
        @Nullable Instant lastErrorAt,
        @Nullable Instant lastDeliveredAt,
        Instant createdAt,
        String createdBy) {

    /** Whether events are delivered. */
    enum State {
        ACTIVE,
        /** An operator wants no deliveries for now. */
        PAUSED,
        /** We gave up: the receiver took nothing for long, or said that it is gone. An operator may resume it. */
        SUSPENDED
    }

    /** What was the secret before it was changed, and signs along for a while. */
    record FormerSecret(WebhookSecret secret, Instant until) {}

    /** What signs at a time. */
    Stream<WebhookSecret> secretsAt(Instant now) {
        return formerSecret == null || formerSecret.until.isBefore(now)
                ? Stream.of(secret)
                : Stream.of(secret, formerSecret.secret);
    }
}
