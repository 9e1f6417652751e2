package dev.rapport.query.seal;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

@JsonClassDescription("The first thing in the log that is not as it was sealed.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record LogMismatch(
        @JsonPropertyDescription("What does not match.") Kind kind,

        @JsonPropertyDescription(
                "Where in the log: the first position that cannot be what was sealed. Absent when the whole"
                        + " log is in doubt, or none of it.")
        @Nullable
        Long position,

        @JsonPropertyDescription(
                "The last position of the range in which something does not match, when it can be told no" + " closer.")
        @Nullable
        Long throughPosition,

        @JsonPropertyDescription("The event that stands there now, if one does.") @Nullable
        String eventId,

        @JsonPropertyDescription("What does not match, in words.")
        String detail) {

    @JsonClassDescription(
            "`EVENT_CHANGED`: an event is another than the one that was sealed. `EVENT_MISSING`: one that was sealed"
                    + " is gone. `EVENT_INSERTED`: one stands among the sealed that was not sealed. `EVENT_MOVED`: one"
                    + " that was sealed stands elsewhere. `SEAL_CHANGED`: what is stored of the seal does not fit the"
                    + " events. `CHECKPOINT_CHANGED`: a stored checkpoint is not signed, or signs something else."
                    + " `CHECKPOINT_CONTRADICTED`: a checkpoint kept elsewhere signs another log than this one.")
    enum Kind {
        EVENT_CHANGED,
        EVENT_MISSING,
        EVENT_INSERTED,
        EVENT_MOVED,
        SEAL_CHANGED,
        CHECKPOINT_CHANGED,
        CHECKPOINT_CONTRADICTED
    }

    static LogMismatch at(Kind kind, long position, @Nullable String eventId, String detail) {
        return new LogMismatch(kind, position, null, eventId, detail);
    }

    static LogMismatch between(Kind kind, long position, long throughPosition, String detail) {
        return new LogMismatch(kind, position, throughPosition, null, detail);
    }

    static LogMismatch somewhere(Kind kind, String detail) {
        return new LogMismatch(kind, null, null, null, detail);
    }
}
