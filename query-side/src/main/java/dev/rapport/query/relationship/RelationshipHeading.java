package dev.rapport.query.relationship;

import dev.rapport.events.vocabulary.StakeholderKind;

/** What every row about a relationship tells after its id: whom it is with, who is responsible for it, and whether it goes on. */
public record RelationshipHeading(
        String stakeholderId,
        String stakeholderName,
        StakeholderKind stakeholderKind,
        String stakeholderGroup,
        String managerId,
        Relationship.Status status) {

    public static RelationshipHeading of(Told told) {
        return new RelationshipHeading(
                told.stakeholder().id().value(),
                told.stakeholder().name(),
                told.stakeholder().kind(),
                told.stakeholder().group(),
                told.relationship().managerId().value(),
                told.relationship().status());
    }
}
