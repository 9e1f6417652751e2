package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.TrustAtDecision;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * The level that we run the relationship as went one or more down. Keeps the trust that it was decided on; downgrades of revision 1 kept
 * none.
 */
@Revision("3")
public record RelationshipDowngraded(
        RelationshipId relationshipId,
        Level from,
        Level to,
        @Personal(KeyOf.EVENT) String reason,
        @Nullable TrustAtDecision trust)
        implements RelationshipEvent {}
