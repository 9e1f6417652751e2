package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import java.time.LocalDate;
import org.axonframework.serialization.Revision;

/**
 * One party promised the other something by a day.
 */
@Revision("2")
public record CommitmentRecorded(
        RelationshipId relationshipId,
        EntryId commitmentId,
        Party madeBy,
        @Personal(KeyOf.ENTRY) String statement,
        LocalDate dueOn)
        implements EntryEvent {

    @Override
    public EntryId entryId() {
        return commitmentId;
    }
}
