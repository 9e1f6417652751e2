package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;

/**
 * A contested entry was settled; {@code upheld} when it counts again.
 */
@Revision("2")
public record DisputeSettled(
        RelationshipId relationshipId,
        EntryId entryId,
        @Personal(KeyOf.ENTRY) String outcome,
        boolean upheld) implements EntryEvent {}
