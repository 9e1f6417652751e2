package dev.rapport.events;

import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;

/**
 * The other party let the promising one off; {@code byEnding} when that only follows from the end of the
 * relationship.
 */
@Revision("1")
public record CommitmentReleased(RelationshipId relationshipId, EntryId commitmentId, String reason, boolean byEnding)
        implements RelationshipEvent {}
