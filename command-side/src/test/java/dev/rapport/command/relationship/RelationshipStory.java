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
import dev.rapport.events.IndicatorAgreed;
import dev.rapport.events.MeasurementRecorded;
import dev.rapport.events.Provenance;
import dev.rapport.events.RelationshipDowngraded;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.RelationshipUpgraded;
import dev.rapport.events.StreamName;
import dev.rapport.events.policy.TrustPolicies;
import dev.rapport.events.trust.EvidenceFold;
import dev.rapport.events.trust.LevelCourse;
import dev.rapport.events.trust.TrustModel;
import dev.rapport.events.vocabulary.CriteriaOverride;
import dev.rapport.events.vocabulary.CriteriaOverride.Unmet;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.PolicyVersion;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.events.vocabulary.TrustAtDecision;
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
import org.jspecify.annotations.Nullable;

/** The past of a relationship, told by its events and commands, and what becomes of one thing more. */
final class RelationshipStory {

    static final RelationshipId R = new RelationshipId("R-1");
    static final StakeholderId S = new StakeholderId("S-1");
    static final Instant EARLIER = NOW.minus(Duration.ofDays(30));
    static final PolicyVersion STANDARD = new PolicyVersion("standard", "1");

    static final TrustModel PRUDENT = new TrustPolicies("prudent", null).usual();

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
            after(new RelationshipUpgraded(R, Level.TRANSACTIONAL, Level.ADDED_VALUE, "it grew", STANDARD, null, null));
        }
        if (level.isAtLeast(Level.JOINT_VALUE)) {
            after(new RelationshipUpgraded(R, Level.ADDED_VALUE, Level.JOINT_VALUE, "it grew", STANDARD, null, null));
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
            if (event instanceof MeasurementRecorded measured && !isAgreed(measured.indicatorId())) {
                add(occurredAt, Facts.indicator(measured.indicatorId().value(), Party.US));
            }
            add(occurredAt, event);
        }
        return this;
    }

    private void add(Instant occurredAt, RelationshipEvent event) {
        events.add(new GenericMessage<>(event, Map.of(Provenance.OCCURRED_AT, occurredAt.toString())));
    }

    private boolean isAgreed(EntryId indicator) {
        return events.stream()
                .anyMatch(earlier -> earlier.getPayload() instanceof IndicatorAgreed agreed
                        && agreed.indicatorId().equals(indicator));
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
        return new Outcome(
                asked.circumstances().occurredAt(), fixture -> past(fixture).when(message(command, asked)));
    }

    Outcome whenTimeComesTo(Instant moment) {
        return new Outcome(moment, fixture -> past(fixture).whenTimeAdvancesTo(moment));
    }

    /** A deadline fires that nobody managed to cancel. */
    Outcome whenADeadlineFires(EntryId commitment, LocalDate dueOn) {
        return new Outcome(NOW, fixture -> {
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

    /** The trust that a decision is taken on, recomputed as an auditor does it: from the events before it. */
    private TrustAtDecision trust(Instant at) {
        EvidenceFold fold = new EvidenceFold(dueDates.zone(), List.of());
        LevelCourse levels = LevelCourse.beginning();
        long version = 0;
        for (GenericMessage<RelationshipEvent> event : events) {
            Instant occurredAt = Instant.parse((String) event.getMetaData().get(Provenance.OCCURRED_AT));
            fold.evolve(event.getPayload(), occurredAt, ++version);
            levels = levels.after(event.getPayload(), occurredAt, version);
        }
        return PRUDENT.atDecision(fold.evidence().toList(), levels, at, version);
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
                .registerInjectableResource(PRUDENT)
                .registerInjectableResource(active);
        return fixture;
    }

    private static GenericCommandMessage<?> message(RelationshipCommand command, Asked asked) {
        return new GenericCommandMessage<>(command, Map.of(Circumstances.METADATA, asked.circumstances()));
    }

    /** What became of it. */
    final class Outcome {

        private final ResultValidator<Relationship> result;

        private final Instant occurredAt;

        private Outcome(
                Instant occurredAt, Function<AggregateTestFixture<Relationship>, ResultValidator<Relationship>> when) {
            this.occurredAt = occurredAt;
            result = when.apply(fixture());
        }

        /** Exactly these events follow. */
        Outcome then(RelationshipEvent... expected) {
            result.expectSuccessfulHandlerExecution().expectEvents((Object[]) expected);
            return this;
        }

        /** What follows is as the check wants it. */
        Outcome thenEvents(Consumer<List<Object>> check) {
            result.expectSuccessfulHandlerExecution()
                    .expectEventsMatching(Matchers.<List<EventMessage<?>>>predicate(published -> {
                        check.accept(published.stream()
                                .<Object>map(EventMessage::getPayload)
                                .toList());
                        return true;
                    }));
            return this;
        }

        /** It goes up, and keeps the trust that this was decided on. */
        Outcome thenUpgraded(Level from, Level to, String rationale, @Nullable CriteriaOverride override) {
            return then(new RelationshipUpgraded(R, from, to, rationale, STANDARD, override, trust(occurredAt)));
        }

        /** It goes down, and keeps the trust that this was decided on. */
        Outcome thenDowngraded(Level from, Level to, String reason) {
            return then(new RelationshipDowngraded(R, from, to, reason, trust(occurredAt)));
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
