package dev.rapport.events.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How processes that share a log on PostgreSQL tell each other that it has grown, by {@code NOTIFY}. It is rung after a commit, never inside
 * of an append, which it would slow down: PostgreSQL has transactions that notify commit one after the other. However often it is rung, it
 * sounds once in a few milliseconds at most.
 *
 * <p>Whoever hears nothing still looks at the log at an interval, so a bell that cannot sound costs time and no event. It has connections of its
 * own, one to ring and one to listen: both would be missing in a pool.
 */
public final class LogBell implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(LogBell.class);

    private static final String CHANNEL = "rapport_event_log";
    private static final Duration SILENCE_AFTER_RINGING = Duration.ofMillis(3);

    /** After which a listener makes sure that it is not deaf: a connection may be gone without having said so. */
    private static final Duration LONG_SILENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final DataSource connections;
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private final Semaphore rung = new Semaphore(0);
    private volatile boolean closed;
    private @Nullable Thread ringing;
    private @Nullable Thread listening;
    private volatile @Nullable Connection heardOn;

    /** @param connections gives a new connection to the log's database each time that it is asked, and pools none */
    public LogBell(DataSource connections) {
        this.connections = connections;
    }

    /** Tells the other processes, soon. To be called after a commit. */
    void ring() {
        if (rung.availablePermits() == 0) {
            rung.release();
        }
        startRinging();
    }

    private synchronized void startRinging() {
        if (ringing == null && !closed) {
            ringing = Thread.ofPlatform().daemon().name("event-log-rings").start(() -> repeatedly(this::ringFor));
        }
    }

    /** Has somebody called whenever this or another process rings, and when it may have been missed. */
    synchronized void listen(Runnable listener) {
        listeners.add(listener);
        if (listening == null && !closed) {
            listening = Thread.ofPlatform().daemon().name("event-log-listens").start(() -> repeatedly(this::listenFor));
        }
    }

    void listenNoMore(Runnable listener) {
        listeners.remove(listener);
    }

    private interface Work {
        void on(Connection connection) throws SQLException, InterruptedException;
    }

    /** Until the bell is closed, on a new connection whenever the one before failed. */
    private void repeatedly(Work work) {
        while (!closed) {
            try (Connection connection = connections.getConnection()) {
                connection.setAutoCommit(true);
                work.on(connection);
            } catch (SQLException away) {
                if (!closed) {
                    logger.warn(
                            "Other processes cannot be told of new events, or be heard; they are looked for instead.",
                            away);
                    pauseAfterFailure();
                }
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    private void pauseAfterFailure() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAILURE.toMillis());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void ringFor(Connection connection) throws SQLException, InterruptedException {
        try (var soon = connection.createStatement()) {
            // who notifies commits, and would wait for the disk, which has nothing to keep
            soon.execute("set synchronous_commit = off");
        }
        try (var notify = connection.prepareStatement("select pg_notify('" + CHANNEL + "', '')")) {
            while (!closed) {
                rung.acquire();
                rung.drainPermits();
                if (!closed) {
                    notify.execute();
                    TimeUnit.MILLISECONDS.sleep(SILENCE_AFTER_RINGING.toMillis());
                }
            }
        }
    }

    private void listenFor(Connection connection) throws SQLException {
        heardOn = connection;
        try (var listen = connection.createStatement()) {
            listen.execute("listen " + CHANNEL);
        }
        tell(); // of what may have been missed
        var bell = connection.unwrap(PGConnection.class);
        while (!closed) {
            var heard = bell.getNotifications((int) LONG_SILENCE.toMillis());
            if (heard != null && heard.length > 0) {
                tell();
            } else if (!connection.isValid((int) LONG_SILENCE.toSeconds())) {
                throw new SQLException("the connection that listens is gone");
            }
        }
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }

    /** Rings and listens no more. */
    @Override
    public synchronized void close() {
        closed = true;
        if (ringing != null) {
            ringing.interrupt();
        }
        if (listening != null) {
            listening.interrupt();
        }
        hangUp();
    }

    /** Which ends the waiting of whoever listens. */
    private void hangUp() {
        var connection = heardOn;
        if (connection != null) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException gone) {
                logger.debug("the connection that listens is gone already", gone);
            }
        }
    }
}
