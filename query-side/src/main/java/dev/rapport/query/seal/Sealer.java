package dev.rapport.query.seal;

import dev.rapport.events.seal.SignedNote;
import dev.rapport.events.storage.EventLog;
import dev.rapport.query.seal.SealTable.StoredCheckpoint;
import dev.rapport.query.seal.Sealing.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The thread that seals, apart from commands: woken when there is something new in the log, it seals that and then rests for an interval,
 * unless there was so much that more is waiting. So there is a checkpoint at the latest an interval after an event, and after as many
 * events as are sealed at once.
 *
 * <p>When the seal contradicts itself it stops, since a signature on top of that would fork the log; commands go on.
 */
final class Sealer implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(Sealer.class);

    private static final String SEALING = "sealing";
    private static final long LOOK_ANYWAY_MILLIS = 1_000;
    private static final long SHORTEST_PAUSE_AFTER_FAILURE_MILLIS = 100;
    private static final long LONGEST_PAUSE_AFTER_FAILURE_MILLIS = 5_000;

    /** Started before requests are taken, and stopped after the last one. */
    private static final int BEFORE_THE_WEB = 0;

    private final EventLog log;
    private final @Nullable Sealing sealing;
    private final SealTable table;
    private final Duration interval;
    private final List<CheckpointCourier> couriers;
    private final SealStanding standing;
    private final Semaphore news = new Semaphore(0);
    private final Semaphore hurry = new Semaphore(0);
    private volatile boolean ended;
    private @Nullable Thread thread;
    private @Nullable BlockingStream<TrackedEventMessage<?>> bell;

    /**
     * @param sealing what it does; nothing on a node that leaves it to others, or must not
     */
    Sealer(
            EventLog log,
            @Nullable Sealing sealing,
            SealTable table,
            Duration interval,
            List<CheckpointCourier> couriers,
            SealStanding standing) {
        this.log = log;
        this.sealing = sealing;
        this.table = table;
        this.interval = interval;
        this.couriers = couriers;
        this.standing = standing;
    }

    @Override
    public int getPhase() {
        return BEFORE_THE_WEB;
    }

    @Override
    public void start() {
        if (sealing == null) {
            return;
        }
        couriers.forEach(CheckpointCourier::start);
        table.newestCheckpoint().map(StoredCheckpoint::signed).ifPresent(this::publish);
        // never read, so nothing is decoded for it: it only rings when the log has grown
        BlockingStream<TrackedEventMessage<?>> stream = log.openStream(log.createHeadToken());
        stream.setOnAvailableCallback(() -> signal(news));
        bell = stream;
        thread = Thread.ofPlatform().daemon().name("sealer").start(() -> follow(sealing));
    }

    /** Not by an interrupt: that would close the file under H2. */
    @Override
    public void stop() {
        ended = true;
        signal(news);
        signal(hurry);
        Thread running = thread;
        if (running != null) {
            try {
                running.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            thread = null;
            couriers.forEach(CheckpointCourier::close);
        }
        BlockingStream<TrackedEventMessage<?>> stream = bell;
        if (stream != null) {
            stream.close();
            bell = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Somebody waits for the newest events to be sealed. */
    void hurry() {
        signal(hurry);
        signal(news);
    }

    private static void signal(Semaphore semaphore) {
        if (semaphore.availablePermits() == 0) {
            semaphore.release();
        }
    }

    private void follow(Sealing sealing) {
        try {
            long failurePause = 0;
            boolean goesOn = true;
            while (goesOn) {
                boolean last = ended;
                try {
                    Outcome outcome = sealing.sealNext();
                    if (failurePause > 0) {
                        logger.info("The log can be sealed again.");
                        standing.mended(SEALING);
                        failurePause = 0;
                    }
                    goesOn = !last || isFull(outcome);
                    after(outcome);
                } catch (ContradictedSeal contradicted) {
                    logger.error("The log is not sealed any more: {}.", contradicted.getMessage(), contradicted);
                    standing.trouble(SEALING, "stopped: " + contradicted.getMessage());
                    return;
                } catch (RuntimeException failure) {
                    goesOn = !last;
                    failurePause = Math.clamp(
                            2 * failurePause, SHORTEST_PAUSE_AFTER_FAILURE_MILLIS, LONGEST_PAUSE_AFTER_FAILURE_MILLIS);
                    logger.warn("The log could not be sealed; next try in {} ms.", failurePause, failure);
                    standing.trouble(SEALING, "failed, and is tried again: " + failure.getMessage());
                    await(hurry, failurePause);
                }
            }
        } catch (InterruptedException stopped) {
            logger.error("The thread that seals the log was interrupted; the log is not sealed any more.", stopped);
            standing.trouble(SEALING, "interrupted");
        }
    }

    private static boolean isFull(Outcome outcome) {
        return outcome instanceof Outcome.Sealed sealed && sealed.full();
    }

    private void after(Outcome outcome) throws InterruptedException {
        switch (outcome) {
            case Outcome.Sealed sealed -> {
                publish(sealed.checkpoint());
                if (!sealed.full()) {
                    await(hurry, interval.toMillis());
                }
            }
            case Outcome.Elsewhere _ -> await(hurry, interval.toMillis());
            case Outcome.Nothing _ -> await(news, LOOK_ANYWAY_MILLIS);
        }
    }

    private void publish(SignedNote checkpoint) {
        couriers.forEach(courier -> courier.take(checkpoint));
    }

    private void await(Semaphore semaphore, long millis) throws InterruptedException {
        if (!ended && semaphore.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            semaphore.drainPermits();
        }
    }
}
