package dev.rapport.events.storage;

import java.sql.SQLException;
import java.util.Set;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;

/**
 * Recognizes, on H2 and PostgreSQL, that a transaction came to nothing because another was faster: its key is taken, or the database gave
 * it up for the other's sake (a deadlock, a serialization failure). The drivers hide the reason in the causes and the next exceptions of a
 * batch's exception, where Axon's own resolvers never look.
 */
final class LostRaces implements PersistenceExceptionResolver {

    /** Not all of class 23: a missing value, for instance, is a fault of ours, and trying again would not mend it. */
    private static final Set<String> STATES = Set.of("23505", "40001", "40P01");

    @Override
    public boolean isDuplicateKeyViolation(Exception exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sqlException) {
                for (Throwable link : sqlException) { // its causes and its next exceptions
                    if (link instanceof SQLException next && STATES.contains(String.valueOf(next.getSQLState()))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
