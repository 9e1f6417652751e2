package dev.rapport.events;

import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;

/**
 * A party contests a commitment or a concern: from now on it is no evidence.
 */
@Revision("1")
public record DisputeRaised(RelationshipId relationshipId, EntryId entryId, Party raisedBy, String reason)
        implements EntryEvent {}
