package dev.rapport.events.storage;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells a database that does not answer, or has no room, from what is wrong with a query or a command, whoever wrapped its failure. */
public final class DatabaseAway {

    /**
     * Classes of SQL states: no connection, not enough resources, stopped by an operator, a disk that fails, and H2's own closed or broken
     * database.
     */
    private static final Set<String> CLASSES = Set.of("08", "53", "57", "58");

    private static final Set<String> H2_STATES = Set.of("90067", "90098", "90121", "90020");
    private static final String DISK_FULL = "53100";

    public static boolean caused(@Nullable Throwable failure) {
        return causes(failure).anyMatch(DatabaseAway::saysSo);
    }

    private static boolean saysSo(Throwable cause) {
        return switch (cause) {
            case SQLTransientException _, CannotCreateTransactionException _ -> true;
            case SQLException sql -> isAway(sql.getSQLState());
            default -> false;
        };
    }

    /** Whether the disk of PostgreSQL is full. */
    public static boolean hadNoRoom(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof SQLException sql && DISK_FULL.equals(sql.getSQLState()));
    }

    /** With the next exceptions of a batch's, among which its reason may be. */
    private static Stream<Throwable> causes(@Nullable Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            causes.add(cause);
            for (SQLException next = next(cause); next != null; next = next.getNextException()) {
                causes.add(next);
            }
        }
        return causes.stream();
    }

    private static @Nullable SQLException next(Throwable cause) {
        return cause instanceof SQLException sql ? sql.getNextException() : null;
    }

    private static boolean isAway(@Nullable String state) {
        return state != null
                && state.length() == 5
                && (H2_STATES.contains(state) || CLASSES.contains(state.substring(0, 2)));
    }

    private DatabaseAway() {}
}
