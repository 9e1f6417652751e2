package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A relationship with a registered stakeholder began, with somebody responsible for it as a whole.
 */
@Revision("2")
public record RelationshipEstablished(
        RelationshipId relationshipId,
        StakeholderId stakeholderId,
        ManagerId managerId,
        Level level,
        @Personal(KeyOf.EVENT) @Nullable String purpose,
        @Nullable Level desiredLevel)
        implements RelationshipEvent {}
