package dev.rapport.benchmark.subject;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Threads that take steps, each as soon as its last one is done, in relationships drawn at random. A relationship belongs to one thread, so that
 * what is measured is work and not contention.
 */
public final class Load implements AutoCloseable {

    private final Subject subject;
    private final int[] taken;
    private final ExecutorService threads;
    private final SplittableRandom[] random;

    public Load(Subject subject, Past past, int threads) {
        this.subject = subject;
        this.taken = new int[past.relationships()];
        for (int relationship = 0; relationship < taken.length; relationship++) {
            taken[relationship] = past.stepsOf(relationship);
        }
        this.threads = Executors.newFixedThreadPool(threads);
        this.random = new SplittableRandom[threads];
        for (int thread = 0; thread < threads; thread++) {
            random[thread] = new SplittableRandom(thread);
        }
    }

    /** Takes steps for a while, and answers how many a second and how long each took. */
    public Run run(long nanos) throws InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        long end = begin + nanos;
        List<Future<Durations>> running = new ArrayList<>();
        for (int thread = 0; thread < random.length; thread++) {
            int mine = thread;
            running.add(threads.submit((Callable<Durations>) () -> take(mine, end)));
        }
        Durations all = new Durations();
        for (Future<Durations> thread : running) {
            all.add(thread.get());
        }
        return Run.of(all, System.nanoTime() - begin);
    }

    private Durations take(int thread, long end) throws Exception {
        Durations durations = new Durations();
        int count = random.length;
        int mine = (taken.length - thread + count - 1) / count;
        long now = System.nanoTime();
        while (now < end) {
            int relationship = thread + count * random[thread].nextInt(mine);
            subject.take(Step.of(relationship, taken[relationship]));
            taken[relationship]++;
            long done = System.nanoTime();
            durations.add(done - now);
            now = done;
        }
        return durations;
    }

    @Override
    public void close() {
        threads.close();
    }
}
