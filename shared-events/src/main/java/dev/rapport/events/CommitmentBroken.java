package dev.rapport.events;

import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;

/**
 * A promise was not kept and will not be.
 */
@Revision("1")
public record CommitmentBroken(RelationshipId relationshipId, EntryId commitmentId, String reason)
        implements EntryEvent {

    @Override
    public EntryId entryId() {
        return commitmentId;
    }
}
