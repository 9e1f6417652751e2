package dev.rapport.command.dispatch;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.rapport.command.Refusal;
import dev.rapport.events.StreamName;
import dev.rapport.events.vocabulary.CriteriaOverride.Unmet;
import java.util.List;

/** What became of a command, in the form that its receipt keeps. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Answer.Accepted.class, name = "accepted"),
    @JsonSubTypes.Type(value = Answer.Refused.class, name = "refused")
})
public sealed interface Answer {

    /**
     * The command took effect.
     *
     * @param id of what the command made or dealt with
     * @param stream that the command was decided on
     * @param version of the stream after the command: the number of its events
     */
    record Accepted(String id, StreamName stream, long version) implements Answer {}

    /** The command was understood and not carried out; nothing changed. */
    record Refused(Refusal.Reason reason, String detail, List<Unmet> unmet) implements Answer {

        /** A refusal, as an answer. */
        public static Refused of(Refusal refusal) {
            return new Refused(refusal.reason(), refusal.detail(), refusal.unmet());
        }
    }

    /** An answer, and whether it was given before to the same request. */
    record Given(Answer answer, boolean replayed) {

        public static Given now(Answer answer) {
            return new Given(answer, false);
        }

        public static Given before(Answer answer) {
            return new Given(answer, true);
        }
    }
}
