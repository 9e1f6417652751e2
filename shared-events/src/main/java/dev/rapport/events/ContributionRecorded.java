package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Money;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A party achieved something for the other, perhaps worth an amount of money.
 */
@Revision("2")
public record ContributionRecorded(
        RelationshipId relationshipId,
        EntryId contributionId,
        Party givenBy,
        @Personal(KeyOf.ENTRY) String statement,
        @Nullable Money amount)
        implements EntryEvent {

    @Override
    public EntryId entryId() {
        return contributionId;
    }
}
