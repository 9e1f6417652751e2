package dev.rapport.command.relationship;

import dev.rapport.events.vocabulary.EntryId;
import java.time.LocalDate;

/** The deadline of a commitment: it fires when the day that it is due on has passed. */
public record CommitmentDue(EntryId commitmentId, LocalDate dueOn) {

    /**
     * The name that the deadline is scheduled and cancelled by. It has the day in it, since the deadline of the old day may be firing while
     * the commitment moves to a new one.
     */
    static String deadlineName(EntryId commitmentId, LocalDate dueOn) {
        return "commitment-due/" + commitmentId + "/" + dueOn;
    }
}
