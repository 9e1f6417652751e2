package dev.rapport.events.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a relationship between us and one stakeholder. */
public record RelationshipId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RelationshipId {
        Identifiers.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
