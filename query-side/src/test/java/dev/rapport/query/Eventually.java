package dev.rapport.query;

import java.util.function.BooleanSupplier;

/** Looks until something is so. */
final class Eventually {

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    static void is(BooleanSupplier so) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it never became so");
            }
            Thread.onSpinWait();
            Thread.yield();
        }
    }

    private Eventually() {}
}
