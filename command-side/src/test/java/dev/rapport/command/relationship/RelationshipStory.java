package dev.rapport.command.relationship;

import static dev.rapport.command.Asked.MANAGER;
import static dev.rapport.command.Asked.NOW;
import static dev.rapport.command.Asked.byTheManager;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.command.Asked;
import dev.rapport.command.Circumstances;
import dev.rapport.command.DomainCommand;
import dev.rapport.command.Refusal;
import dev.rapport.command.Refusal.Reason;
import dev.rapport.command.dispatch.CircumstancesResolver;
import dev.rapport.command.dispatch.EventProvenance;
import dev.rapport.events.Provenance;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.RelationshipUpgraded;
import dev.rapport.events.StreamName;
import dev.rapport.events.vocabulary.CriteriaOverride.Unmet;
import dev.rapport.events.vocabulary.CriteriaPolicy;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.deadline.GenericDeadlineMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateScopeDescriptor;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.aggregate.TestExecutor;
import org.axonframework.test.matchers.Matchers;

/** The past of a relationship, told by its events and commands, and what becomes of one thing more. */
final class RelationshipStory {

    static final RelationshipId R = new RelationshipId("R-1");
    static final StakeholderId S = new StakeholderId("S-1");
    static final Instant EARLIER = NOW.minus(Duration.ofDays(30));
    static final CriteriaPolicy STANDARD = new CriteriaPolicy("standard", "1");

    private static final UpgradePolicy STANDARD_POLICY = new UpgradePolicy("standard", "1", 1, 1, 1, 1, 1, 12);

    private final List<GenericMessage<RelationshipEvent>> events = new ArrayList<>();
    private final List<GenericCommandMessage<?>> commands = new ArrayList<>();
    private final ActiveRelationshipsInMemory active = new ActiveRelationshipsInMemory();
    private DueDates dueDates = new DueDates(ZoneOffset.UTC);
    private UpgradePolicy policy = STANDARD_POLICY;

    private RelationshipStory() {}

    /** Nothing happened, not even that the stakeholder S-1 was registered. */
    static RelationshipStory nothing() {
        return new RelationshipStory();
    }

    /** S-1 is registered, and that is all. */
    static RelationshipStory aStakeholder() {
        RelationshipStory story = nothing();
        story.active.register(S);
        return story;
    }

    /** R-1 with S-1, managed by {@link Asked#MANAGER}. */
    static RelationshipStory aRelationship() {
        RelationshipStory story = aStakeholder();
        story.active.claim(S, R);
        return story.after(new RelationshipEstablished(R, S, new ManagerId(MANAGER), Level.TRANSACTIONAL, null, null));
    }

    RelationshipStory atLevel(Level level) {
        if (level.isAtLeast(Level.ADDED_VALUE)) {
            after(new RelationshipUpgraded(R, Level.TRANSACTIONAL, Level.ADDED_VALUE, "it grew", STANDARD, null));
        }
        if (level.isAtLeast(Level.JOINT_VALUE)) {
            after(new RelationshipUpgraded(R, Level.ADDED_VALUE, Level.JOINT_VALUE, "it grew", STANDARD, null));
        }
        return this;
    }

    RelationshipStory inZone(String zone) {
        dueDates = new DueDates(ZoneId.of(zone));
        return this;
    }

    RelationshipStory under(UpgradePolicy other) {
        policy = other;
        return this;
    }

    /** The stakeholder's active relationship is that one, or none. */
    RelationshipStory whileTheStakeholderHas(RelationshipId... other) {
        active.release(S);
        Arrays.stream(other).forEach(id -> active.claim(S, id));
        return this;
    }

    RelationshipStory after(RelationshipEvent... past) {
        return after(EARLIER, past);
    }

    RelationshipStory after(List<? extends RelationshipEvent> past) {
        return after(past.toArray(RelationshipEvent[]::new));
    }

    RelationshipStory after(Instant occurredAt, RelationshipEvent... past) {
        for (RelationshipEvent event : past) {
            events.add(new GenericMessage<>(event, Map.of(Provenance.OCCURRED_AT, occurredAt.toString())));
        }
        return this;
    }

    /** What commands led to rather than events, so that deadlines are scheduled and cancelled. */
    RelationshipStory afterDeciding(RelationshipCommand command) {
        return afterDeciding(command, byTheManager());
    }

    RelationshipStory afterDeciding(RelationshipCommand command, Asked asked) {
        commands.add(message(command, asked));
        return this;
    }

    Outcome when(RelationshipCommand command) {
        return when(command, byTheManager());
    }

    Outcome when(RelationshipCommand command, Asked asked) {
        return new Outcome(fixture -> past(fixture).when(message(command, asked)));
    }

