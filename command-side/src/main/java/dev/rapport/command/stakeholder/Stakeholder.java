package dev.rapport.command.stakeholder;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.rapport.command.Circumstances;
import dev.rapport.command.Refusal;
import dev.rapport.command.Refusal.Reason;
import dev.rapport.command.relationship.ActiveRelationships;
import dev.rapport.command.stakeholder.StakeholderCommand.ChangeStakeholderProfile;
import dev.rapport.command.stakeholder.StakeholderCommand.RegisterStakeholder;
import dev.rapport.events.StakeholderEvent;
import dev.rapport.events.StakeholderProfileChanged;
import dev.rapport.events.StakeholderRegistered;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.StakeholderId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CommandHandlerInterceptor;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/** What we know a stakeholder by. */
@Aggregate(commandTargetResolver = "streamTargetResolver", cache = "aggregateCache", lockFactory = "aggregateLocks")
@SuppressWarnings("NullAway.Init") // a stakeholder begins to be with its first event, which assigns the stream
class Stakeholder {

    @AggregateIdentifier
    private String stream;

    Stakeholder() {}

    /** What holds for every command, whatever it asks; answers the stakeholder's version after it. */
    @CommandHandlerInterceptor
    Object admit(StakeholderCommand command, Circumstances circumstances, InterceptorChain chain) throws Exception {
        if (command instanceof RegisterStakeholder) {
            requireNotRegistered(command);
        } else {
            requireExpectedVersion(circumstances);
        }
        chain.proceed();
        return version();
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void decide(RegisterStakeholder command) {
        apply(new StakeholderRegistered(
                command.id(),
                command.name(),
                command.kind(),
                command.group(),
                Objects.requireNonNullElse(command.values(), List.of())));
    }

    @CommandHandler
    void decide(
            ChangeStakeholderProfile command, Circumstances circumstances, ActiveRelationships activeRelationships) {
        requireResponsible(command.stakeholderId(), circumstances, activeRelationships);
        if (Stream.of(command.name(), command.kind(), command.group(), command.values())
                .allMatch(Objects::isNull)) {
            throw new Refusal(
                    Reason.AGAINST_A_RULE, "a change of profile names at least one of name, kind, group and values");
        }
        apply(new StakeholderProfileChanged(
                command.stakeholderId(), command.name(), command.kind(), command.group(), command.values()));
    }

    @EventSourcingHandler
    void evolve(StakeholderEvent event) {
        stream = event.stream().value();
    }

    private static long version() {
        return AggregateLifecycle.getVersion() + 1;
    }

    private void requireNotRegistered(StakeholderCommand command) {
        if (stream != null) {
            throw new Refusal(Reason.ID_TAKEN, "there is a stakeholder " + command.stakeholderId() + " already");
        }
    }

    /** Every manager sees every stakeholder, so there is nothing to hide from one who may not change it. */
    private static void requireResponsible(
            StakeholderId stakeholder, Circumstances circumstances, ActiveRelationships activeRelationships) {
        boolean responsible = circumstances.caller().isHead()
                || activeRelationships
                        .managerOf(stakeholder)
                        .map(ManagerId::value)
                        .filter(manager ->
                                !manager.equals(circumstances.caller().subject()))
                        .isEmpty();
        if (!responsible) {
            throw new Refusal(
                    Reason.NOT_ALLOWED,
                    "stakeholder " + stakeholder + " has a relationship: only its manager, or a head of relationships,"
                            + " may change the stakeholder's profile");
        }
    }

    private static void requireExpectedVersion(Circumstances circumstances) {
        Long expected = circumstances.expectedVersion();
        if (expected != null && expected != version()) {
            throw new Refusal(
                    Reason.STALE_VERSION, "the stakeholder is at version " + version() + ", not at " + expected);
        }
    }
}
