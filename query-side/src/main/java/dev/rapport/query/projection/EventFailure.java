package dev.rapport.query.projection;

import dev.rapport.events.storage.DatabaseAway;
import dev.rapport.events.storage.UnknownEventException;
import dev.rapport.query.database.DatabaseFault;
import java.util.Arrays;
import java.util.Optional;
import org.axonframework.messaging.deadletter.ThrowableCause;
import org.springframework.transaction.TransactionException;

/**
 * Why an event cannot be projected, without anything that it says: a failure's own text may quote it, so only the texts that we wrote
 * ourselves are kept, and of all others where it happened.
 */
final class EventFailure {

    private static final String OURS = "dev.rapport.";
    private static final int LONGEST = 1_000;

    /** Nothing when it is not the event that is to blame: then it has to be tried again, however often; perhaps by a newer node. */
    static Optional<ThrowableCause> of(RuntimeException failure) {
        if (failure instanceof TransactionException
                || DatabaseAway.caused(failure)
                || UnknownEventException.in(failure).isPresent()) {
            return Optional.empty();
        }
        Optional<String> state = DatabaseFault.state(failure);
        if (state.isPresent()) {
            return state.filter(DatabaseFault::isOfTheValues)
                    .map(fault -> new ThrowableCause(
                            failure.getClass().getName(), "the database refuses a value (SQL state " + fault + ")"));
        }
        return Optional.of(new ThrowableCause(failure.getClass().getName(), text(failure)));
    }

    private static String text(RuntimeException failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        String message = failure.getMessage();
        if (failure instanceof IllegalStateException
                && message != null
                && trace.length > 0
                && trace[0].getClassName().startsWith(OURS)) {
            return message.length() <= LONGEST ? message : message.substring(0, LONGEST);
        }
        return Arrays.stream(trace)
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .findFirst()
                .map(frame -> "at " + frame)
                .orElse("at a place that is not told");
    }

    private EventFailure() {}
}
