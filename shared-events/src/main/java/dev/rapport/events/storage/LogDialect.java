package dev.rapport.events.storage;

import dev.rapport.events.storage.NewEvent.Closed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import javax.sql.DataSource;

/**
 * How each database gives positions to events, and what it can tell about those who may still fill one. Both keep the promise that
 * {@link StablePrefix} is built on:
 *
 * <blockquote>Whoever sees an event at position q, and then asks {@link #appenders}, is told of every transaction that may still bring
 * an event to a position below q. Who is told of none can read again and sees, below q, all that will ever be there.</blockquote>
 */
sealed interface LogDialect {

    /**
     * What comes first in a transaction that appends, before it takes any other lock. Until it ends, nobody else {@linkplain #takeTurn has
     * the turn} of any of these streams, so that the keys of their texts stay what they are.
     */
    void begin(Connection connection, SortedSet<String> streams) throws SQLException;

    /**
     * Inserts events, in this order, in the running transaction, which has {@linkplain #begin begun} then, if it had not before.
     *
     * @param streams all that the events are of
     * @param closed  the roots that they are closed with
     * @return false when a root that an event is closed with is not there, be it that it was destroyed or never committed; then nothing was inserted
     */
    boolean append(
            Connection connection, SortedSet<String> streams, List<Closed> closed, List<NewEvent> events, Clock clock)
            throws SQLException;

    /**
     * Lets the running transaction be the only one that has to do with a stream, once those that append to it now have ended: others that
     * come to append to it wait until it ends.
     */
    void takeTurn(Connection connection, String stream) throws SQLException;

    /** The transactions that have, or may just be getting, a position and have not ended. No name is ever used twice. */
    Set<String> appenders(Connection connection) throws SQLException;

    /** Makes all that can be seen now outlast a crash. */
    void harden(Connection connection) throws SQLException;

