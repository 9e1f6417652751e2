package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;

/**
 * The relationship ended; its open commitments were released just before.
 */
@Revision("2")
public record RelationshipEnded(
        RelationshipId relationshipId,
        @Personal(KeyOf.EVENT) String reason) implements RelationshipEvent {}
