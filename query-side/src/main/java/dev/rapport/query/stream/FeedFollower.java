package dev.rapport.query.stream;

import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.StoredEvent;
import dev.rapport.events.storage.UnknownEventException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that tells what is new in the log, once for all who follow. It runs only while somebody does. */
final class FeedFollower {

    private static final Logger LOG = LoggerFactory.getLogger(FeedFollower.class);

    private static final int PAGE = 256;
    private static final long SHORTEST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final EventLog log;
    private final Function<List<StoredEvent>, List<FedEvent>> tell;
    private final Runnable onNews;
    private final RecentlyFed recent;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean ended;

    FeedFollower(EventLog log, Function<List<StoredEvent>, List<FedEvent>> tell, Runnable onNews) {
        this.log = log;
        this.tell = tell;
        this.onNews = onNews;
        this.recent = new RecentlyFed(log.lastStablePosition());
    }

    RecentlyFed recent() {
        return recent;
    }

    void start() {
        Thread.ofPlatform().daemon().name("event-feed").start(this::follow);
    }

    /** Not by an interrupt: that would close the file under H2. */
    void end() {
        ended = true;
        wakeUps.release();
    }

    private void follow() {
        long pause = 0;
        while (!ended) {
            // of the stream, only that there is something new: the events are read as they are stored
            try (var news = log.openStream(log.createHeadToken())) {
                news.setOnAvailableCallback(this::wake);
                while (!ended) {
                    feed();
                    pause = 0;
                }
            } catch (InterruptedException interrupted) {
                LOG.error("The thread that feeds events was interrupted; open streams get no more", interrupted);
                return;
            } catch (RuntimeException failure) {
                pause = Math.clamp(2 * pause, SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
                if (!ended) {
                    LOG.error("No event after position {} can be fed; next try in {} ms", recent.end(), pause, failure);
                    sleep(pause);
                }
            }
        }
    }

    private void feed() throws InterruptedException {
        List<StoredEvent> stored = log.read(recent.end(), PAGE);
        if (stored.isEmpty()) {
            // the stream tells when there is news; looking once a second besides costs nothing
            if (wakeUps.tryAcquire(1, TimeUnit.SECONDS)) {
                wakeUps.drainPermits();
            }
            return;
        }
        if (stored.stream().anyMatch(StoredEvent::isErasure)) {
            recent.forget();
        }
        long bytes = stored.stream()
                .mapToLong(event -> (long) event.payload().length + event.metadata().length)
                .sum();
        long through = stored.getLast().position();
        try {
            recent.add(tell.apply(stored), through, bytes);
        } catch (UnknownEventException newer) {
            // whoever wants none of what this version cannot read goes on by itself, and all others find out
            recent.pass(through);
            LOG.debug("Not all events up to position {} can be told by this version", through, newer);
        }
        onNews.run();
    }

    private void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    private void sleep(long millis) {
        try {
            if (wakeUps.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                LOG.debug("Something new came while the feed was pausing");
            }
        } catch (InterruptedException interrupted) {
            ended = true;
            Thread.currentThread().interrupt();
        }
    }
}
