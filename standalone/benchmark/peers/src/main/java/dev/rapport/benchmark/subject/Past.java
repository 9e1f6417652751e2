package dev.rapport.benchmark.subject;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * The relationships that there are before anything is measured.
 *
 * @param relationships how many
 * @param fewest        of a relationship's events
 * @param most          of a relationship's events
 */
public record Past(int relationships, int fewest, int most) {

    private static final int WRITERS = 8;

    /** How many steps of a relationship were taken. */
    public int stepsOf(int relationship) {
        return fewest + relationship % (most - fewest + 1);
    }

    /** All steps of all relationships that were taken. */
    public long steps() {
        return IntStream.range(0, relationships).mapToLong(this::stepsOf).sum();
    }

    /** The steps of a relationship that were taken. */
    public List<Step> of(int relationship) {
        return IntStream.range(0, stepsOf(relationship))
                .mapToObj(number -> Step.of(relationship, number))
                .toList();
    }

    /** What becomes of one relationship's past. */
    @FunctionalInterface
    public interface Filling {
        void fill(int relationship) throws Exception;
    }

    /** Fills all relationships, several at a time. */
    public void fill(Filling filling) throws Exception {
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<Void>> running = IntStream.range(0, WRITERS)
                    .mapToObj(writer -> writers.submit((Callable<Void>) () -> {
                        for (int relationship = writer; relationship < relationships; relationship += WRITERS) {
                            filling.fill(relationship);
                        }
                        return null;
                    }))
                    .toList();
            for (Future<Void> writer : running) {
                writer.get();
            }
        }
    }
}
