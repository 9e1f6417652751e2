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

    /** What happens when an order is carried out. */
    static Fact of(Order order) {
        return switch (order) {
            case Order.Establish it ->
                new Established(it.relationshipId(), it.stakeholderId(), it.managerId(), it.purpose());
            case Order.LogInteraction it ->
                new InteractionLogged(
                        it.relationshipId(), it.id(), it.channel(), it.summary(), it.participants(), it.sentiment());
            case Order.RecordCommitment it ->
                new CommitmentRecorded(it.relationshipId(), it.id(), it.madeBy(), it.statement(), it.dueOn());
            case Order.FulfilCommitment it -> new CommitmentKept(it.relationshipId(), it.commitmentId(), it.note());
            case Order.RecordDisclosure it ->
                new DisclosureRecorded(it.relationshipId(), it.id(), it.madeBy(), it.kind(), it.subject());
            case Order.RecordContribution it ->
                new ContributionRecorded(it.relationshipId(), it.id(), it.givenBy(), it.statement());
            case Order.Backfill _ -> throw new IllegalArgumentException("many facts");
        };
    }
}
