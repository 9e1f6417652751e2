package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import java.util.List;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A contact took place. {@code sentiment} runs from -2 (hostile) to +2 (warm); absent when nobody judged it.
 */
@Revision("2")
public record InteractionLogged(
        RelationshipId relationshipId,
        EntryId interactionId,
        Channel channel,
        @Personal(KeyOf.ENTRY) String summary,
        @Personal(KeyOf.PERSON) List<String> participants,
        @Nullable Integer sentiment)
        implements EntryEvent {
    public InteractionLogged {
        participants = List.copyOf(participants);
    }

    @Override
    public EntryId entryId() {
        return interactionId;
    }
}
