package dev.rapport.events.storage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reader's way along the log. It holds no more than one page of events, and no thread or connection of its own: while it is
 * behind, it reads in the thread of whoever asks it for the next event.
 *
 * <p>An event that cannot be decoded is not passed over: the stream fails there, each time that it is asked, and so does everybody
 * who needs what comes after it.
 */
final class EventStream implements BlockingStream<TrackedEventMessage<?>> {

    private static final Logger logger = LoggerFactory.getLogger(EventStream.class);

    /** How often Axon's coordinator asks between two events when it has room. */
    private static final int ASKED_ANYWAY = 3;

    private static final int LONGEST_PAUSE_MILLIS = 20;

    private final LogTail tail;
    private final RecentEvents recent;
    private final Deque<LogEntry> entries = new ArrayDeque<>();
    private final Deque<TrackedEventMessage<?>> ready = new ArrayDeque<>();
    private long position;
    private int askedWithoutTaking;
    private volatile @Nullable Runnable onAvailable;
    private volatile boolean closed;

    EventStream(long position, LogTail tail, RecentEvents recent) {
        this.position = position;
        this.tail = tail;
        this.recent = recent;
    }

    @Override
    public synchronized Optional<TrackedEventMessage<?>> peek() {
        return advance() ? Optional.of(ready.getFirst()) : Optional.empty();
    }

    /**
     * Also the moment to deal with a processor that has no room left: it asks, takes nothing, and then sleeps for 100 ms, enough for
     * its workers to run dry, unless it is called while it looks. So it is called, ever less quickly the longer it has no room.
     */
    @Override
    public synchronized boolean hasNextAvailable() {
        var available = advance();
        if (available) {
            askedWithoutTaking++;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                    Math.clamp(askedWithoutTaking - ASKED_ANYWAY, 0, LONGEST_PAUSE_MILLIS)));
            tell();
        }
        return available;
    }

    @Override
    public synchronized boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        var deadline = System.nanoTime() + unit.toNanos(timeout);
        while (!advance()) {
            var left = deadline - System.nanoTime();
            if (closed || left <= 0) {
                return false;
            }
            recent.await(position, () -> closed, left);
        }
        return true;
    }

    @Override
    public synchronized TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        while (!hasNextAvailable(1, TimeUnit.HOURS)) {
            if (closed) {
                throw new IllegalStateException("the stream was closed");
            }
        }
        askedWithoutTaking = 0;
        return ready.removeFirst();
    }

    /** Makes sure that the next message is ready, if there is one. */
    private boolean advance() {
        while (ready.isEmpty() && !closed) {
            if (entries.isEmpty()) {
                entries.addAll(tail.after(position, recent));
            }
            var entry = entries.peekFirst();
            if (entry == null) {
                return false;
            }
            ready.addAll(entry.messages());
            position = entry.position();
            entries.removeFirst();
        }
        return !closed;
    }

    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
        onAvailable = callback;
        tell(); // of what may have come before
        return true;
    }

    void tell() {
        var callback = onAvailable;
        if (callback != null && !closed) {
            try {
                callback.run();
            } catch (RuntimeException e) {
                // of the callback's owner, who is perhaps just shutting down; the others are to be told all the same
                logger.warn("A reader of the event log could not be told of new events.", e);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        recent.release();
        tail.closeStream(this);
    }
}
