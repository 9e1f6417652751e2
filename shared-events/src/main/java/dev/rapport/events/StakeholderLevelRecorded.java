package dev.rapport.events;

import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * The stakeholder said which level the relationship is to them; {@code source} is who said so.
 */
@Revision("1")
public record StakeholderLevelRecorded(
        RelationshipId relationshipId,
        Level level,
        @Nullable String source) implements RelationshipEvent {}
