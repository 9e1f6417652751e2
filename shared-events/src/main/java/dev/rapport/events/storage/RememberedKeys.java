package dev.rapport.events.storage;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys of streams that were read lately: the last used ones, and none for long, since others may have destroyed some of them. */
final class RememberedKeys {

    private static final int MOST_STREAMS = 10_000;

    private final long longest;
    private final Map<String, Remembered> keys = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
            return size() > MOST_STREAMS;
        }
    };

    /** Rises when everything is forgotten: what was asked for before that is not to be remembered after. */
    private long forgotten;

    private record Remembered(StreamKeys keys, long since) {}

    RememberedKeys(Duration longest) {
        this.longest = longest.toNanos();
    }

    synchronized @Nullable StreamKeys get(String stream) {
        Remembered found = keys.get(stream);
        if (found == null || !isOver(found)) {
            return found == null ? null : found.keys;
        }
        keys.remove(stream);
        return null;
    }

    private boolean isOver(Remembered remembered) {
        return System.nanoTime() - remembered.since > longest;
    }

    /** To be asked before keys are read that are then put. */
    synchronized long generation() {
        return forgotten;
    }

    synchronized void put(String stream, StreamKeys read, long generation) {
        if (generation == forgotten) {
            forgetWhatIsOver();
            keys.put(stream, new Remembered(read, System.nanoTime()));
        }
    }

    /** Of those that nobody asked for lately; the others are forgotten when they are asked for. */
    private void forgetWhatIsOver() {
        var eldest = keys.values().iterator();
        while (eldest.hasNext() && isOver(eldest.next())) {
            eldest.remove();
        }
    }

    /** What is remembered of a stream was just found to be so still. */
    synchronized void renew(String stream) {
        keys.computeIfPresent(stream, (_, found) -> new Remembered(found.keys, System.nanoTime()));
    }

    synchronized void forget(String stream) {
        keys.remove(stream);
    }

    synchronized void forgetAll() {
        forgotten++;
        keys.clear();
    }
}