    /** The dialect of the database that the data source leads to, whose URL alone decides. */
    static LogDialect of(DataSource dataSource) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            var product = connection.getMetaData().getDatabaseProductName();
            return switch (product.toLowerCase(Locale.ROOT)) {
                case "h2" -> new H2();
                case "postgresql" -> new PostgreSql();
                default ->
                    throw new IllegalArgumentException(
                            "the event log can be kept in H2 or PostgreSQL, not in " + product);
            };
        }
    }

    /**
     * The only row of {@code event_log_head} is a lock, which an append takes before any other and keeps until it ends. So appends follow
     * each other: position q was given out after the transaction with q - 1 had ended, and had become visible if it committed. Nobody
     * can see q and miss an event that is still to come below it; there is nobody to wait for.
     *
     * <p>H2 was seen to grant that lock twice after a roll-back that somebody waited for. So the positions go on from the last one in the
     * log rather than from a number in that row, and the primary key refuses the second of two that took the same; and applications
     * should not let H2 come to that, but have their transactions wait for each other before they begin.
     */
    record H2() implements LogDialect {

        private static final String LOCK = "select id from event_log_head for update";
        private static final String LAST_POSITION = "select coalesce(max(position), 0) from event_log";
        private static final String ROOT =
                "select wrapped from personal_key where stream = ? and generation = ? and label = ''";
        private static final String INSERT = "insert into event_log (" + NewEvent.COLUMNS
                + ", position, recorded_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

        @Override
        public void begin(Connection connection, SortedSet<String> streams) throws SQLException {
            number(connection, LOCK);
        }

        /** Who appends, or destroys a key, is alone anyway. */
        @Override
        public void takeTurn(Connection connection, String stream) throws SQLException {
            number(connection, LOCK);
        }

        @Override
        public boolean append(
                Connection connection,
                SortedSet<String> streams,
                List<Closed> closed,
                List<NewEvent> events,
                Clock clock)
                throws SQLException {
            begin(connection, streams);
            if (!areThere(connection, closed)) {
                return false;
            }
            var position = number(connection, LAST_POSITION);
            // H2 would round to microseconds, into the future
            var recordedAt = clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
            try (var insert = connection.prepareStatement(INSERT)) {
                for (var event : events) {
                    event.bind(insert);
                    insert.setLong(9, ++position);
                    insert.setObject(10, recordedAt);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            return true;
        }

        /** Whether each of these roots is there. */
        private static boolean areThere(Connection connection, List<Closed> closed) throws SQLException {
            try (var root = connection.prepareStatement(ROOT)) {
                for (var each : closed) {
                    root.setString(1, each.stream());
                    root.setInt(2, each.with().generation());
                    try (var row = root.executeQuery()) {
                        if (!row.next()
                                || !Arrays.equals(
                                        row.getBytes(1), each.with().root().kept())) {
                            return false;
                        }
                    }
                }
            }
            return true;
        }

        private static long number(Connection connection, String query) throws SQLException {
            try (var statement = connection.prepareStatement(query);
                    var row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("event_log_head has lost its row");
                }
                return row.getLong(1);
            }
        }

        @Override
        public Set<String> appenders(Connection connection) {
            return Set.of();
        }

        /**
         * H2 lets others see a commit before it writes it to the file. A read model in another file could then outlive an event that a
         * crash took back, and miss the next one, which gets the same position. This writes what is left to write, if anything.
         */
        @Override
        public void harden(Connection connection) throws SQLException {
            try (var statement = connection.createStatement()) {
                statement.execute("checkpoint");
            }
        }
    }

    /**
     * Positions from a sequence, through the column's default, which takes a lock shared by all appends (until the transaction ends)
     * before it takes the number. PostgreSQL makes a commit lasting, then visible, and only then gives up its locks. So for whoever
     * has p, given out before q:
     *
     * <pre>    lock for p  ->  p  ->  q  ->  q visible  ->  who sees q asks for the holders of the lock</pre>
     *
     * At that time the transaction with p either holds the lock still, and is named, or has given it up, and then all statements that
     * begin from now on see its event, if it committed. Transactions that take the lock later get positions above q.
     */
    record PostgreSql() implements LogDialect {

        private static final int TURNS = 4_927_135;

        private static final String APPEND = "select append_to_event_log(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

        /** Appends run side by side, but for those that have or wait for the turn of a stream. */
        @Override
        public void begin(Connection connection, SortedSet<String> streams) throws SQLException {
            // in one order, so that no two wait for each other
            try (var locks = connection.prepareStatement(
                    "select pg_advisory_xact_lock_shared(" + TURNS + ", hashtext(stream)) from unnest(?) as stream")) {
                locks.setArray(1, connection.createArrayOf("text", streams.toArray()));
                locks.execute();
            }
        }

        @Override
        public void takeTurn(Connection connection, String stream) throws SQLException {
            try (var lock = connection.prepareStatement("select pg_advisory_xact_lock(" + TURNS + ", hashtext(?))")) {
                lock.setString(1, stream);
                lock.execute();
            }
        }

        @Override
        public boolean append(
                Connection connection,
                SortedSet<String> streams,
                List<Closed> closed,
                List<NewEvent> events,
                Clock clock)
                throws SQLException {
            try (var append = connection.prepareStatement(APPEND)) {
                append.setArray(1, connection.createArrayOf("text", streams.toArray(String[]::new)));
                append.setArray(
                        2,
                        connection.createArrayOf(
                                "text", closed.stream().map(Closed::stream).toArray(String[]::new)));
                append.setArray(
                        3,
                        connection.createArrayOf(
                                "int",
                                closed.stream()
                                        .map(each -> each.with().generation())
                                        .toArray(Integer[]::new)));
                append.setArray(
                        4,
                        connection.createArrayOf(
                                "bytea",
                                closed.stream()
                                        .map(each -> each.with().root().kept())
                                        .toArray(byte[][]::new)));
                NewEvent.bindAll(events, append, 5);
                try (var answer = append.executeQuery()) {
                    answer.next();
                    return answer.getBoolean(1);
                }
            }
        }

        @Override
        public Set<String> appenders(Connection connection) throws SQLException {
            try (var statement = connection.prepareStatement("select * from event_log_appenders()");
                    var rows = statement.executeQuery()) {
                var appenders = new HashSet<String>();
                while (rows.next()) {
                    appenders.add(rows.getString(1));
                }
                return appenders;
            }
        }

        @Override
        public void harden(Connection connection) {
            // what PostgreSQL shows is lasting already
        }
    }
}
