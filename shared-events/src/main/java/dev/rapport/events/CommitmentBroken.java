package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;

/**
 * A promise was not kept and will not be.
 */
@Revision("2")
public record CommitmentBroken(
        RelationshipId relationshipId,
        EntryId commitmentId,
        @Personal(KeyOf.ENTRY) String reason) implements EntryEvent {

    @Override
    public EntryId entryId() {
        return commitmentId;
    }
}
