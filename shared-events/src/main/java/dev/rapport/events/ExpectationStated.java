package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;

/**
 * A party expects something of a party, itself included.
 */
@Revision("2")
public record ExpectationStated(
        RelationshipId relationshipId,
        EntryId expectationId,
        Party heldBy,
        Party of,
        @Personal(KeyOf.ENTRY) String statement)
        implements EntryEvent {

    @Override
    public EntryId entryId() {
        return expectationId;
    }
}
