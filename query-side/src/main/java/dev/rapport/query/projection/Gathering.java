package dev.rapport.query.projection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Lets small batches take only a share of the time, so that events that come thick and fast gather into larger ones: most of what a small
 * batch costs it costs whatever is in it, and what is saved goes to the commands. An event that comes alone is projected at once, since what
 * small batches did not use of their share is kept for a while. Large batches may take all the time there is, and of one that takes very
 * long only its beginning counts: others are not to wait for it.
 */
final class Gathering {

    /** From how many events on a batch is never small. */
    private static final int LARGE = 100;

    /** How many events Axon's processor holds for a segment, those of other segments among them. */
    private static final int HELD = 1_024;

    private static final double SHARE_OF_A_SEGMENT = 0.25;
    private static final double LEAST_SHARE = 0.5;
    private static final double KEPT = Duration.ofMillis(50).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMillis(100).toNanos();

    private final double share;
    private final int large;
    private final LongSupplier nanos;
    private final List<Batch> small = new ArrayList<>();
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

    /** A batch begins. */
    synchronized Batch begin(int events) {
        settle();
        var batch = new Batch(seenAt);
        if (events < large) {
            small.add(batch);
        }
        return batch;
    }

    /** How long no more events are to be handed out, in nanoseconds, unless more batches begin: 0 when they may be now. */
    synchronized long pause() {
        settle();
        return left >= 0 ? 0 : (long) Math.ceil(-left / share);
    }

    private void settle() {
        long now = nanos.getAsLong();
        long taken = 0;
        for (Batch batch : small) {
            taken += batch.countsUpTo(now) - batch.countsUpTo(seenAt);
        }
        left = Math.clamp(left + (now - seenAt) * share - taken, -LONGEST_PAUSE * share, KEPT);
        seenAt = now;
    }

    private synchronized void end(Batch batch) {
        settle();
        small.remove(batch);
    }

    /** What is being written. */
    final class Batch {

        private final long begun;

        private Batch(long begun) {
            this.begun = begun;
        }

        private long countsUpTo(long time) {
            return Math.min(time - begun, LONGEST_PAUSE);
        }

        /** It has ended, however that came about. */
        void end() {
            Gathering.this.end(this);
        }
    }
}
