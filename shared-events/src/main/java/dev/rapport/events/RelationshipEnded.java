package dev.rapport.events;

import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;

/**
 * The relationship ended; its open commitments were released just before.
 */
@Revision("1")
public record RelationshipEnded(RelationshipId relationshipId, String reason) implements RelationshipEvent {}
