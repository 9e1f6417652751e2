package dev.rapport.events;

import dev.rapport.events.vocabulary.StakeholderId;

/** Everything that can happen to what we know of a stakeholder. */
public sealed interface StakeholderEvent extends DomainEvent
        permits StakeholderRegistered, StakeholderProfileChanged, StakeholderErased {

    StakeholderId stakeholderId();

    @Override
    default StreamName stream() {
        return StreamName.of(stakeholderId());
    }
}
