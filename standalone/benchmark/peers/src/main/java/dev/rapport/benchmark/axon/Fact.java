package dev.rapport.benchmark.axon;

import java.time.LocalDate;
import java.util.List;

/** What can happen in a relationship. */
public sealed interface Fact {

    record Established(String relationshipId, String stakeholderId, String managerId, String purpose) implements Fact {}

    record InteractionLogged(
            String relationshipId, String id, String channel, String summary, List<String> participants, int sentiment)
            implements Fact {}

    record CommitmentRecorded(String relationshipId, String id, String madeBy, String statement, LocalDate dueOn)
            implements Fact {}

    record CommitmentKept(String relationshipId, String commitmentId, String note) implements Fact {}

    record DisclosureRecorded(String relationshipId, String id, String madeBy, String kind, String subject)
            implements Fact {}

    record ContributionRecorded(String relationshipId, String id, String givenBy, String statement) implements Fact {}
}
