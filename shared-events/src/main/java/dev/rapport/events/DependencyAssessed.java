package dev.rapport.events;

import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.SwitchingCost;
import java.math.BigDecimal;
import org.axonframework.serialization.Revision;

/**
 * How much each party depends on the other was judged, each 0-100, with the cost of switching.
 */
@Revision("1")
public record DependencyAssessed(
        RelationshipId relationshipId,
        EntryId assessmentId,
        BigDecimal ourDependence,
        BigDecimal theirDependence,
        SwitchingCost switchingCost)
        implements EntryEvent {

    @Override
    public EntryId entryId() {
        return assessmentId;
    }
}
