package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.ConcernSubject;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;

/**
 * One party is unhappy about something.
 */
@Revision("2")
public record ConcernRaised(
        RelationshipId relationshipId,
        EntryId concernId,
        Party raisedBy,
        ConcernSubject about,
        @Personal(KeyOf.ENTRY) String statement)
        implements EntryEvent {

    @Override
    public EntryId entryId() {
        return concernId;
    }
}
