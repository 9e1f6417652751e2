package dev.rapport.events.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The relationship manager's subject, as the identity provider names the person: 1-255 characters, not blank. */
public record ManagerId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ManagerId {
        if (value.isBlank() || value.length() > 255) {
            throw new IllegalArgumentException("a manager's id has 1-255 characters and is not blank");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
