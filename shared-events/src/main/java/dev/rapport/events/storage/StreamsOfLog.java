package dev.rapport.events.storage;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The log by streams instead of positions: who folds each stream from its first event to its last needs to look nothing up, and writes
 * every row once.
 */
final class StreamsOfLog {

    private static final int ROWS_AT_A_TIME = 5_000;

    private static final String STREAMS =
            "select stream, count(*) from event_log where position <= ? group by stream order by stream";
    // the first comparison says nothing new, but lets the index be entered
    private static final String READ = "select " + StoredEvent.COLUMNS + " from event_log"
            + " where stream >= ? and stream <= ? and (stream > ? or sequence_number > ?) and position <= ?"
            + " order by stream, sequence_number limit ?";

    private final DataSource dataSource;

    StreamsOfLog(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    List<StreamRange> ranges(long throughPosition, long events) throws SQLException {
        var ranges = new ArrayList<StreamRange>();
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false); // or PostgreSQL's driver would fetch all of it
            try (var statement = connection.prepareStatement(STREAMS)) {
                statement.setFetchSize(ROWS_AT_A_TIME);
                statement.setLong(1, throughPosition);
                try (var rows = statement.executeQuery()) {
                    var first = "";
                    var last = "";
                    var sum = 0L;
                    while (rows.next()) {
                        last = rows.getString(1);
                        first = sum == 0 ? last : first;
                        sum += rows.getLong(2);
                        if (sum >= events) {
                            ranges.add(new StreamRange(first, last, sum));
                            sum = 0;
                        }
                    }
                    if (sum > 0) {
                        ranges.add(new StreamRange(first, last, sum));
                    }
                }
            } finally {
                connection.rollback();
            }
        }
        return ranges;
    }

    List<StoredEvent> read(
            String afterStream, long afterSequenceNumber, String lastStream, long throughPosition, int limit)
            throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(READ)) {
            statement.setString(1, afterStream);
            statement.setString(2, lastStream);
            statement.setString(3, afterStream);
            statement.setLong(4, afterSequenceNumber);
            statement.setLong(5, throughPosition);
            statement.setInt(6, limit);
            try (var rows = statement.executeQuery()) {
                var events = new ArrayList<StoredEvent>();
                while (rows.next()) {
                    events.add(StoredEvent.of(rows));
                }
                return events;
            }
        }
    }
}
