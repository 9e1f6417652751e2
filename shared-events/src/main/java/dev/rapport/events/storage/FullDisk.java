package dev.rapport.events.storage;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Recognizes that something could not be written to PostgreSQL because there was no room for it. */
public final class FullDisk {

    private static final String STATE = "53100";

    private FullDisk() {}

    public static boolean isWhy(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sqlException) {
                for (Throwable link : sqlException) { // a batch's exception has the reason among its next ones
                    if (link instanceof SQLException next && STATE.equals(next.getSQLState())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
