package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Money;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A contribution was recorded wrongly: what is present takes the wrong value's place, what is absent was right.
 */
@Revision("2")
public record ContributionCorrected(
        RelationshipId relationshipId,
        EntryId contributionId,
        @Nullable Party givenBy,
        @Personal(KeyOf.ENTRY) @Nullable String statement,
        @Nullable Money amount,
        @Personal(KeyOf.ENTRY) String reason)
        implements EntryEvent {

    @Override
    public EntryId entryId() {
        return contributionId;
    }
}
