package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;

/**
 * An objective is no longer held.
 */
@Revision("2")
public record ObjectiveRetired(
        RelationshipId relationshipId,
        EntryId objectiveId,
        @Personal(KeyOf.ENTRY) String reason) implements EntryEvent {

    @Override
    public EntryId entryId() {
        return objectiveId;
    }
}
