package dev.rapport.command.erasures;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;

/** What is kept of an erasure: that it was, by whom and why, and how much it took; not whom it was about. */
public record Erasure(
        @JsonPropertyDescription("Of the erasure; the events that tell of it name it.")
        String id,

        @JsonPropertyDescription("When the keys were destroyed.")
        Instant erasedAt,

        @JsonPropertyDescription("The subject who asked for it.")
        String erasedBy,

        @JsonPropertyDescription("Why.") String reason,

        @JsonPropertyDescription("How many names were erased: a person's is counted once a relationship.")
        int names,

        @JsonPropertyDescription("How many entries, events and stakeholders lost their texts.")
        int texts,

        @JsonPropertyDescription("How many relationships are concerned.")
        int relationships,

        @JsonPropertyDescription("How many stakeholders are concerned.")
        int stakeholders,

        @JsonPropertyDescription(
                "How many events that should have lost their texts are out of reach, since they were stored before"
                        + " anything was encrypted.")
        int inClear) {}
