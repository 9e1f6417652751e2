package dev.rapport.events;

import dev.rapport.events.vocabulary.RelationshipId;

/** Everything that can happen in a relationship; its history is all of these, in order, forever. */
public sealed interface RelationshipEvent extends DomainEvent
        permits RelationshipEstablished,
                ManagerAssigned,
                RelationshipUpgraded,
                RelationshipDowngraded,
                DesiredLevelSet,
                StakeholderLevelRecorded,
                InteractionLogged,
                InteractionCorrected,
                CommitmentRecorded,
                CommitmentKept,
                CommitmentBroken,
                CommitmentRenegotiated,
                CommitmentReleased,
                CommitmentBecameOverdue,
                DisclosureRecorded,
                DisclosureCorrected,
                ObjectiveHeld,
                ObjectiveRetired,
                ExpectationStated,
                ContributionRecorded,
                ContributionCorrected,
                IndicatorAgreed,
                MeasurementRecorded,
                AlignmentAssessed,
                ValuesAssessed,
                DependencyAssessed,
                ConcernRaised,
                ConcernResolved,
                DisputeRaised,
                DisputeSettled,
                EntryRetracted,
                RelationshipEnded,
                RelationshipReopened {

    RelationshipId relationshipId();

    @Override
    default StreamName stream() {
        return StreamName.of(relationshipId());
    }
}
