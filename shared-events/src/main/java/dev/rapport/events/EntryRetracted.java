package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;

/**
 * An entry should never have been made: it is taken out of every time, and stays visible in the history.
 */
@Revision("2")
public record EntryRetracted(
        RelationshipId relationshipId,
        EntryId entryId,
        EntryKind kind,
        @Personal(KeyOf.ENTRY) String reason) implements EntryEvent {}
