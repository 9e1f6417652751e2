package dev.rapport.query.relationship;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.StakeholderKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A relationship as it is told, in the portfolio and by itself. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RelationshipView(
        String id,
        String stakeholderId,
        String stakeholderName,
        StakeholderKind stakeholderKind,
        String stakeholderGroup,
        String managerId,
        Relationship.Status status,
        @Nullable String purpose,
        Level declaredLevel,
        @Nullable Level stakeholderLevel,
        @Nullable Level desiredLevel,
        boolean mismatch,
        Counts counts,
        Relationship.@Nullable NextDue nextDueCommitment,
        @Nullable Instant lastInteractionAt,
        Instant establishedAt,
        @Nullable Instant endedAt,
        long version) {

    static RelationshipView of(Told told) {
        Relationship relationship = told.relationship();
        return new RelationshipView(
                relationship.id().value(),
                told.stakeholder().id().value(),
                told.stakeholder().name(),
                told.stakeholder().kind(),
                told.stakeholder().group(),
                relationship.managerId().value(),
                relationship.status(),
                relationship.purpose(),
                relationship.levels().declared(),
                relationship.levels().stakeholders(),
                relationship.levels().desired(),
                relationship.levels().mismatch(),
                relationship.counts(),
                relationship.nextDue(),
                relationship.lastInteractionAt(),
                relationship.establishedAt(),
                relationship.endedAt(),
                relationship.version());
    }
}
