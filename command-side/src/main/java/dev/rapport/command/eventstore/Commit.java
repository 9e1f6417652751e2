package dev.rapport.command.eventstore;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A command's writes on their way into a group, and the thread that waits for it. */
final class Commit {

    private final Writes writes;
    private final String about;
    private final Thread waiting = Thread.currentThread();

    private volatile boolean leading;
    private volatile boolean over;
    private @Nullable Throwable failure;
    private boolean interrupted;

    /**
     * To be made by the thread that will wait.
     *
     * @param about the stream of the command, by which groups are ordered
     */
    Commit(Writes writes, String about) {
        this.writes = writes;
        this.about = about;
    }

    Writes writes() {
        return writes;
    }

    String about() {
        return about;
    }

    boolean isOver() {
        return over;
    }

    /** Whether its thread is to form groups and commit them. */
    boolean leads() {
        return leading;
    }

    void lead() {
        leading = true;
        LockSupport.unpark(waiting);
    }

    void stepDown() {
        leading = false;
    }

    void succeeded() {
        end();
    }

    void failed(Throwable cause) {
        failure = cause;
        end();
    }

    private void end() {
        over = true;
        LockSupport.unpark(waiting);
    }

    /**
     * Waits until this is over or leads. Whoever is interrupted has to wait still: what was handed over may be committed, and nobody could tell.
     */
    void awaitTurn() {
        while (!over && !leading) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
    }

    /** Returns when this succeeded, and throws what it failed with otherwise. An interruption of the wait is heeded from here on. */
    void tellOutcome() {
        if (interrupted) {
            waiting.interrupt();
        }
        switch (failure) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> {}
        }
    }
}