    Outcome whenTimeComesTo(Instant moment) {
        return new Outcome(fixture -> past(fixture).whenTimeAdvancesTo(moment));
    }

    /** A deadline fires that nobody managed to cancel. */
    Outcome whenADeadlineFires(EntryId commitment, LocalDate dueOn) {
        return new Outcome(fixture -> {
            TestExecutor<Relationship> told = past(fixture);
            var deadline = GenericDeadlineMessage.asDeadlineMessage(
                    "commitment-due", new CommitmentDue(commitment, dueOn), NOW);
            DefaultUnitOfWork.startAndGet(deadline)
                    .executeWithResult(() -> {
                        fixture.getRepository()
                                .send(
                                        deadline,
                                        new AggregateScopeDescriptor(
                                                "Relationship", StreamName.of(R).value()));
                        return null;
                    })
                    .getPayload();
            return told.whenTimeElapses(Duration.ZERO);
        });
    }

    private TestExecutor<Relationship> past(AggregateTestFixture<Relationship> fixture) {
        return fixture.givenCurrentTime(NOW).andGiven(events).andGivenCommands(commands);
    }

    private AggregateTestFixture<Relationship> fixture() {
        AggregateTestFixture<Relationship> fixture = new AggregateTestFixture<>(Relationship.class);
        EventProvenance provenance = new EventProvenance();
        fixture.registerParameterResolverFactory(new CircumstancesResolver())
                .registerCommandTargetResolver(command -> new VersionedAggregateIdentifier(
                        (Object) ((DomainCommand) command.getPayload()).stream().value(), null))
                .registerCommandHandlerInterceptor(new CorrelationDataInterceptor<>(provenance))
                .registerDeadlineHandlerInterceptor(new CorrelationDataInterceptor<>(provenance))
                .registerInjectableResource(dueDates)
                .registerInjectableResource(policy)
                .registerInjectableResource(active);
        return fixture;
    }

    private static GenericCommandMessage<?> message(RelationshipCommand command, Asked asked) {
        return new GenericCommandMessage<>(command, Map.of(Circumstances.METADATA, asked.circumstances()));
    }

    /** What became of it. */
    final class Outcome {

        private final ResultValidator<Relationship> result;

        private Outcome(Function<AggregateTestFixture<Relationship>, ResultValidator<Relationship>> when) {
            result = when.apply(fixture());
        }

        /** Exactly these events follow. */
        Outcome then(RelationshipEvent... expected) {
            result.expectSuccessfulHandlerExecution().expectEvents((Object[]) expected);
            return this;
        }

        Outcome thenNothing() {
            return then();
        }

        Outcome answers(long version) {
            result.expectResultMessagePayload(version);
            return this;
        }

        Outcome refused(Reason reason, String detail, Unmet... unmet) {
            return fails(failure -> assertThat(failure).isInstanceOfSatisfying(Refusal.class, refusal -> {
                assertThat(refusal.detail()).isEqualTo(detail);
                assertThat(refusal.reason()).isEqualTo(reason);
                assertThat(refusal.unmet()).containsExactly(unmet);
            }));
        }

        Outcome refused(Reason reason) {
            return fails(failure -> assertThat(failure)
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(reason)));
        }

        Outcome findsNoRelationship() {
            return fails(failure -> assertThat(failure).isInstanceOf(AggregateNotFoundException.class));
        }

        private Outcome fails(Consumer<Throwable> check) {
            result.expectNoEvents().expectException(Matchers.<Throwable>predicate(failure -> {
                check.accept(failure);
                return true;
            }));
            return this;
        }

        /** The last event carries this in its metadata. */
        Outcome with(String metadata, String value) {
            result.expectEventsMatching(Matchers.<List<EventMessage<?>>>predicate(published -> {
                assertThat(published.getLast().getMetaData().get(metadata)).isEqualTo(value);
                return true;
            }));
            return this;
        }

        Outcome awaits(Instant due, EntryId commitment, LocalDate dueOn) {
            result.expectScheduledDeadline(due, new CommitmentDue(commitment, dueOn));
            return this;
        }

        Outcome doesNotAwait(Instant due) {
            result.expectNoScheduledDeadlineOfType(due, CommitmentDue.class);
            return this;
        }

        Outcome awaitsNothing() {
            result.expectNoScheduledDeadlines();
            return this;
        }

        Outcome leavesTheStakeholderWith(RelationshipId expected) {
            assertThat(active.activeOf(S)).isEqualTo(expected);
            return this;
        }

        Outcome leavesTheStakeholderFree() {
            assertThat(active.activeOf(S)).isNull();
            return this;
        }
    }
}
