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
                EntryEvent,
                RelationshipEnded,
                RelationshipReopened {

    RelationshipId relationshipId();

    @Override
    default StreamName stream() {
        return StreamName.of(relationshipId());
    }
}
