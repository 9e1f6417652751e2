package dev.rapport.command.eventstore;

import dev.rapport.command.DomainCommand;
import dev.rapport.events.storage.DatabaseAway;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.lock.Lock;
import org.axonframework.common.lock.LockFactory;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The transactions of commands. A command writes nothing while it is decided; what it has to write is kept until it commits, and is then
 * written and committed together with what other commands have that are at the same point. A commit waits for the disk, so under load a
 * database can do few of them, while it can write far more rows in each: the more commands come, the more share one commit. A command
 * that is alone waits for nobody and commits by itself.
 *
 * <p>A command has been committed when {@link Transaction#commit()} returns, and not before. When a group comes to nothing because of
 * one command in it (somebody else was faster), its halves are tried again, and theirs, so that the failure is the guilty one's alone. When
 * it fails otherwise, for instance because the database is gone, nobody can know whether it was committed, and everyone in it is told so by
 * that exception, as are those who came meanwhile if the database is gone.
 *
 * <p>Group commit was first described by DeWitt et al., "Implementation techniques for main memory database systems", SIGMOD 1984.
 */
public final class GroupCommit implements TransactionManager {

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    private static final String WRITES = "writes";

    /** The most commands in a group; so many that the share of a round trip and a commit in each is small. */
    private static final int MOST = 256;

    private final TransactionTemplate transaction;
    private final Runnable committed;
    private final LockFactory locks;
    private final Cache aggregates;

    private final ReentrantLock guard = new ReentrantLock();
    private final Deque<Commit> waiting = new ArrayDeque<>();
    private final int lanes;
    private int busy;

    /**
     * Commits in transactions of a template.
     *
     * @param committed is run after each commit that wrote something
     * @param locks of the aggregates, which those who {@link #together decide together} hold until they have committed
     * @param aggregates what is remembered of aggregates, to be forgotten when they fail
     * @param lanes how many groups may be on their way to the database at the same time
     */
    GroupCommit(TransactionTemplate transaction, Runnable committed, LockFactory locks, Cache aggregates, int lanes) {
        this.transaction = transaction;
        this.committed = committed;
        this.locks = locks;
        this.aggregates = aggregates;
        this.lanes = lanes;
    }

    /** The transaction of the unit of work that is under way. */
    @Override
    public Transaction startTransaction() {
        Writes writes = new Writes();
        CurrentUnitOfWork.get().resources().put(WRITES, writes);
        return new Transaction() {
            @Override
            public void commit() {
                GroupCommit.this.commit(writes);
            }

            @Override
            public void rollback() {
                // nothing was written
            }
        };
    }

    /** Whether there is a unit of work under way whose writes wait for its commit. */
    boolean isCollecting() {
        return collected() != null;
    }

    private static @Nullable Writes collected() {
        return CurrentUnitOfWork.isStarted() ? CurrentUnitOfWork.get().getResource(WRITES) : null;
    }

    /** Has something written when the command that is under way commits; at once, if there is none. */
    public <R> void write(GroupWriter<R> writer, R row) {
        Writes collected = collected();
        if (collected != null) {
            collected.add(writer, row);
        } else {
            Writes alone = new Writes();
            alone.add(writer, row);
            commit(alone);
        }
    }

    /**
     * Has commands decided one after the other and commits them in one transaction, all or none. Each sees what those before it did. Until all
     * have been committed, nobody else in this process deals with the streams that they are about.
     *
     * @param streams all of them that the commands load
     */
    public <T> T together(SortedSet<String> streams, Supplier<T> commands) {
        List<Lock> held = new ArrayList<>();
        try {
            // all of them first, and in one order: who waits for one has no other one, and nothing of the database,
            // that is waited for
            streams.forEach(stream -> held.add(locks.obtainLock(stream)));
            return inOneTransaction(commands);
        } catch (RuntimeException | Error failed) {
            streams.forEach(aggregates::remove);
            throw failed;
        } finally {
            held.reversed().forEach(Lock::release);
        }
    }

    private <T> T inOneTransaction(Supplier<T> commands) {
        T result = transaction.execute(_ -> {
            TransactionSynchronizationManager.bindResource(this, new Together());
            try {
                T decided = commands.get();
                flush();
                return decided;
            } finally {
                TransactionSynchronizationManager.unbindResource(this);
            }
        });
        committed.run();
        return result;
    }

    /** What those who decide together have to write, and have not written yet. */
    private static final class Together {

        private Writes writes = new Writes();

        void flush() {
            Writes now = writes;
            writes = new Writes();
            now.write();
        }
    }

    private @Nullable Together together() {
        return (Together) TransactionSynchronizationManager.getResource(this);
    }

    /** Has what commands before this one have to write written, for whoever is to read it in the same transaction. */
    void flush() {
        Together together = together();
        if (together != null) {
            together.flush();
        }
    }

    private void commit(Writes writes) {
        if (writes.isEmpty()) {
            return;
        }
        Together together = together();
        if (together != null) {
            together.writes.addAll(writes);
        } else if (TransactionSynchronizationManager.isActualTransactionActive()) {
            writeInTransaction(writes);
        } else {
            commitWithOthers(new Commit(writes, about()));
        }
    }

    private static String about() {
        return CurrentUnitOfWork.isStarted()
                        && CurrentUnitOfWork.get().getMessage().getPayload() instanceof DomainCommand command
                ? command.stream().value()
                : "";
    }

    private void writeInTransaction(Writes writes) {
        writes.write();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                committed.run();
            }
        });
    }

    /** How many commands are in nobody's group yet. */
    int waiting() {
        guard.lock();
        try {
            return waiting.size();
        } finally {
            guard.unlock();
        }
    }

    private void commitWithOthers(Commit mine) {
        enter(mine);
        try {
            while (!mine.isOver()) {
                if (mine.leads()) {
                    commit(nextGroup());
                    stepDownIfIdle(mine);
                } else {
                    mine.awaitTurn();
                }
            }
        } finally {
            // whoever waited for mine need not wait for others
            stepDown(mine);
        }
        mine.tellOutcome();
    }

    /** Queues up; whoever finds a lane free leads a group. */
    private void enter(Commit mine) {
        guard.lock();
        try {
            waiting.add(mine);
            if (busy < lanes) {
                busy++;
                mine.lead();
            }
        } finally {
            guard.unlock();
        }
    }

    private List<Commit> nextGroup() {
        guard.lock();
        try {
            List<Commit> group = new ArrayList<>();
            while (!waiting.isEmpty() && group.size() < MOST) {
                group.add(waiting.remove());
            }
            return group;
        } finally {
            guard.unlock();
        }
    }

    /** Another leader may have taken this one's own command into a group. */
    private void stepDownIfIdle(Commit leader) {
        guard.lock();
        try {
            if (waiting.isEmpty()) {
                stepDown(leader);
            }
        } finally {
            guard.unlock();
        }
    }

    /** Passes the lane on to the first of those who wait and do not lead, or leaves it free. */
    private void stepDown(Commit commit) {
        guard.lock();
        try {
            if (commit.leads()) {
                commit.stepDown();
                waiting.stream()
                        .filter(candidate -> !candidate.leads())
                        .findFirst()
                        .ifPresentOrElse(Commit::lead, () -> busy--);
            }
        } finally {
            guard.unlock();
        }
    }

    private void commit(List<Commit> group) {
        if (group.isEmpty()) {
            return; // another leader was faster
        }
        AtomicBoolean written = new AtomicBoolean();
        try {
            // commands in one order on all nodes, so that no two groups wait for each other
            group.sort(Comparator.comparing(Commit::about));
            Writes all = new Writes();
            group.forEach(commit -> all.addAll(commit.writes()));
            transaction.executeWithoutResult(_ -> {
                all.write();
                written.set(true);
            });
        } catch (RuntimeException | Error failed) {
            if (group.size() > 1 && !written.get() && !isEverybodys(failed)) {
                // by halves, so that one who is to blame costs the others few commits
                int half = group.size() / 2;
                commit(new ArrayList<>(group.subList(0, half)));
                commit(new ArrayList<>(group.subList(half, group.size())));
            } else {
                group.forEach(commit -> commit.failed(failed));
                if (DatabaseAway.caused(failed)) {
                    // those who came meanwhile would only wait for it once more
                    for (List<Commit> next = nextGroup(); !next.isEmpty(); next = nextGroup()) {
                        next.forEach(commit -> commit.failed(failed));
                    }
                }
            }
            return;
        }
        try {
            // first, so that what was told may be read at once
            committed.run();
        } catch (RuntimeException notTold) {
            log.warn("Who follows the log was not told of a commit, and will see it at the next look", notTold);
        } finally {
            group.forEach(Commit::succeeded);
        }
    }

    /** Whether a failure has to do with the database as a whole, so that to try again one by one would only be to wait for it again. */
    private static boolean isEverybodys(Throwable failure) {
        return failure instanceof Error || failure instanceof TransactionException || DatabaseAway.caused(failure);
    }
}
