package dev.rapport.query.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What changed in a relationship between two moments, and what changed it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DiffView(String relationshipId, EndView from, EndView to, List<ChangeView> changes) {

    /** One end of the comparison. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EndView(
            @JsonPropertyDescription("The version that was known; 0 before there was any.")
            long version,

            @JsonPropertyDescription(
                    "What had been recorded by this time was known; absent when a version was asked for.")
            @Nullable
            Instant knownAt,

            @JsonPropertyDescription("As of when it is judged.")
            Instant validAt) {}

    /** A field of the state that is not what it was. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChangeView(
            @JsonPropertyDescription("Where it stands in the state: a JSON Pointer (RFC 6901).")
            String pointer,

            @JsonPropertyDescription("What it was; absent when there was none.") @Nullable
            JsonNode before,

            @JsonPropertyDescription("What it is; absent when there is none.") @Nullable
            JsonNode after,

            @JsonPropertyDescription("What time alone did to it, in words; absent when it did nothing.") @Nullable
            String byTime,

            @JsonPropertyDescription("The events that changed it, in the order of the log.")
            List<CauseView> events) {}

    /** An event that changed something. */
    record CauseView(
            @JsonPropertyDescription("In the log of all events.")
            long position,

            @JsonPropertyDescription("The stream that it belongs to: the relationship's, or its stakeholder's.")
            String stream,

            @JsonPropertyDescription("The version of its stream after it.")
            long version,

            @JsonPropertyDescription("The name of the event, such as CommitmentKept.")
            String type,

            @JsonPropertyDescription("When it happened in the world.")
            Instant occurredAt,

            @JsonPropertyDescription("When Rapport learned of it.")
            Instant recordedAt,

            @JsonPropertyDescription("What happened, as an English sentence.")
            String summary) {}
}
