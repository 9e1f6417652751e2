package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;

/**
 * One party shared information with the other.
 */
@Revision("2")
public record DisclosureRecorded(
        RelationshipId relationshipId,
        EntryId disclosureId,
        Party madeBy,
        DisclosureKind kind,
        @Personal(KeyOf.ENTRY) String subject)
        implements EntryEvent {

    @Override
    public EntryId entryId() {
        return disclosureId;
    }
}
