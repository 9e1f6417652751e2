package dev.rapport.query.seal;

import dev.rapport.events.seal.SignedNote;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes checkpoints to one destination, in a thread of its own: sealing never waits for it. A newer checkpoint says all that an older one
 * does, so one that could not be delivered yet is forgotten for the next; failures are repeated, ever less often, for as long as they last.
 */
final class CheckpointCourier implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(CheckpointCourier.class);

    private static final long SHORTEST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;
    private static final long LAST_DELIVERY_MILLIS = 2_000;

    private final CheckpointDestination destination;
    private final SealStanding standing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable SignedNote waiting;
    private @Nullable Thread thread;
    private boolean closed;

    CheckpointCourier(CheckpointDestination destination, SealStanding standing) {
        this.destination = destination;
        this.standing = standing;
    }

    void start() {
        closed = false;
        thread = Thread.ofPlatform().daemon().name("checkpoints").start(this::run);
    }

    void take(SignedNote checkpoint) {
        lock.lock();
        try {
            waiting = checkpoint;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            long pause = 0;
            for (SignedNote checkpoint = next(); checkpoint != null; checkpoint = next()) {
                try {
                    destination.deliver(checkpoint);
                    delivered(checkpoint);
                    if (pause > 0) {
                        logger.info("Checkpoints get to {} again.", destination.name());
                        standing.mended(destination.name());
                        pause = 0;
                    }
                } catch (IOException | RuntimeException failure) {
                    pause = Math.clamp(2 * pause, SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
                    logger.warn(
                            "Checkpoints do not get to {}: {}; next try in {} ms.",
                            destination.name(),
                            failure.toString(),
                            pause);
                    standing.trouble(destination.name(), "checkpoints do not get there: " + failure);
                    rest(pause);
                }
            }
        } catch (InterruptedException stopped) {
            logger.debug("The delivery to {} was stopped", destination.name(), stopped);
        }
    }

    /** The newest checkpoint that is not delivered; null at the end. */
    private @Nullable SignedNote next() throws InterruptedException {
        lock.lock();
        try {
            while (waiting == null && !closed) {
                changed.await();
            }
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    private void delivered(SignedNote checkpoint) {
        lock.lock();
        try {
            if (waiting == checkpoint) {
                waiting = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private void rest(long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
                if (closed) {
                    waiting = null;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives the last checkpoint a moment to arrive. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        Thread running = thread;
        if (running != null) {
            try {
                running.join(LAST_DELIVERY_MILLIS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            running.interrupt();
            thread = null;
        }
    }
}
