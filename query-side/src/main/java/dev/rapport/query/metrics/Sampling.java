package dev.rapport.query.metrics;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Has the numbers looked up at an interval, by one thread, so that whoever collects metrics never waits for a database. */
final class Sampling implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Sampling.class);

    private final List<Sampled> all;
    private final MetricsProperties properties;
    private final Set<Sampled> failing = new HashSet<>();
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("metrics").factory());
    private volatile boolean running;

    Sampling(List<Sampled> all, MetricsProperties properties) {
        this.all = all;
        this.properties = properties;
    }

    private void goRound() {
        all.forEach(this::sample);
    }

    private void sample(Sampled sampled) {
        try {
            sampled.sample();
            failing.remove(sampled);
        } catch (RuntimeException failure) {
            sampled.unknown();
            if (failing.add(sampled) && running) {
                LOG.warn("{} are not known for now: {}", sampled.getClass().getSimpleName(), failure.toString());
            }
        }
    }

    @Override
    public void start() {
        running = true;
        var _ = rounds.scheduleWithFixedDelay(
                this::goRound, 0, properties.interval().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        running = false;
        // not by an interrupt, which would close the file under H2; and whoever hangs in a database is not waited for
        rounds.shutdown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
