package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import java.time.LocalDate;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * The parties agreed on another due day, and perhaps on other words, for a promise that still stands.
 */
@Revision("2")
public record CommitmentRenegotiated(
        RelationshipId relationshipId,
        EntryId commitmentId,
        LocalDate dueOn,
        @Personal(KeyOf.ENTRY) @Nullable String statement,
        @Personal(KeyOf.ENTRY) String reason)
        implements EntryEvent {

    @Override
    public EntryId entryId() {
        return commitmentId;
    }
}
