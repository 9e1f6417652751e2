package dev.rapport.events.storage;

import java.sql.SQLException;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;

/**
 * Recognizes that a row was refused because its key is taken, on H2 and PostgreSQL. The drivers hide the reason in the causes and the
 * next exceptions of a batch's exception, where Axon's own resolvers never look.
 */
public final class DuplicateKeys implements PersistenceExceptionResolver {

    /** Not all of class 23: a missing value, for instance, is a fault of ours, and trying again would not mend it. */
    private static final String UNIQUE_VIOLATION = "23505";

    @Override
    public boolean isDuplicateKeyViolation(Exception exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sqlException) {
                for (Throwable link : sqlException) { // its causes and its next exceptions
                    if (link instanceof SQLException next && UNIQUE_VIOLATION.equals(next.getSQLState())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
