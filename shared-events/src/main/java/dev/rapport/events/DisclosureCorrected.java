package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A disclosure was recorded wrongly: what is present takes the wrong value's place, what is absent was right.
 */
@Revision("2")
public record DisclosureCorrected(
        RelationshipId relationshipId,
        EntryId disclosureId,
        @Nullable Party madeBy,
        @Nullable DisclosureKind kind,
        @Personal(KeyOf.ENTRY) @Nullable String subject,
        @Personal(KeyOf.ENTRY) String reason)
        implements EntryEvent {

    @Override
    public EntryId entryId() {
        return disclosureId;
    }
}
