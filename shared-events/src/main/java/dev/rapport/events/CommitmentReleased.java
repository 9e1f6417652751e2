package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.ReleaseCause;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * The promising party no longer has to keep its word. The reason is what the other party gave for letting it off; a release that only
 * follows from the end of the relationship has none of its own.
 */
@Revision("3")
public record CommitmentReleased(
        RelationshipId relationshipId,
        EntryId commitmentId,
        ReleaseCause cause,
        @Personal(KeyOf.ENTRY) @Nullable String reason)
        implements EntryEvent {

    /** By a party that lets the other off. */
    public static CommitmentReleased letOff(RelationshipId relationshipId, EntryId commitmentId, String reason) {
        return new CommitmentReleased(relationshipId, commitmentId, ReleaseCause.LET_OFF, reason);
    }

    /** By the end of the relationship. */
    public static CommitmentReleased byEnding(RelationshipId relationshipId, EntryId commitmentId) {
        return new CommitmentReleased(relationshipId, commitmentId, ReleaseCause.RELATIONSHIP_ENDED, null);
    }

    @Override
    public EntryId entryId() {
        return commitmentId;
    }
}
