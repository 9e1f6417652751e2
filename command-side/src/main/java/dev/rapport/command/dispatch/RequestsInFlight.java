package dev.rapport.command.dispatch;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests with the same key pass one at a time on this node, each waiting a while for its turn. Between nodes the receipts' primary
 * key does the same, in the database.
 */
final class RequestsInFlight {

    private final ConcurrentMap<Object, CountDownLatch> underWay = new ConcurrentHashMap<>();
    private final Duration patience;

    RequestsInFlight(Duration patience) {
        this.patience = patience;
    }

    /** Waits for the key's turn; a turn that was not {@link Turn#taken} came to nothing in time. */
    Turn enter(Object key) {
        CountDownLatch mine = new CountDownLatch(1);
        long giveUpAt = System.nanoTime() + patience.toNanos();
        while (true) {
            CountDownLatch first = underWay.putIfAbsent(key, mine);
            if (first == null) {
                return new Turn(key, mine);
            }
            if (!await(first, giveUpAt - System.nanoTime())) {
                return new Turn(key, null);
            }
        }
    }

    private static boolean await(CountDownLatch first, long nanoseconds) {
        try {
            return first.await(nanoseconds, TimeUnit.NANOSECONDS);
        } catch (InterruptedException shuttingDown) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The time in which only this request with its key is dealt with. */
    final class Turn implements AutoCloseable {

        private final Object key;
        private final @Nullable CountDownLatch mine;

        private Turn(Object key, @Nullable CountDownLatch mine) {
            this.key = key;
            this.mine = mine;
        }

        boolean taken() {
            return mine != null;
        }

        @Override
        public void close() {
            if (mine != null) {
                underWay.remove(key, mine);
                mine.countDown();
            }
        }
    }
}
