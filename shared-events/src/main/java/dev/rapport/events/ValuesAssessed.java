package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import java.math.BigDecimal;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * How far the parties' values overlap, complement and conflict was judged, each 0-100.
 */
@Revision("2")
public record ValuesAssessed(
        RelationshipId relationshipId,
        EntryId assessmentId,
        BigDecimal overlap,
        BigDecimal complement,
        BigDecimal conflict,
        @Personal(KeyOf.ENTRY) @Nullable String note)
        implements EntryEvent {

    @Override
    public EntryId entryId() {
        return assessmentId;
    }
}
