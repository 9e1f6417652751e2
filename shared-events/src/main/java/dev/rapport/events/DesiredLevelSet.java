package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * We decided where we want the relationship to go.
 */
@Revision("2")
public record DesiredLevelSet(
        RelationshipId relationshipId,
        Level level,
        @Personal(KeyOf.EVENT) @Nullable String reason) implements RelationshipEvent {}
