package dev.rapport.query.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest events of the feed without a break, told once for all who follow; the oldest fall out when there are too many. */
final class RecentlyFed {

    private static final int MOST_EVENTS = 2_048;
    private static final long MOST_BYTES = 8L * 1024 * 1024;

    private final Deque<Batch> batches = new ArrayDeque<>();
    private long start;
    private long end;
    private int events;
    private long bytes;

    RecentlyFed(long start) {
        this.start = start;
        this.end = start;
    }

    private record Batch(List<FedEvent> events, long through, long bytes) {}

    synchronized long end() {
        return end;
    }

    /** Adds the events up to a position, which as they are stored take so many bytes. */
    synchronized void add(List<FedEvent> fed, long through, long stored) {
        batches.addLast(new Batch(fed, through, stored));
        end = through;
        events += fed.size();
        bytes += stored;
        while (events > MOST_EVENTS || bytes > MOST_BYTES) {
            Batch oldest = batches.removeFirst();
            start = oldest.through;
            events -= oldest.events.size();
            bytes -= oldest.bytes;
        }
    }

    /** Forgets what was told, since something of it was erased: whoever has not seen it yet reads it in the log. */
    synchronized void forget() {
        batches.clear();
        start = end;
        events = 0;
        bytes = 0;
    }

    /** Leaves out what comes up to a position: whoever has not seen it yet reads it in the log. */
    synchronized void pass(long through) {
        end = through;
        forget();
    }

    /** All events after a position that a filter takes, or null when some of them are no longer here. */
    synchronized EventFeed.@Nullable Page after(long position, EventFilter filter) {
        if (position < start) {
            return null;
        }
        List<Batch> newest = new ArrayList<>();
        for (var newestFirst = batches.descendingIterator(); newestFirst.hasNext(); ) {
            Batch batch = newestFirst.next();
            if (batch.through <= position) {
                break;
            }
            newest.add(batch);
        }
        Collections.reverse(newest);
        List<FedEvent> found = newest.stream()
                .flatMap(batch -> batch.events.stream())
                .filter(event -> event.told().position() > position
                        && filter.takes(event.told().recorded()))
                .toList();
        return new EventFeed.Page(found, Math.max(position, end));
    }
}
