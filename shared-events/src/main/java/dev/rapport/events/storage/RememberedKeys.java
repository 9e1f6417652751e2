package dev.rapport.events.storage;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys that were read lately: the last used ones, and none for long, since others may have destroyed them. */
final class RememberedKeys {

    private static final int MOST = 20_000;

    private final long longest;
    private final Map<String, Remembered> keys = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
            return size() > MOST;
        }
    };

    /** Rises when everything is forgotten: what was asked for before that is not to be remembered after. */
    private long forgotten;

    private record Remembered(PersonalKey key, long since) {}

    RememberedKeys(Duration longest) {
        this.longest = longest.toNanos();
    }

    synchronized @Nullable PersonalKey get(String id) {
        Remembered found = keys.get(id);
        return found == null || System.nanoTime() - found.since > longest ? null : found.key;
    }

    /** To be asked before keys are read that are then put. */
    synchronized long generation() {
        return forgotten;
    }

    synchronized void put(PersonalKey key, long generation) {
        if (generation == forgotten) {
            keys.put(key.id(), new Remembered(key, System.nanoTime()));
        }
    }

    synchronized void forgetAll() {
        forgotten++;
        keys.clear();
    }
}
