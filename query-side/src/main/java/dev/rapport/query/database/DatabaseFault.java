package dev.rapport.query.database;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells whether the database refused a value that it was given, which it would do again, or failed for another reason. */
public final class DatabaseFault {

    /** Classes of SQL states: a value that no column of its type can hold, and a row that contradicts others. */
    private static final Set<String> OF_THE_VALUES = Set.of("22", "23");

    /** The SQL state of the fault behind a failure, if there is one. */
    public static Optional<String> state(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return Optional.of(sql.getSQLState());
            }
        }
        return Optional.empty();
    }

    /** Whether the same values would be refused again. */
    public static boolean isOfTheValues(String state) {
        return state.length() == 5 && OF_THE_VALUES.contains(state.substring(0, 2));
    }

    private DatabaseFault() {}
}
