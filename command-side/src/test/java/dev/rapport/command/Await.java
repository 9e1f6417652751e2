package dev.rapport.command;

import static org.assertj.core.api.Assertions.fail;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what is bound to come. */
public final class Await {

    private static final long PATIENCE_NANOS = 30_000_000_000L;

    public static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("waited in vain until " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private Await() {}
}
