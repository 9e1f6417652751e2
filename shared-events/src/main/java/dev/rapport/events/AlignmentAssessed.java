package dev.rapport.events;

import dev.rapport.events.vocabulary.AlignmentDimension;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * The same dimensions were scored from three views.
 */
@Revision("1")
public record AlignmentAssessed(
        RelationshipId relationshipId, EntryId assessmentId, List<AlignmentDimension> dimensions)
        implements EntryEvent {
    public AlignmentAssessed {
        dimensions = List.copyOf(dimensions);
    }

    @Override
    public EntryId entryId() {
        return assessmentId;
    }
}
