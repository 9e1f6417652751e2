package dev.rapport.query.projection;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets small batches take only a share of the time, so that events that come thick and fast gather into larger ones: most of what a small
 * batch costs it costs whatever is in it, and what is saved goes to the commands. When the share is used up there is a pause, in which no
 * more events are handed out. What small batches did not use is kept for a while, so that an event that comes alone does not meet one.
 * While a large batch is written there is none: somebody is behind.
 */
final class Gathering {

    /** From how many events on a batch is never small. */
    private static final int LARGE = 100;

    /** How many events Axon's processor holds for a segment, those of other segments among them. */
    private static final int HELD = 1_024;

    private static final double SHARE_OF_A_SEGMENT = 0.25;
    private static final double LEAST_SHARE = 0.5;
    private static final double NANOS_KEPT = Duration.ofMillis(50).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(100).toNanos();

    private final int batchSize;
    private final LongSupplier nanos;
    private final Written small = new Written();
    private final Written large = new Written();
    private double share = LEAST_SHARE;
    private double left = NANOS_KEPT;
    private long seenAt;
    private boolean pausing;
    private long pausingSince;

    /**
     * @param batchSize how many events a batch has at most
     * @param nanos     the time, by a clock that only goes forward
     */
    Gathering(int batchSize, LongSupplier nanos) {
        this.batchSize = batchSize;
        this.nanos = nanos;
        this.seenAt = nanos.getAsLong();
    }

    /**
     * A batch begins to be written.
     *
     * @param segments how many there are, on this node or others
     */
    synchronized Batch begin(int events, int segments) {
        settle();
        share = Math.max(LEAST_SHARE, segments * SHARE_OF_A_SEGMENT);
        // what is as large as can be is not small: a segment that is far behind finds no more than its part of those
        // held
        boolean isSmall = events < Math.clamp(Math.min(batchSize, HELD / segments / 2), 1, LARGE);
        Written kind = isSmall ? small : large;
        kind.batches++;
        return new Batch(kind);
    }

    /** How long no more events are to be handed out, in nanoseconds: 0 when they may be now. A pause begins when it is first asked for. */
    synchronized long pause() {
        settle();
        if (left >= 0 || large.batches > 0) {
            pausing = false;
            return 0;
        }
        if (!pausing) {
            pausing = true;
            pausingSince = seenAt;
        }
        long most = pausingSince + LONGEST_PAUSE_NANOS - seenAt;
        if (most <= 0) {
            // for as many as there are: with nothing left the next one would be in a pause again
            left = NANOS_KEPT;
            pausing = false;
            return 0;
        }
        return Math.min((long) Math.ceil(-left / share), most);
    }

    private void settle() {
        long now = nanos.getAsLong();
        left = Math.min(left + (now - seenAt) * (share - small.batches), NANOS_KEPT);
        seenAt = now;
    }

    /** How many batches of a kind are being written. */
    private static final class Written {

        private int batches;
    }

    /** What is being written; to be ended once. */
    final class Batch {

        private final Written kind;

        private Batch(Written kind) {
            this.kind = kind;
        }

        /** It has ended, however that came about. */
        void end() {
            synchronized (Gathering.this) {
                settle();
                kind.batches--;
            }
        }
    }
}
