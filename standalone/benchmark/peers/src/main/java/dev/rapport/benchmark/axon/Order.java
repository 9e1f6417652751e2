package dev.rapport.benchmark.axon;

import dev.rapport.benchmark.subject.Step;
import java.time.LocalDate;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What the relationship may be asked to do. */
public sealed interface Order {

    String relationshipId();

    record Establish(
            @TargetAggregateIdentifier String relationshipId, String stakeholderId, String managerId, String purpose)
            implements Order {}

    record LogInteraction(
            @TargetAggregateIdentifier String relationshipId,
            String id,
            String channel,
            String summary,
            List<String> participants,
            int sentiment)
            implements Order {}

    record RecordCommitment(
            @TargetAggregateIdentifier String relationshipId,
            String id,
            String madeBy,
            String statement,
            LocalDate dueOn)
            implements Order {}

    record FulfilCommitment(@TargetAggregateIdentifier String relationshipId, String commitmentId, String note)
            implements Order {}

    record RecordDisclosure(
            @TargetAggregateIdentifier String relationshipId, String id, String madeBy, String kind, String subject)
            implements Order {}

    record RecordContribution(
            @TargetAggregateIdentifier String relationshipId, String id, String givenBy, String statement)
            implements Order {}

    /** A relationship with its past, in one go. */
    record Backfill(@TargetAggregateIdentifier String relationshipId, List<Order> past) implements Order {}

    /** A step, as an order. */
    static Order of(Step step) {
        String relationship = step.relationshipId();
        return switch (step.kind()) {
            case ESTABLISHED -> new Establish(relationship, step.stakeholderId(), "head", step.text());
            case INTERACTION ->
                new LogInteraction(relationship, step.id(), "MEETING", step.text(), List.of(step.person()), 1);
            case COMMITMENT -> new RecordCommitment(relationship, step.id(), "THEM", step.text(), step.dueOn());
            case FULFILMENT -> new FulfilCommitment(relationship, step.commitmentId(), step.text());
            case DISCLOSURE -> new RecordDisclosure(relationship, step.id(), "THEM", "STATUS", step.text());
            case CONTRIBUTION -> new RecordContribution(relationship, step.id(), "US", step.text());
        };
    }
}
