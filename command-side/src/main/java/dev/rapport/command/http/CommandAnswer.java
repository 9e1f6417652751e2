package dev.rapport.command.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.command.DomainCommand;
import dev.rapport.command.dispatch.Answer.Accepted;
import dev.rapport.command.relationship.RelationshipCommand;
import dev.rapport.command.stakeholder.StakeholderCommand;

/** What a command that took effect answers. */
sealed interface CommandAnswer {

    static CommandAnswer to(DomainCommand command, Accepted accepted) {
        return command instanceof RelationshipCommand ofRelationship
                ? new RelationshipChanged(
                        accepted.id(), ofRelationship.relationshipId().value(), accepted.version())
                : new StakeholderChanged(accepted.id(), accepted.version());
    }

    /** The schema of the answer to a command of this type. */
    static Class<? extends Record> typeFor(Class<? extends DomainCommand> command) {
        return StakeholderCommand.class.isAssignableFrom(command)
                ? StakeholderChanged.class
                : RelationshipChanged.class;
    }

    /** To a command of a relationship. */
    record RelationshipChanged(
            @JsonPropertyDescription("Of what the command made or dealt with.")
            String id,

            @JsonPropertyDescription("The relationship that it belongs to.")
            String relationshipId,

            @JsonPropertyDescription("The relationship's version after the command.")
            long version)
            implements CommandAnswer {}

    /** To a command of a stakeholder. */
    record StakeholderChanged(
            @JsonPropertyDescription("Of the stakeholder.") String id,

            @JsonPropertyDescription("The stakeholder's version after the command.")
            long version)
            implements CommandAnswer {}
}
