package dev.rapport.events;

import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import java.time.LocalDate;
import org.axonframework.serialization.Revision;

/**
 * The due day passed and the promise was still open. Occurs at the start of the day after {@code dueOn}, in the
 * zone configured.
 */
@Revision("1")
public record CommitmentBecameOverdue(RelationshipId relationshipId, EntryId commitmentId, LocalDate dueOn)
        implements EntryEvent {

    @Override
    public EntryId entryId() {
        return commitmentId;
    }
}
