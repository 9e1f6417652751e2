package dev.rapport.query.rebuild;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Threads that share a piece of work of a rebuild: all leave off when one of them fails. */
final class Workers {

    private final AtomicBoolean failed = new AtomicBoolean();

    private Workers() {}

    /** Whether to go on: not after another one has failed. */
    boolean isWorthIt() {
        return !failed.get();
    }

    /** Returns when all have done the work, or throws what the first of them failed with. */
    static void run(int count, Consumer<Workers> work) {
        var workers = new Workers();
        try (ExecutorService threads = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().name("rebuild-", 0).factory())) {
            List<Future<?>> results = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                results.add(threads.submit(() -> workers.attempt(work)));
            }
            results.forEach(Workers::await);
        }
    }

    private void attempt(Consumer<Workers> work) {
        try {
            work.accept(this);
        } catch (RuntimeException | Error failure) {
            failed.set(true);
            throw failure;
        }
    }

    private static void await(Future<?> result) {
        try {
            result.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw new IllegalStateException("a worker of the rebuild failed", failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Watch.Stopped("interrupted");
        }
    }
}
