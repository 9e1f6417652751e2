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
        apply(Fact.of(order));
    }

    /** What is applied here takes effect only when the aggregate is there, so nothing is decided. */
    @CommandHandler
    StockRelationship(Backfill order) {
        order.past().forEach(one -> apply(Fact.of(one)));
    }

    @CommandHandler
    void decide(LogInteraction order) {
        requireFree(order.id());
        apply(Fact.of(order));
    }

    @CommandHandler
    void decide(RecordCommitment order) {
        requireFree(order.id());
        apply(Fact.of(order));
    }

    @CommandHandler
    void decide(FulfilCommitment order) {
        if (!open.contains(order.commitmentId())) {
            throw new IllegalStateException(order.commitmentId() + " is not open");
        }
        apply(Fact.of(order));
    }

    @CommandHandler
    void decide(RecordDisclosure order) {
        requireFree(order.id());
        apply(Fact.of(order));
    }

    @CommandHandler
    void decide(RecordContribution order) {
        requireFree(order.id());
        apply(Fact.of(order));
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
