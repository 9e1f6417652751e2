package dev.rapport.events;

import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.RelationshipId;
import org.axonframework.serialization.Revision;

/**
 * The level that we run the relationship as went one or more down.
 */
@Revision("1")
public record RelationshipDowngraded(RelationshipId relationshipId, Level from, Level to, String reason)
        implements RelationshipEvent {}
