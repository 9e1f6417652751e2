package dev.rapport.query.seal;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@JsonClassDescription(
        "A verification of the whole log: every event is hashed again, the tree computed anew, and both compared with"
                + " the seal and with every checkpoint.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record VerificationView(
        String id,

        @JsonPropertyDescription("`MATCHES` and `DIFFERS` are results; `FAILED` is none.")
        Verification.State state,

        String requestedBy,
        Instant requestedAt,
        int percent,

        @JsonPropertyDescription("How many events there are to verify.")
        long events,

        long eventsVerified,
        long eventsPerSecond,

        @JsonPropertyDescription("How many signed checkpoints were compared with the tree.")
        long checkpointsVerified,

        @Nullable LogMismatch mismatch,

        @JsonPropertyDescription("How it stands, in a sentence.")
        String summary) {}
