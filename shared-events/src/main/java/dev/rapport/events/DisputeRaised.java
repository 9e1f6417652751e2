package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;

/**
 * A party contests a commitment or a concern: from now on it is no evidence.
 */
@Revision("2")
public record DisputeRaised(
        RelationshipId relationshipId,
        EntryId entryId,
        Party raisedBy,
        @Personal(KeyOf.ENTRY) String reason) implements EntryEvent {}
