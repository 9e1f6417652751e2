package dev.rapport.query.rebuild;

import dev.rapport.events.storage.DatabaseAway;
import dev.rapport.events.storage.EventLog;
import dev.rapport.query.database.FeedingVersion;
import dev.rapport.query.database.Generations;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.rebuild.Rebuild.State;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Works on rebuilds, one node at a time: who has the lease. A node that ends gives it back, one that is gone lets it run out; then another node,
 * or the same one started again, goes on from where the rows are. Also removes generations that nobody reads any more.
 */
@Component
class Rebuilder implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Rebuilder.class);

    private final EventLog log;
    private final RebuildRun run;
    private final RebuildTable table;
    private final Generations generations;
    private final FeedingVersion version;
    private final TransactionTemplate transaction;
    private final RebuildProperties properties;
    private final String owner = UUID.randomUUID().toString();
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean running;
    private @Nullable Thread thread;

    Rebuilder(
            EventLog log,
            RebuildRun run,
            RebuildTable table,
            Generations generations,
            FeedingVersion version,
            @ReadDatabase PlatformTransactionManager transactions,
            RebuildProperties properties) {
        this.log = log;
        this.run = run;
        this.table = table;
        this.generations = generations;
        this.version = version;
        this.transaction = new TransactionTemplate(transactions);
        this.properties = properties;
    }

    /** Tells that there is a rebuild to work on. */
    void wake() {
        wakeUps.release();
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("rebuild").start(this::work);
    }

    /** Not by an interrupt: that would close the file under H2. */
    @Override
    public void stop() {
        running = false;
        wake();
        Thread working = thread;
        if (working != null) {
            try {
                working.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void work() {
        try {
            while (running) {
                try {
                    removeOldGenerations();
                    if (!version.isBehind()) {
                        table.claim(owner, properties.lease()).ifPresent(this::work);
                    }
                } catch (RuntimeException failed) {
                    if (DatabaseAway.caused(failed)) {
                        LOG.warn(
                                "A database is away; the rebuild, if there is one, goes on later: {}",
                                failed.toString());
                    } else {
                        LOG.error("Looking for rebuilds failed; next try later.", failed);
                    }
                }
                if (wakeUps.tryAcquire(properties.lookEvery().toMillis(), TimeUnit.MILLISECONDS)) {
                    wakeUps.drainPermits();
                }
            }
        } catch (InterruptedException interrupted) {
            LOG.error(
                    "The thread that works on rebuilds was interrupted; this node works on none any more.",
                    interrupted);
        }
    }

    private void work(Rebuild rebuild) {
        try (var lease = new Lease(rebuild)) {
            lease.check();
            run.run(rebuild, owner, lease, lease.eventsDone);
        } catch (Watch.Stopped stopped) {
            LOG.info("Rebuild {} is left for now: {}", rebuild.id(), stopped.getMessage());
        } catch (RebuildTable.AnotherOwner lost) {
            LOG.warn("Rebuild {} is left to another node: {}", rebuild.id(), lost.getMessage());
        } catch (RuntimeException failed) {
            failed(rebuild, failed);
        }
        if (running && table.isCancelled(rebuild) && table.underWay().isPresent()) {
            end(rebuild, State.CANCELLED, null);
        } else {
            table.release(rebuild, owner);
        }
    }

    private void failed(Rebuild rebuild, RuntimeException failed) {
        if (DatabaseAway.caused(failed)) {
            throw failed;
        }
        if (version.isBehind()) {
            LOG.info("Rebuild {} is left to nodes of the newer version: {}", rebuild.id(), failed.toString());
            return;
        }
        LOG.error("Rebuild {} failed.", rebuild.id(), failed);
        end(
                rebuild,
                State.FAILED,
                "It failed with " + failed.getClass().getName() + "; the log of the node tells more.");
    }

    private void end(Rebuild rebuild, State state, @Nullable String error) {
        Optional<Rebuild> mine = table.underWay().filter(one -> owner.equals(one.owner()));
        if (mine.isPresent()) {
            generations.drop(rebuild.generation());
            transaction.executeWithoutResult(_ -> table.end(rebuild, owner, state, error));
            table.dropped(rebuild.generation());
            LOG.info("Rebuild {} is {}.", rebuild.id(), state);
        }
    }

    private void removeOldGenerations() {
        for (int generation : table.retired(properties.keepOld())) {
            generations.drop(generation);
            table.dropped(generation);
            LOG.info("Generation {} of the read models has been removed.", generation);
        }
    }

    /** Keeps the rebuild for this node while it works on it, and tells how far it is. */
    private final class Lease implements Watch, AutoCloseable {

        private static final int BEATS = 5;

        private final Rebuild rebuild;
        private final AtomicLong eventsDone;
        private final ProgressOfRebuild progress = new ProgressOfRebuild();
        private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("rebuild-lease").factory());
        private volatile long heldUntil;
        private volatile boolean lost;
        private volatile boolean cancelled;
        private long countedUntil = System.nanoTime();

        Lease(Rebuild rebuild) {
            this.rebuild = rebuild;
            this.cancelled = rebuild.cancelled();
            this.eventsDone = new AtomicLong(table.eventsFilled(rebuild));
            this.heldUntil = System.nanoTime() + properties.lease().toNanos();
            long between = Math.max(1, Math.min(1_000, properties.lease().toMillis() / BEATS));
            var _ = beats.scheduleWithFixedDelay(this::beat, between, between, TimeUnit.MILLISECONDS);
        }

        private void beat() {
            try {
                long now = System.nanoTime();
                Rebuild current = table.find(rebuild.id()).orElseThrow();
                boolean filling = current.state() == State.FILLING;
                boolean held = table.extend(
                        rebuild,
                        owner,
                        properties.lease(),
                        filling ? TimeUnit.NANOSECONDS.toMillis(now - countedUntil) : 0);
                countedUntil = now;
                if (held) {
                    heldUntil = now + properties.lease().toNanos();
                    if (filling) {
                        table.filled(rebuild, eventsDone.get());
                    }
                    cancelled = current.cancelled();
                    progress.tell(current);
                } else if (!current.state().isEnd()) {
                    lost = true;
                }
            } catch (RuntimeException failed) {
                LOG.warn("The lease of rebuild {} could not be extended: {}", rebuild.id(), failed.toString());
            }
        }

        @Override
        public void check() {
            if (!running) {
                throw new Stopped("this node stops");
            }
            if (log.newerVersion().isMet()) {
                throw new Stopped("this node is older than what was recorded");
            }
            if (cancelled) {
                throw new Stopped("it is cancelled");
            }
            if (lost || System.nanoTime() - heldUntil > 0) {
                throw new Stopped("this node has lost it");
            }
        }

        @Override
        public void close() {
            beats.close();
        }
    }
}
