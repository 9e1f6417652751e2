package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A promise was kept; {@code late} when that happened after the end of the day it was due on, in the zone
 * configured then.
 */
@Revision("2")
public record CommitmentKept(
        RelationshipId relationshipId,
        EntryId commitmentId,
        boolean late,
        @Personal(KeyOf.ENTRY) @Nullable String note) implements EntryEvent {

    @Override
    public EntryId entryId() {
        return commitmentId;
    }
}
