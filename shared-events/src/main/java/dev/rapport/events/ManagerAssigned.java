package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else became responsible for the relationship.
 */
@Revision("2")
public record ManagerAssigned(
        RelationshipId relationshipId,
        ManagerId managerId,
        @Personal(KeyOf.EVENT) @Nullable String reason) implements RelationshipEvent {}
