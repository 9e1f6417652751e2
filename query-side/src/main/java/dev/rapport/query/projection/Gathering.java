package dev.rapport.query.projection;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets small batches take only a share of the time, so that events that come thick and fast gather into larger ones: a batch of twenty costs
 * little more than a batch of one, and what it saves goes to the commands. An event that comes alone is projected at once, since what small
 * batches did not use of their share is kept for a while. Large batches may take all the time there is.
 */
final class Gathering {

    /** From how many events on a batch costs about the same for each, however large it is. */
    private static final int LARGE = 100;

    private static final double SHARE_OF_A_SEGMENT = 0.25;
    private static final double LEAST_SHARE = 0.5;
    private static final double KEPT = Duration.ofMillis(50).toNanos();
    private static final double LONGEST_PAUSE = Duration.ofMillis(100).toNanos();

    private final double share;
    private final LongSupplier nanos;
    private double left = KEPT;
    private long seenAt;

    /**
     * @param segments how many are worked on side by side
     * @param nanos    the time, by a clock that only goes forward
     */
    Gathering(int segments, LongSupplier nanos) {
        this.share = Math.max(LEAST_SHARE, segments * SHARE_OF_A_SEGMENT);
        this.nanos = nanos;
        this.seenAt = nanos.getAsLong();
    }

    /** Counts a batch. */
    synchronized void took(long duration, int events) {
        if (events < LARGE) {
            refill();
            left = Math.max(left - duration, -LONGEST_PAUSE * share);
        }
    }

    /** How long the next batch is to wait, in nanoseconds. */
    synchronized long pause() {
        refill();
        return left >= 0 ? 0 : (long) (-left / share);
    }

    private void refill() {
        long now = nanos.getAsLong();
        left = Math.min(left + (now - seenAt) * share, KEPT);
        seenAt = now;
    }
}
