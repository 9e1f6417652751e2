package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import java.util.List;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * An interaction was logged wrongly: what is present takes the wrong value's place, what is absent was right.
 */
@Revision("2")
public record InteractionCorrected(
        RelationshipId relationshipId,
        EntryId interactionId,
        @Nullable Channel channel,
        @Personal(KeyOf.ENTRY) @Nullable String summary,
        @Personal(KeyOf.PERSON) @Nullable List<String> participants,
        @Nullable Integer sentiment,
        @Personal(KeyOf.ENTRY) String reason)
        implements EntryEvent {
    public InteractionCorrected {
        participants = participants == null ? null : List.copyOf(participants);
    }

    @Override
    public EntryId entryId() {
        return interactionId;
    }
}
