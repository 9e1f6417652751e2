package dev.rapport.query.consistency;

import dev.rapport.events.ConsistencyToken;
import dev.rapport.events.StreamName;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Where queries wait for the read models. The projection of this process wakes them as soon as it has committed what they wait for; for
 * one that runs in another process they look from time to time, often at first, since most writes are shown within milliseconds.
 */
public final class ConsistencyGate {

    private static final long SHORTEST_PAUSE_MILLIS = 2;
    private static final long LONGEST_PAUSE_MILLIS = 100;

    /** Of what was waited so far: so much later at most than it could be, a query is answered. */
    private static final double SHARE_OF_A_PAUSE = 0.25;

    private final ProjectedVersions versions;
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();

    public ConsistencyGate(ProjectedVersions versions) {
        this.versions = versions;
    }

    private record Waiting(ConsistencyToken token, CountDownLatch over) {}

    /** Tells that the read models show streams at these versions, once that is committed. */
    public void projected(Map<StreamName, Long> shown) {
        for (Waiting one : waiting) {
            Long version = shown.get(one.token.stream());
            if (version != null && version >= one.token.version()) {
                one.over.countDown();
            }
        }
    }

    /** Waits until the read models show the write that the token stands for; false when they do not in time. */
    public boolean await(ConsistencyToken token, Duration patience) throws InterruptedException {
        long began = System.nanoTime();
        var self = new Waiting(token, new CountDownLatch(1));
        waiting.add(self); // before the first look, or a wake-up between the two would be missed
        try {
            while (versions.of(token.stream()) < token.version()) {
                long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
                long left = patience.toMillis() - waited;
                if (left <= 0) {
                    return false;
                }
                long pause =
                        Math.clamp((long) (waited * SHARE_OF_A_PAUSE), SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
                if (self.over.await(Math.min(left, pause), TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
            return true;
        } finally {
            waiting.remove(self);
        }
    }
}
