package dev.rapport.events;

import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * The stakeholder said which level the relationship is to them; {@code source} is who said so.
 */
@Revision("2")
public record StakeholderLevelRecorded(
        RelationshipId relationshipId,
        Level level,
        @Personal(KeyOf.EVENT) @Nullable String source) implements RelationshipEvent {}
