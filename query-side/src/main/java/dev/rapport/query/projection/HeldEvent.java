package dev.rapport.query.projection;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event that could not be projected, as it is known without what it says; and how many of its stream wait behind it. */
record HeldEvent(
        String id,
        String stream,
        long position,
        long version,
        String eventId,
        String type,
        String revision,
        int behind,
        Instant heldSince,
        Instant lastTriedAt,
        @Nullable String errorType,
        @Nullable String error) {}
