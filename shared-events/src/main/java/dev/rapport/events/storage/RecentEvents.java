package dev.rapport.events.storage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The newest events of the log without a break, for readers that have caught up; the oldest fall out when there are too many. */
final class RecentEvents {

    private static final int MOST_EVENTS = 2_048;
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private final Deque<LogEntry> entries = new ArrayDeque<>();
    private long start;
    private long end;
    private long bytes;

    RecentEvents(long start) {
        this.start = start;
        this.end = start;
    }

    synchronized long end() {
        return end;
    }

    synchronized void add(List<LogEntry> newEntries) {
        for (var entry : newEntries) {
            entries.addLast(entry);
            bytes += entry.size();
            end = entry.position();
        }
        while (entries.size() > MOST_EVENTS || bytes > MOST_BYTES) {
            var oldest = entries.removeFirst();
            bytes -= oldest.size();
            start = oldest.position();
        }
        notifyAll();
    }

    /** All events after a position, or null when some of them are no longer here. */
    synchronized @Nullable List<LogEntry> after(long position) {
        if (position < start) {
            return null;
        }
        var found = new ArrayList<LogEntry>();
        for (var newestFirst = entries.descendingIterator(); newestFirst.hasNext(); ) {
            var entry = newestFirst.next();
            if (entry.position() <= position) {
                break;
            }
            found.add(entry);
        }
        Collections.reverse(found);
        return found;
    }

    /** Waits until there is an event after a position, the time is over, or the caller gave up and let us know by {@link #release}. */
    synchronized void await(long position, BooleanSupplier givenUp, long nanos) throws InterruptedException {
        var deadline = System.nanoTime() + nanos;
        while (end <= position && !givenUp.getAsBoolean()) {
            var left = deadline - System.nanoTime();
            if (left <= 0) {
                return;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    synchronized void forgetDecoded() {
        entries.forEach(LogEntry::forgetDecoded);
    }

    synchronized void release() {
        notifyAll();
    }
}
