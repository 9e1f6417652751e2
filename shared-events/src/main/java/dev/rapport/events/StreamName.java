package dev.rapport.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;

/**
 * The name of a sequence of events that is decided on as a whole, such as {@code relationship/R-1}. Callers choose their ids, so a
 * stakeholder and a relationship may have the same one; the prefix, with a character that no id can contain, keeps them apart.
 */
public record StreamName(String value) {

    private static final String RELATIONSHIP = "relationship/";
    private static final String STAKEHOLDER = "stakeholder/";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public StreamName {
        if (!value.startsWith(RELATIONSHIP) && !value.startsWith(STAKEHOLDER)) {
            throw new IllegalArgumentException("a stream is a relationship's or a stakeholder's, not '" + value + "'");
        }
    }

    public static StreamName of(RelationshipId id) {
        return new StreamName(RELATIONSHIP + id.value());
    }

    public static StreamName of(StakeholderId id) {
        return new StreamName(STAKEHOLDER + id.value());
    }

    public boolean isOfStakeholder() {
        return value.startsWith(STAKEHOLDER);
    }

    /** The id of whose stream it is. */
    public String id() {
        return value.substring(value.indexOf('/') + 1);
    }

    /** As a person would say it, such as {@code relationship R-1}. */
    public String inWords() {
        return value.replace('/', ' ');
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }
}
