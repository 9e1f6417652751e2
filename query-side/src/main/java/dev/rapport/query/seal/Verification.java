package dev.rapport.query.seal;

import dev.rapport.events.seal.SignedNote;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One verification of the whole log, from when somebody asks for it until its result is forgotten. */
final class Verification {

    enum State {
        WAITING,
        RUNNING,
        MATCHES,
        DIFFERS,
        FAILED
    }

    private final String id;
    private final String requestedBy;
    private final Instant requestedAt;
    private final @Nullable SignedNote brought;

    private State state = State.WAITING;
    private long startedNanos;
    private long endedNanos;
    private long events;
    private long eventsVerified;
    private long checkpointsVerified;
    private @Nullable LogMismatch mismatch;
    private @Nullable String failure;

    Verification(String id, String requestedBy, Instant requestedAt, @Nullable SignedNote brought) {
        this.id = id;
        this.requestedBy = requestedBy;
        this.requestedAt = requestedAt;
        this.brought = brought;
    }

    String id() {
        return id;
    }

    @Nullable
    SignedNote brought() {
        return brought;
    }

    synchronized boolean isOver() {
        return switch (state) {
            case WAITING, RUNNING -> false;
            case MATCHES, DIFFERS, FAILED -> true;
        };
    }

    synchronized void begins(long eventsToVerify) {
        state = State.RUNNING;
        events = eventsToVerify;
        startedNanos = System.nanoTime();
    }

    synchronized void advanced(long moreEvents, long moreCheckpoints) {
        eventsVerified += moreEvents;
        checkpointsVerified += moreCheckpoints;
    }

    synchronized void matches() {
        end(State.MATCHES);
    }

    synchronized void differs(LogMismatch found) {
        mismatch = found;
        end(State.DIFFERS);
    }

    synchronized void failed(String why) {
        failure = why;
        end(State.FAILED);
    }

    private void end(State how) {
        endedNanos = System.nanoTime();
        if (state == State.WAITING) {
            startedNanos = endedNanos;
        }
        state = how;
    }

    synchronized VerificationView view() {
        return new VerificationView(
                id,
                state,
                requestedBy,
                requestedAt,
                percent(),
                events,
                eventsVerified,
                eventsPerSecond(),
                checkpointsVerified,
                mismatch,
                summary());
    }

    private int percent() {
        return switch (state) {
            case WAITING -> 0;
            case MATCHES -> 100;
            case RUNNING, DIFFERS, FAILED -> events == 0 ? 0 : (int) (100 * eventsVerified / events);
        };
    }

    private long eventsPerSecond() {
        long nanos = (isOver() ? endedNanos : System.nanoTime()) - startedNanos;
        return state == State.WAITING || nanos <= 0
                ? 0
                : Math.round(eventsVerified * (double) TimeUnit.SECONDS.toNanos(1) / nanos);
    }

    private String summary() {
        return switch (state) {
            case WAITING -> "It waits for verifications that were asked for before.";
            case RUNNING -> "So far everything matches.";
            case MATCHES ->
                "All " + events + " events are as they were sealed, and all " + checkpointsVerified
                        + " checkpoints sign them"
                        + (brought == null ? "." : ", and so does the checkpoint that was brought.");
            case DIFFERS -> mismatch == null ? "" : mismatch.detail();
            case FAILED -> "It could not be brought to an end: " + failure + ".";
        };
    }
}
