package dev.rapport.events;

import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import java.util.Set;

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
                RelationshipReopened,
                PersonalDataErased {

    RelationshipId relationshipId();

    /** The entries of the relationship that have to be known to say what happened. */
    default Set<EntryId> entriesInvolved() {
        return Set.of();
    }

    @Override
    default StreamName stream() {
        return StreamName.of(relationshipId());
    }
}
