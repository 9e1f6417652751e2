package dev.rapport.query;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Looks until something is so. */
public final class Eventually {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long PAUSE_NANOS = 1_000_000;

    public static void is(BooleanSupplier so) {
        is(PATIENCE, so);
    }

    static void is(Duration patience, BooleanSupplier so) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it never became so");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private Eventually() {}
}
