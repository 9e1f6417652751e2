package dev.rapport.query.projection;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets small batches take only a share of the time, so that events that come thick and fast gather into larger ones: most of what a small
 * batch costs it costs whatever is in it, and what is saved goes to the commands. An event that comes alone is projected at once, since what
 * small batches did not use of their share is kept for a while. Large batches may take all the time there is.
 */
final class Gathering {

    /** From how many events on a batch is never small. */
    private static final int LARGE = 100;

    /** How many events Axon's processor holds for a segment, those of other segments among them. */
    private static final int HELD = 1_024;

    private static final double SHARE_OF_A_SEGMENT = 0.25;
    private static final double LEAST_SHARE = 0.5;
    private static final double KEPT = Duration.ofMillis(50).toNanos();
    private static final double LONGEST_PAUSE = Duration.ofMillis(100).toNanos();

    private final double share;
    private final int large;
    private final LongSupplier nanos;
    private double left = KEPT;
    private long seenAt;

    /**
     * @param segments  how many are worked on side by side
     * @param batchSize how many events a batch has at most
     * @param nanos     the time, by a clock that only goes forward
     */
    Gathering(int segments, int batchSize, LongSupplier nanos) {
        this.share = Math.max(LEAST_SHARE, segments * SHARE_OF_A_SEGMENT);
        // what is as large as can be is not small: a segment that is far behind finds no more than its part of those
        // held
        this.large = Math.clamp(Math.min(batchSize, HELD / segments / 2), 1, LARGE);
        this.nanos = nanos;
        this.seenAt = nanos.getAsLong();
    }

    /** Counts a batch. */
    synchronized void took(long duration, int events) {
        if (events < large) {
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
