package dev.rapport.events;

import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;

/**
 * A contested entry was settled; {@code upheld} when it counts again.
 */
@Revision("1")
public record DisputeSettled(RelationshipId relationshipId, EntryId entryId, String outcome, boolean upheld)
        implements EntryEvent {}
