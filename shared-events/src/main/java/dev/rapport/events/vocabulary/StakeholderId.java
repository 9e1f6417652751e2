package dev.rapport.events.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a party in the performance network. */
public record StakeholderId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public StakeholderId {
        Identifiers.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
