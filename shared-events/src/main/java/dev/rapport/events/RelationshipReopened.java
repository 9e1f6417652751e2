package dev.rapport.events;

import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;

/**
 * An ended relationship goes on.
 */
@Revision("1")
public record RelationshipReopened(RelationshipId relationshipId, String reason) implements RelationshipEvent {}
