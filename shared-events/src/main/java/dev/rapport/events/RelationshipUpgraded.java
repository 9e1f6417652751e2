package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.CriteriaOverride;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.PolicyVersion;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.TrustAtDecision;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * The level that we run the relationship as went one up. Keeps the policy that its criteria were judged by, when a head of
 * relationships overrode it, the criteria that were unmet, and the trust that it was decided on; upgrades of revision 1 kept none.
 */
@Revision("3")
public record RelationshipUpgraded(
        RelationshipId relationshipId,
        Level from,
        Level to,
        @Personal(KeyOf.EVENT) String rationale,
        PolicyVersion criteriaPolicy,
        @Nullable CriteriaOverride override,
        @Nullable TrustAtDecision trust)
        implements RelationshipEvent {}
