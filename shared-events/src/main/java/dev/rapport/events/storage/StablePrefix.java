package dev.rapport.events.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log in the order of the positions, and stops before the first position that somebody may still fill. What has been read
 * up to there never changes any more, so a single position says how far a reader has come: nothing will turn up behind it.
 *
 * <p>Transactions that append side by side commit in any order, and some are rolled back. So a position may be missing because its
 * event is still to come, or because it never will. No clock can tell these apart; the database can:
 *
 * <ol>
 *   <li>A read shows a gap: an event at q, and nothing at p below it.
 *   <li>After that, ask for the {@linkplain LogDialect#appenders appenders}, and remember them. Position p was given out before q, so
 *       the transaction that has it is among them, or had ended before we asked.
 *   <li>When none of them is left, every transaction that had a position below q has ended. A statement that begins now sees the
 *       events of those that committed; what is missing below q is missing for good. Those positions are <em>settled</em>.
 *   <li>Read again, and step over the gaps among settled positions.
 * </ol>
 *
 * <p>Only the appenders of one moment are waited for, never those that came later, so steady traffic cannot hold readers up; a
 * transaction that hangs can, until the database's time-outs end it. What is known to be settled is shared by all readers.
 */
final class StablePrefix {

    private static final String READ =
            "select " + StoredEvent.COLUMNS + " from event_log where position > ? order by position limit ?";
    private static final String NEXT = "select position from event_log where position = ?";
    private static final String NEWEST = "select max(position) from event_log";
    private static final String END_OF_RUN = "select e.position from event_log e where e.position > ? and not exists"
            + " (select 1 from event_log n where n.position = e.position + 1) order by e.position limit 1";

    private final DataSource dataSource;
    private final LogDialect dialect;

    /** No event will ever come to a position up to this that has none now. */
    private final AtomicLong settled = new AtomicLong();

    private final AtomicLong hardened = new AtomicLong();

    private volatile @Nullable Watch watch;

    StablePrefix(DataSource dataSource, LogDialect dialect) {
        this.dataSource = dataSource;
        this.dialect = dialect;
    }

    /**
     * Events of the stable prefix, and what comes after them: {@code behindGap} is the position of an event that can be seen already,
     * but not without skipping positions that are not settled; 0 when there is none.
     */
    record Page(List<StoredEvent> events, long behindGap) {

        private static final Page HELD_UP = new Page(List.of(), Long.MAX_VALUE);

        boolean endsAtGap() {
            return behindGap > 0;
        }
    }

    /** Who may still fill a position up to {@code through}. */
    private record Watch(long through, Set<String> appenders) {

        Watch whileAlive(Set<String> alive) {
            var left = new HashSet<>(appenders);
            left.retainAll(alive);
            return new Watch(through, left);
        }
    }

    /** The events after a position of the stable prefix. */
    Page read(long after, int limit) throws SQLException {
        try (var connection = connect()) {
            if (isHeldUp(connection, after)) {
                return Page.HELD_UP;
            }
            var page = readUpToGap(connection, after, limit);
            if (page.events().isEmpty() && page.endsAtGap() && settle(connection, page.behindGap() - 1)) {
                page = readUpToGap(connection, after, limit);
            }
            if (!page.events().isEmpty()) {
                harden(connection, page.events().getLast().position());
            }
            return page;
        }
    }

    /** The position up to which {@link #read} can come at this moment. */
    long last() throws SQLException {
        try (var connection = connect()) {
            var newest = newest(connection);
            var last = settle(connection, newest) ? newest : endOfRun(connection, settled.get());
            harden(connection, last);
            return last;
        }
    }

    /** The highest position that has an event, though perhaps not yet a stable one. */
    long newest() throws SQLException {
        try (var connection = connect()) {
            return newest(connection);
        }
    }

    /** Spares a reader that waits before a gap from reading, again and again, what lies behind it. */
    private boolean isHeldUp(Connection connection, long after) throws SQLException {
        var watched = watch;
        return watched != null
                && after < watched.through()
                && !settle(connection, after + 1)
                && queryLong(connection, NEXT, after + 1) == null;
    }

    private Page readUpToGap(Connection connection, long after, int limit) throws SQLException {
        // before the read, for its snapshot is the one that has to be younger
        var settledBefore = settled.get();
        var events = new ArrayList<StoredEvent>();
        var last = after;
        try (var statement = connection.prepareStatement(READ)) {
            statement.setLong(1, after);
            statement.setInt(2, limit);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var event = StoredEvent.of(rows);
                    if (event.position() > last + 1 && event.position() - 1 > settledBefore) {
                        return new Page(events, event.position());
                    }
                    events.add(event);
                    last = event.position();
                }
            }
        }
        if (after <= settledBefore) {
            settled.accumulateAndGet(last, Math::max);
        }
        return new Page(events, 0);
    }

    /** Whether a position, at or below one that the caller has seen an event at, is settled. */
    private boolean settle(Connection connection, long position) throws SQLException {
        if (position <= settled.get()) {
            return true;
        }
        synchronized (this) { // all would ask the same
            var watched = watch;
            if (watched != null) {
                // never replaced before its time: newer appenders would be waited for again and again
                refresh(watched.whileAlive(dialect.appenders(connection)));
            }
            if (watch == null && position > settled.get()) {
                var newest = newest(connection); // first what can be seen, then who is still there
                refresh(new Watch(newest, dialect.appenders(connection)));
            }
            return position <= settled.get();
        }
    }

    private void refresh(Watch current) {
        if (current.appenders().isEmpty()) {
            settled.accumulateAndGet(current.through(), Math::max);
            watch = null;
        } else {
            watch = current;
        }
    }

    private static long endOfRun(Connection connection, long from) throws SQLException {
        if (queryLong(connection, NEXT, from + 1) == null) {
            return from;
        }
        var end = queryLong(connection, END_OF_RUN, from);
        return end == null ? from : end;
    }

    private void harden(Connection connection, long position) throws SQLException {
        if (position > hardened.get()) {
            dialect.harden(connection);
            hardened.accumulateAndGet(position, Math::max);
        }
    }

    private static long newest(Connection connection) throws SQLException {
        var newest = queryLong(connection, NEWEST);
        return newest == null ? 0 : newest;
    }

    private static @Nullable Long queryLong(Connection connection, String sql, long... parameters) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                statement.setLong(i + 1, parameters[i]);
            }
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getObject(1, Long.class) : null;
            }
        }
    }

    /** A connection of our own, on which every statement sees the present: in a transaction the later ones might see the past. */
    private Connection connect() throws SQLException {
        var connection = dataSource.getConnection();
        try {
            connection.setAutoCommit(true);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }
}
