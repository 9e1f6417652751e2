package dev.rapport.command.relationship;

import dev.rapport.events.vocabulary.EntryId;
import java.time.LocalDate;

/** The deadline of a commitment: it fires when the day that it is due on has passed. */
public record CommitmentDue(EntryId commitmentId, LocalDate dueOn) {

    /** The name that the deadline is scheduled and cancelled by, one for each commitment. */
    static String deadlineName(EntryId commitmentId) {
        return "commitment-due/" + commitmentId;
    }
}
