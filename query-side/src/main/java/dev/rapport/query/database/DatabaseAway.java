package dev.rapport.query.database;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells a database that does not answer from a query that is wrong. */
public final class DatabaseAway {

    /**
     * Classes of SQL states: no connection, not enough resources, stopped by an operator, a disk that fails, and H2's own closed or broken
     * database.
     */
    private static final Set<String> CLASSES = Set.of("08", "53", "57", "58");

    private static final Set<String> H2_STATES = Set.of("90067", "90098", "90121", "90020");

    public static boolean caused(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException || cause instanceof CannotCreateTransactionException) {
                return true;
            }
            if (cause instanceof SQLException sql && isAway(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAway(@Nullable String state) {
        return state != null
                && state.length() == 5
                && (H2_STATES.contains(state) || CLASSES.contains(state.substring(0, 2)));
    }

    private DatabaseAway() {}
}
