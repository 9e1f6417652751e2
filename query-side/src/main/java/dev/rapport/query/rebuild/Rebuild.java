package dev.rapport.query.rebuild;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rebuild of the read models, as far as it has come.
 *
 * @param generation the generation that it fills
 * @param acceptDifferences whether the new generation takes the live one's place even if it tells something else
 * @param owner the node that works on it
 * @param throughPosition events up to this one are filled in stream by stream, those after it in the order of the log
 * @param events how many events are filled in stream by stream
 * @param followedPosition how far the events after that have been followed
 * @param workedMillis how long the filling has taken, without the time in which no node worked on it
 */
record Rebuild(
        String id,
        int generation,
        State state,
        boolean acceptDifferences,
        @Nullable String reason,
        String requestedBy,
        Instant requestedAt,
        @Nullable Instant finishedAt,
        @Nullable String owner,
        boolean cancelled,
        long throughPosition,
        long events,
        long eventsDone,
        long followedPosition,
        long rowsToCompare,
        long rowsCompared,
        long differences,
        @Nullable Long swappedPosition,
        long workedMillis,
        @Nullable String error) {

    /** The stages of a rebuild, and its ends. */
    enum State {
        WAITING,
        FILLING,
        FOLLOWING,
        COMPARING,
        /** Its generation is the live one, or was. */
        DONE,
        /** The new generation was not the same as the live one. */
        REFUSED,
        FAILED,
        CANCELLED;

        boolean isEnd() {
            return switch (this) {
                case WAITING, FILLING, FOLLOWING, COMPARING -> false;
                case DONE, REFUSED, FAILED, CANCELLED -> true;
            };
        }
    }

    private static final double SHARE_OF_FILLING = 85;
    private static final double SHARE_OF_FOLLOWING = 2;

    double percent() {
        double percent = switch (state) {
            case WAITING -> 0;
            case FILLING -> SHARE_OF_FILLING * ratio(eventsDone, events);
            case FOLLOWING -> SHARE_OF_FILLING;
            case COMPARING ->
                SHARE_OF_FILLING
                        + SHARE_OF_FOLLOWING
                        + (99 - SHARE_OF_FILLING - SHARE_OF_FOLLOWING) * ratio(rowsCompared, rowsToCompare);
            case DONE -> 100;
            case REFUSED, FAILED, CANCELLED -> SHARE_OF_FILLING * ratio(eventsDone, events);
        };
        return Math.round(percent * 10) / 10.0;
    }

    double eventsPerSecond() {
        return workedMillis == 0 ? 0 : Math.round(10_000.0 * eventsDone / workedMillis) / 10.0;
    }

    /** How long the filling will go on at the pace so far; null before there is a pace, and once only indexes are to be made. */
    @Nullable
    Long secondsLeft() {
        return state == State.FILLING && eventsDone > 0 && eventsDone < events
                ? Long.valueOf((long) Math.ceil((double) workedMillis * (events - eventsDone) / eventsDone / 1_000))
                : null;
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 1 : Math.min(1, (double) part / whole);
    }
}
