package dev.rapport.events;

import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Set;
import org.axonframework.serialization.Revision;

/**
 * The value of an indicator on a day, and whether it met the indicator's target.
 */
@Revision("1")
public record MeasurementRecorded(
        RelationshipId relationshipId,
        EntryId measurementId,
        EntryId indicatorId,
        BigDecimal value,
        LocalDate measuredOn,
        boolean meetsTarget)
        implements EntryEvent {

    @Override
    public EntryId entryId() {
        return measurementId;
    }

    @Override
    public Set<EntryId> entriesInvolved() {
        return Set.of(measurementId, indicatorId);
    }
}
