package dev.rapport.command.eventstore;

import java.util.List;

/**
 * Writes what commands have for one table. What several commands have for it is written at once, so that a round trip, and a commit, is
 * shared by all that are on their way at the same time.
 *
 * @param <R> what a command has to write: a row, or how one is to change
 */
public interface GroupWriter<R> {

    /** When a writer's turn is: the same order in every transaction, so that no two wait for each other. */
    enum Stage {
        CLAIMS,
        RECEIPTS,
        /** Late, since readers of the log wait for whoever may still fill a position. */
        EVENTS,
        /** Behind them, so that a deadline can fire, and find out that it means nothing any more, while its events wait for the log. */
        DEADLINES
    }

    Stage stage();

    /**
     * Writes, in the running transaction.
     *
     * @param rows in the order in which the commands gave them
     */
    void write(List<R> rows);
}
