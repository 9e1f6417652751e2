package dev.rapport.events.storage;

import static org.assertj.core.api.Assertions.fail;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what is bound to come. */
final class Await {

    private static final long PATIENCE_NANOS = 30_000_000_000L;

    static void until(String what, BooleanSupplier condition) {
        var deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("waited in vain until " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private Await() {}
}
