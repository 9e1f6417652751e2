package dev.rapport.query;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Looks until something is so. */
final class Eventually {

    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final long PAUSE_NANOS = 1_000_000;

    static void is(BooleanSupplier so) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it never became so");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private Eventually() {}
}
