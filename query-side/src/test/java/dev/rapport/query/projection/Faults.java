package dev.rapport.query.projection;

import dev.rapport.events.storage.RecordedEvent;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What goes wrong in {@link FaultyReadModels}, as long as a test wants it to. */
public final class Faults {

    private volatile Predicate<RecordedEvent> poison = _ -> false;
    private volatile UnaryOperator<RecordedEvent> distortion = event -> event;
    private volatile Consumer<List<RecordedEvent>> before = _ -> {};

    public void poison(Predicate<RecordedEvent> events) {
        poison = events;
    }

    public void distort(UnaryOperator<RecordedEvent> change) {
        distortion = change;
    }

    public void beforeEachBatch(Consumer<List<RecordedEvent>> what) {
        before = what;
    }

    /** Keeps the read models from going on until the latch is released. */
    public void hold(CountDownLatch held) {
        before = _ -> {
            try {
                held.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        };
    }

    public void mend() {
        poison = _ -> false;
        distortion = event -> event;
        before = _ -> {};
    }

    void before(List<RecordedEvent> batch) {
        before.accept(batch);
    }

    RecordedEvent distorted(RecordedEvent event) {
        return distortion.apply(event);
    }

    /** At the end, when rows have been written already: nothing of them may stay. */
    void after(List<RecordedEvent> batch) {
        batch.stream().filter(poison).findFirst().ifPresent(event -> {
            throw new IllegalArgumentException("a text that quotes the event: " + event.payload());
        });
    }
}
