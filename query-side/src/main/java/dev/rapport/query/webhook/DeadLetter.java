package dev.rapport.query.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that a receiver would not take, or that waits behind one of its stream.
 *
 * @param lastError null for one that waits
 * @param due whether an operator has asked to try again
 */
record DeadLetter(
        String webhookId,
        long position,
        String eventId,
        String eventType,
        String stream,
        int attempts,
        @Nullable String lastError,
        Instant diedAt,
        boolean due) {}
