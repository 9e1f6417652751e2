package dev.rapport.benchmark.axon;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.rapport.benchmark.axon.Fact.CommitmentKept;
import dev.rapport.benchmark.axon.Fact.CommitmentRecorded;
import dev.rapport.benchmark.axon.Fact.ContributionRecorded;
import dev.rapport.benchmark.axon.Fact.DisclosureRecorded;
import dev.rapport.benchmark.axon.Fact.Established;
import dev.rapport.benchmark.axon.Fact.InteractionLogged;
import dev.rapport.benchmark.axon.Order.Backfill;
import dev.rapport.benchmark.axon.Order.Establish;
import dev.rapport.benchmark.axon.Order.FulfilCommitment;
import dev.rapport.benchmark.axon.Order.LogInteraction;
import dev.rapport.benchmark.axon.Order.RecordCommitment;
import dev.rapport.benchmark.axon.Order.RecordContribution;
import dev.rapport.benchmark.axon.Order.RecordDisclosure;
import java.util.HashSet;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;

/** A relationship that minds only that ids are free and that what is kept was promised. */
@Aggregate
@SuppressWarnings("NullAway.Init") // begins to be with its first event
class StockRelationship {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private String id;

    private final Set<String> taken = new HashSet<>();
    private final Set<String> open = new HashSet<>();

    StockRelationship() {}

    @CommandHandler
    StockRelationship(Establish order) {
        establish(order);
    }

    @CommandHandler
    StockRelationship(Backfill order) {
        for (Order one : order.past()) {
            switch (one) {
                case Establish establish -> establish(establish);
                case LogInteraction interaction -> decide(interaction);
                case RecordCommitment commitment -> decide(commitment);
                case FulfilCommitment fulfilment -> decide(fulfilment);
                case RecordDisclosure disclosure -> decide(disclosure);
                case RecordContribution contribution -> decide(contribution);
                case Backfill _ -> throw new IllegalArgumentException("a past in a past");
            }
        }
    }

    private static void establish(Establish order) {
        apply(new Established(order.relationshipId(), order.stakeholderId(), order.managerId(), order.purpose()));
    }

    @CommandHandler
    final void decide(LogInteraction order) {
        requireFree(order.id());
        apply(new InteractionLogged(
                order.relationshipId(),
                order.id(),
                order.channel(),
                order.summary(),
                order.participants(),
                order.sentiment()));
    }

    @CommandHandler
    final void decide(RecordCommitment order) {
        requireFree(order.id());
        apply(new CommitmentRecorded(
                order.relationshipId(), order.id(), order.madeBy(), order.statement(), order.dueOn()));
    }

    @CommandHandler
    final void decide(FulfilCommitment order) {
        if (!open.contains(order.commitmentId())) {
            throw new IllegalStateException(order.commitmentId() + " is not open");
        }
        apply(new CommitmentKept(order.relationshipId(), order.commitmentId(), order.note()));
    }

    @CommandHandler
    final void decide(RecordDisclosure order) {
        requireFree(order.id());
        apply(new DisclosureRecorded(
                order.relationshipId(), order.id(), order.madeBy(), order.kind(), order.subject()));
    }

    @CommandHandler
    final void decide(RecordContribution order) {
        requireFree(order.id());
        apply(new ContributionRecorded(order.relationshipId(), order.id(), order.givenBy(), order.statement()));
    }

    private void requireFree(String entry) {
        if (taken.contains(entry)) {
            throw new IllegalStateException(entry + " is taken");
        }
    }

    @EventSourcingHandler
    void evolve(Established event) {
        id = event.relationshipId();
    }

    @EventSourcingHandler
    void evolve(InteractionLogged event) {
        taken.add(event.id());
    }

    @EventSourcingHandler
    void evolve(CommitmentRecorded event) {
        taken.add(event.id());
        open.add(event.id());
    }

    @EventSourcingHandler
    void evolve(CommitmentKept event) {
        open.remove(event.commitmentId());
    }

    @EventSourcingHandler
    void evolve(DisclosureRecorded event) {
        taken.add(event.id());
    }

    @EventSourcingHandler
    void evolve(ContributionRecorded event) {
        taken.add(event.id());
    }
}
