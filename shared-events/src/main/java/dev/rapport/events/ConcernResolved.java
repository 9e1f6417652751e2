package dev.rapport.events;

import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;

/**
 * What a party was unhappy about was put right.
 */
@Revision("1")
public record ConcernResolved(RelationshipId relationshipId, EntryId concernId, String resolution)
        implements EntryEvent {

    @Override
    public EntryId entryId() {
        return concernId;
    }
}
