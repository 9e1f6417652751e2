package dev.rapport.events.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names an entry of a relationship, such as an interaction or a commitment; unique among all entries of its relationship. */
public record EntryId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EntryId {
        Identifiers.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
