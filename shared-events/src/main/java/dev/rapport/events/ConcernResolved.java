package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;

/**
 * What a party was unhappy about was put right.
 */
@Revision("2")
public record ConcernResolved(
        RelationshipId relationshipId,
        EntryId concernId,
        @Personal(KeyOf.ENTRY) String resolution) implements EntryEvent {

    @Override
    public EntryId entryId() {
        return concernId;
    }
}
