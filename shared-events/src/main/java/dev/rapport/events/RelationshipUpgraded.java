package dev.rapport.events;

import dev.rapport.events.vocabulary.CriteriaOverride;
import dev.rapport.events.vocabulary.CriteriaPolicy;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * The level that we run the relationship as went one up. Keeps the policy that its criteria were judged by and,
 * when a head of relationships overrode it, the criteria that were unmet.
 */
@Revision("1")
public record RelationshipUpgraded(
        RelationshipId relationshipId,
        Level from,
        Level to,
        String rationale,
        CriteriaPolicy criteriaPolicy,
        @Nullable CriteriaOverride override)
        implements RelationshipEvent {}
