package dev.rapport.command.eventstore;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** Connections to the event database, which remember when somebody waited for one in vain. */
final class EventPool extends HikariDataSource {

    private static final long NEVER = Long.MIN_VALUE;

    private volatile long foundAwayAt = NEVER;

    @Override
    public Connection getConnection() throws SQLException {
        try {
            Connection connection = super.getConnection();
            if (foundAwayAt != NEVER) {
                foundAwayAt = NEVER;
            }
            return connection;
        } catch (SQLTransientConnectionException inVain) {
            foundAwayAt = System.nanoTime();
            throw inVain;
        }
    }

    /** Whether somebody waited in vain until some time after a moment of {@link System#nanoTime()}, and nobody got a connection since. */
    boolean wasFoundAwayAfter(long moment) {
        long found = foundAwayAt;
        return found != NEVER && found - moment > 0;
    }
}
