package dev.rapport.query.stream;

import dev.rapport.events.problem.Problem;
import dev.rapport.query.http.QueryRefused;
import dev.rapport.query.http.ServerSentEvents;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The streams that are open: a bounded number for each caller and for all. Shows their readers that we are still here, drops those who
 * take nothing, and ends all before the web server waits for open requests to end.
 */
final class OpenStreams implements SmartLifecycle, AutoCloseable, MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(OpenStreams.class);

    private static final Duration ROUND = Duration.ofMillis(500);

    private final StreamProperties properties;
    private final Set<ServerSentEvents> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> perCaller = new HashMap<>();
    private final ExecutorService writers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("stream-", 0).factory());
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("streams").factory());
    private int all;
    private long lastBeat = System.nanoTime();
    private volatile boolean running;

    OpenStreams(StreamProperties properties) {
        this.properties = properties;
    }

    /** A place for a stream, which its holder gives back. */
    final class Place {

        private final String caller;
        private boolean taken = true;

        private Place(String caller) {
            this.caller = caller;
        }

        void giveBack() {
            synchronized (perCaller) {
                if (taken) {
                    taken = false;
                    all--;
                    perCaller.computeIfPresent(caller, (_, streams) -> streams == 1 ? null : streams - 1);
                }
            }
        }
    }

    Place take(String caller) {
        if (!running) {
            throw QueryRefused.because(Problem.UNAVAILABLE, "Rapport is being stopped.");
        }
        synchronized (perCaller) {
            int own = perCaller.getOrDefault(caller, 0);
            if (own >= properties.mostPerCaller()) {
                throw QueryRefused.because(
                        Problem.TOO_MANY_REQUESTS, "You have " + own + " streams open, and may have no more.");
            }
            if (all >= properties.most()) {
                throw QueryRefused.because(
                        Problem.TOO_MANY_REQUESTS, "As many streams are open as this node can feed.");
            }
            all++;
            perCaller.put(caller, own + 1);
            return new Place(caller);
        }
    }

    Executor writers() {
        return writers;
    }

    void add(ServerSentEvents stream) {
        open.add(stream);
        if (!running) {
            stream.end();
        }
    }

    void remove(ServerSentEvents stream) {
        open.remove(stream);
    }

    private void lookAround() {
        long now = System.nanoTime();
        boolean beat = now - lastBeat >= properties.heartbeat().toNanos();
        if (beat) {
            lastBeat = now;
        }
        for (ServerSentEvents stream : open) {
            if (stream.stalledFor().compareTo(properties.patience()) > 0) {
                LOG.info("A reader of the stream took nothing for {} and is dropped", properties.patience());
                stream.hangUp("the reader takes nothing");
            } else if (stream.openFor().compareTo(properties.longest()) > 0) {
                stream.end();
            } else if (beat) {
                stream.beat();
            }
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("rapport.streams.open", open, Set::size)
                .description("Streams of events that are open at this node")
                .register(registry);
    }

    @Override
    public void start() {
        running = true;
        var _ = rounds.scheduleWithFixedDelay(
                this::lookAround, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** In the phase that stops first, since the web server would wait for open streams. */
    @Override
    public void stop() {
        running = false;
        rounds.shutdown();
        for (ServerSentEvents stream : open) {
            if (stream.stalledFor().isZero()) {
                stream.end();
            } else {
                stream.hangUp("Rapport is being stopped");
            }
        }
    }

    /** Later than stopping, for streams are ended by their writers. */
    @Override
    public void close() {
        writers.shutdown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
