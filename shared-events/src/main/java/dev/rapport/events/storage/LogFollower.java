package dev.rapport.events.storage;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that reads what is new in the log, once for all streams. It waits to be woken, and looks by itself at an interval; before
 * a gap it looks more often, since most gaps last only as long as somebody's commit; when the database is away it keeps trying.
 */
final class LogFollower {

    private static final Logger logger = LoggerFactory.getLogger(LogFollower.class);

    private static final long SHORTEST_PAUSE_AFTER_FAILURE_MILLIS = 100;
    private static final long LONGEST_PAUSE_AFTER_FAILURE_MILLIS = 5_000;

    private final LogTail tail;
    private final RecentEvents recent;
    private final long pollMillis;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean ended;

    LogFollower(LogTail tail, long start, Duration pollInterval) {
        this.tail = tail;
        this.recent = new RecentEvents(start);
        this.pollMillis = Math.max(1, pollInterval.toMillis());
    }

    RecentEvents recent() {
        return recent;
    }

    void start() {
        Thread.ofPlatform().daemon().name("event-log").start(this::follow);
    }

    void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    /** Not by an interrupt: that would close the file under H2. */
    void end() {
        ended = true;
        wake();
    }

    private void follow() {
        try {
            var gapPause = 1L;
            var failurePause = 0L;
            while (!ended) {
                try {
                    var page = tail.read(recent.end());
                    if (failurePause > 0) {
                        logger.info("The event log can be read again.");
                        failurePause = 0;
                    }
                    if (!page.events().isEmpty()) {
                        recent.add(tail.entries(page));
                        tail.tellStreams();
                        gapPause = 1;
                    } else if (page.endsAtGap()) {
                        // without listening for wake-ups, which may come by the thousand while one transaction holds up
                        // the rest
                        TimeUnit.MILLISECONDS.sleep(gapPause);
                        gapPause = Math.min(2 * gapPause, pollMillis);
                    } else {
                        waitToBeWoken(pollMillis);
                    }
                } catch (SQLException | RuntimeException e) {
                    failurePause = Math.clamp(
                            2 * failurePause, SHORTEST_PAUSE_AFTER_FAILURE_MILLIS, LONGEST_PAUSE_AFTER_FAILURE_MILLIS);
                    logger.error(
                            "The event log cannot be read after position {}; next try in {} ms.",
                            recent.end(),
                            failurePause,
                            e);
                    TimeUnit.MILLISECONDS.sleep(failurePause);
                }
            }
        } catch (InterruptedException e) {
            logger.error("The thread that follows the event log was interrupted; open streams get no more events.", e);
        }
    }

    private void waitToBeWoken(long millis) throws InterruptedException {
        if (wakeUps.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            wakeUps.drainPermits();
        }
    }
}
