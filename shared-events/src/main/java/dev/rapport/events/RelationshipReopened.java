package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;

/**
 * An ended relationship goes on.
 */
@Revision("2")
public record RelationshipReopened(
        RelationshipId relationshipId,
        @Personal(KeyOf.EVENT) String reason) implements RelationshipEvent {}
