package dev.rapport.events;

import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import java.time.LocalDate;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * The parties agreed on another due day, and perhaps on other words, for a promise that still stands.
 */
@Revision("1")
public record CommitmentRenegotiated(
        RelationshipId relationshipId,
        EntryId commitmentId,
        LocalDate dueOn,
        @Nullable String statement,
        String reason) implements EntryEvent {

    @Override
    public EntryId entryId() {
        return commitmentId;
    }
}
