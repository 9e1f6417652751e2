package dev.rapport.events;

import dev.rapport.events.vocabulary.Direction;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.Requirement;
import java.math.BigDecimal;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * The parties agreed on a reciprocal performance indicator: {@code owner} is the party whose requirement it meets.
 */
@Revision("1")
public record IndicatorAgreed(
        RelationshipId relationshipId,
        EntryId indicatorId,
        Party owner,
        Requirement requirement,
        Level level,
        String name,
        BigDecimal target,
        Direction better,
        @Nullable String unit)
        implements EntryEvent {

    @Override
    public EntryId entryId() {
        return indicatorId;
    }
}
