package dev.rapport.events;

import dev.rapport.events.vocabulary.StakeholderId;
import org.axonframework.serialization.Revision;

/** The names that the stakeholder had so far were made unreadable for good: whoever keeps them has to forget them too. */
@Revision("1")
public record StakeholderErased(StakeholderId stakeholderId, String erasureId) implements StakeholderEvent {}
