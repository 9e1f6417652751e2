package dev.rapport.benchmark.http;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;

/** The bodies of requests, as Rapport has them. */
public sealed interface Body {

    int LONGEST_TEXT = 10_000;
    int LONGEST_ID = 64;

    record Interaction(
            @NotBlank @Size(max = LONGEST_ID) String id,
            @NotBlank String channel,
            @NotBlank @Size(max = LONGEST_TEXT) String summary,
            List<String> participants,
            @Min(-2) @Max(2) int sentiment)
            implements Body {}

    record Commitment(
            @NotBlank @Size(max = LONGEST_ID) String id,
            @NotBlank String madeBy,
            @NotBlank @Size(max = LONGEST_TEXT) String statement,
            @NotNull LocalDate dueOn)
            implements Body {}

    record Fulfilment(@Size(max = LONGEST_TEXT) String note) implements Body {}

    record Disclosure(
            @NotBlank @Size(max = LONGEST_ID) String id,
            @NotBlank String madeBy,
            @NotBlank String kind,
            @NotBlank @Size(max = LONGEST_TEXT) String subject)
            implements Body {}

    record Contribution(
            @NotBlank @Size(max = LONGEST_ID) String id,
            @NotBlank String givenBy,
            @NotBlank @Size(max = LONGEST_TEXT) String statement)
            implements Body {}

    /** What is answered to all of them. */
    record Done(String id, String relationshipId) {}
}
