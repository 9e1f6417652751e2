package dev.rapport.query.projection;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** How many events a second were handled lately. */
public final class Pace {

    private static final Duration LATELY = Duration.ofSeconds(10);

    private final Deque<Done> done = new ArrayDeque<>();
    private final LongSupplier nanos;

    private record Done(long at, int events) {}

    public Pace(LongSupplier nanos) {
        this.nanos = nanos;
    }

    public synchronized void did(int events) {
        done.addLast(new Done(nanos.getAsLong(), events));
        forget();
    }

    public synchronized double eventsPerSecond() {
        forget();
        return done.stream().mapToLong(Done::events).sum() / (double) LATELY.toSeconds();
    }

    private void forget() {
        long since = nanos.getAsLong() - LATELY.toNanos();
        while (!done.isEmpty() && done.getFirst().at - since < 0) {
            done.removeFirst();
        }
    }
}
