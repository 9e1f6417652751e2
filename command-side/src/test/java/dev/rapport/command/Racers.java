package dev.rapport.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;

/** Starts many at once, to see who wins. */
public final class Racers {

    /** What each of them came to, in the order of their numbers; the first failure of one is everybody's. */
    public static <T> List<T> race(int count, IntFunction<T> racer) {
        CountDownLatch start = new CountDownLatch(1);
        List<CompletableFuture<T>> results = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            CompletableFuture<T> result = new CompletableFuture<>();
            results.add(result);
            Thread.ofPlatform().start(() -> {
                try {
                    start.await();
                    result.complete(racer.apply(number));
                } catch (Throwable failure) {
                    result.completeExceptionally(failure);
                }
            });
        }
        start.countDown();
        return results.stream().map(CompletableFuture::join).toList();
    }

    private Racers() {}
}
