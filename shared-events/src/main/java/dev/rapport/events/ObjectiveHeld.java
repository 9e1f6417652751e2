package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Holder;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A party, or both together, wants something; {@code motive} is why.
 */
@Revision("2")
public record ObjectiveHeld(
        RelationshipId relationshipId,
        EntryId objectiveId,
        Holder heldBy,
        @Personal(KeyOf.ENTRY) String statement,
        @Personal(KeyOf.ENTRY) @Nullable String motive)
        implements EntryEvent {

    @Override
    public EntryId entryId() {
        return objectiveId;
    }
}
