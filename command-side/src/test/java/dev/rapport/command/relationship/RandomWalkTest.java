package dev.rapport.command.relationship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.rapport.command.Asked;
import dev.rapport.command.Circumstances;
import dev.rapport.command.Refusal;
import dev.rapport.command.dispatch.CircumstancesResolver;
import dev.rapport.command.dispatch.EventProvenance;
import dev.rapport.command.relationship.RelationshipCommand.EstablishRelationship;
import dev.rapport.events.Provenance;
import dev.rapport.events.RelationshipDowngraded;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.RelationshipUpgraded;
import dev.rapport.events.StreamName;
import dev.rapport.events.trust.EvidenceFold;
import dev.rapport.events.trust.LevelCourse;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.TrustAtDecision;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.WeakReferenceCache;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.ScopeDescriptor;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.test.deadline.StubDeadlineManager;
import org.junit.jupiter.api.Test;

/** Thousands of random histories, watched by a {@link Witness}. */
class RandomWalkTest {

    private static final int HISTORIES = 10_000;

    /** The same walk for everybody, so that a change of ours is what turns it red; other walks by {@code -Drandom-walk.seed}. */
    private static final long FIRST_SEED = 20_081_001;

    /** Few histories are long, since most of what goes wrong goes wrong soon, and time is dear. */
    private static final int STEPS = 8;

    private static final int STEPS_OF_EVERY_TENTH = 40;

    private static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

    @Test
    void never_leads_where_the_rules_forbid_and_folds_to_what_is_live() {
        long seed = Long.getLong("random-walk.seed", FIRST_SEED);
        System.out.println("random walk: -Drandom-walk.seed=" + seed);
        World world = new World();
        Set<String> sights = new TreeSet<>();
        for (int history = 0; history < HISTORIES; history++) {
            try {
                sights.addAll(world.live(new Random(seed + history)));
            } catch (AssertionError | RuntimeException surprise) {
                fail("history " + history + " of the walk with seed " + seed + "\n" + world.told(), surprise);
            }
        }
        System.out.println("random walk: " + world.commands);
        assertThat(sights)
                .contains("at JOINT_VALUE", "ended", "overdue", "disputed COMMITMENT", "disputed CONCERN")
                .contains("retracted COMMITMENT", "retracted MEASUREMENT", "ended OBJECTIVE", "ended CONCERN");
        assertThat(world.decisions).as("decisions whose trust was recomputed").isPositive();
        assertThat(world.commands.keySet())
                .as("each kind of command was accepted")
                .containsAll(Commands.all()
                        .map(command -> "accepted " + command.getClass().getSimpleName())
                        .toList());
    }

    /** The real aggregate behind a real command bus, on a store in memory that is emptied for each history. */
    private static final class World {

        private final ActiveRelationshipsInMemory active = new ActiveRelationshipsInMemory();
        private final StubDeadlineManager deadlines = new StubDeadlineManager(Asked.NOW);
        private final EventsInMemory events = new EventsInMemory(this::hear);
        private final WeakReferenceCache cache = new WeakReferenceCache();
        private final SimpleCommandBus bus = SimpleCommandBus.builder().build();
        private final Repository<Relationship> live;
        private final Repository<Relationship> folded;
        private final Map<String, Integer> commands = new TreeMap<>();
        private final List<Object> told = new ArrayList<>();
        private Witness witness = new Witness(ZONE);
        private Asked asked = Asked.byAHead();
        private int decisions;

        World() {
            ParameterResolverFactory parameters = MultiParameterResolverFactory.ordered(
                    new CircumstancesResolver(),
                    new SimpleResourceParameterResolverFactory(List.of(
                            active,
                            deadlines,
                            new DueDates(ZONE),
                            RelationshipStory.PRUDENT,
                            new UpgradePolicy("standard", "1", 1, 1, 1, 1, 1, 12))),
                    ClasspathParameterResolverFactory.forClass(Relationship.class));
            live = repository(parameters).cache(cache).build();
            folded = repository(parameters).build();
            AggregateAnnotationCommandHandler.<Relationship>builder()
                    .aggregateType(Relationship.class)
                    .parameterResolverFactory(parameters)
                    .repository(live)
                    .commandTargetResolver(command -> new VersionedAggregateIdentifier(
                            (Object) ((RelationshipCommand) command.getPayload())
                                    .stream().value(),
                            null))
                    .build()
                    .subscribe(bus);
            EventProvenance provenance = new EventProvenance();
            bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(provenance));
            deadlines.registerHandlerInterceptor(new CorrelationDataInterceptor<>(provenance));
        }

        private EventSourcingRepository.Builder<Relationship> repository(ParameterResolverFactory parameters) {
            return EventSourcingRepository.builder(Relationship.class)
                    .parameterResolverFactory(parameters)
                    .eventStore(events);
        }

        /** Lives through one history, and tells what was to be seen in it. */
        Set<String> live(Random random) {
            begin();
            CommandMaker maker = new CommandMaker(random, witness);
            int steps = random.nextInt(10) == 0 ? STEPS_OF_EVERY_TENTH : STEPS;
            for (int step = 0; step < steps; step++) {
                if (random.nextInt(8) == 0) {
                    passTime(Duration.ofHours(random.nextInt(24 * 30)));
                }
                RelationshipCommand command = maker.next(deadlines.getCurrentDateTime());
                Asked asked = maker.asked(deadlines.getCurrentDateTime(), command.relationshipId());
                told.add(asked);
                told.add(command);
                if (give(command, asked) && random.nextInt(4) == 0) {
                    compareLiveWithFolded(command.relationshipId());
                }
            }
            passTime(Duration.ofDays(400));
            witness.hearThatTimeCameTo(deadlines.getCurrentDateTime());
            events.relationships().forEach(this::compareLiveWithFolded);
            return witness.sights();
        }

        private void begin() {
            deadlines
                    .getScheduledDeadlines()
                    .forEach(left -> deadlines.cancelSchedule(left.getDeadlineName(), left.getScheduleId()));
            deadlines.initializeAt(Asked.NOW);
            events.clear();
            cache.removeAll();
            active.clear();
            CommandMaker.REGISTERED.forEach(active::register);
            told.clear();
            witness = new Witness(ZONE);
        }

        private boolean give(RelationshipCommand command, Asked asked) {
            this.asked = asked;
            long before = witness.eventsOf(command.relationshipId());
            FutureCallback<RelationshipCommand, Object> answer = new FutureCallback<>();
            bus.dispatch(
                    new GenericCommandMessage<>(command, Map.of(Circumstances.METADATA, asked.circumstances())),
                    answer);
            long after = witness.eventsOf(command.relationshipId());
            String what = command.getClass().getSimpleName();
            if (answer.getResult().isExceptional()) {
                assertThat(answer.getResult().exceptionResult())
                        .isInstanceOfAny(Refusal.class, AggregateNotFoundException.class);
                assertThat(after).as("a refused command leaves no event").isEqualTo(before);
                commands.merge("refused " + what, 1, Integer::sum);
                told.add(answer.getResult().exceptionResult());
                return false;
            }
            assertThat(answer.getResult().getPayload())
                    .as("the version answered")
                    .isEqualTo(after);
            if (!(command instanceof EstablishRelationship)) {
                assertThat(asked.expectedVersion()).as("the version expected").isIn(null, before);
            }
            commands.merge("accepted " + what, 1, Integer::sum);
            return true;
        }

        private void passTime(Duration duration) {
            told.add(duration);
            deadlines.advanceTimeBy(duration, this::fire);
        }

        private void fire(ScopeDescriptor scope, DeadlineMessage<?> deadline) throws Exception {
            live.send(deadline, scope);
        }

        private void hear(DomainEventMessage<?> event) {
            told.add(event.getPayload());
            Instant now = deadlines.getCurrentDateTime();
            witness.hear(event, now, asked.imported());
            compareTrustWithRecomputed(event);
        }

        /** As an auditor does it. */
        private void compareTrustWithRecomputed(DomainEventMessage<?> decided) {
            TrustAtDecision trust = switch ((RelationshipEvent) decided.getPayload()) {
                case RelationshipUpgraded event -> event.trust();
                case RelationshipDowngraded event -> event.trust();
                default -> null;
            };
            if (trust != null) {
                EvidenceFold fold = new EvidenceFold(ZONE, List.of());
                LevelCourse levels = LevelCourse.beginning();
                for (DomainEventMessage<?> past : events.before(decided)) {
                    RelationshipEvent event = (RelationshipEvent) past.getPayload();
                    fold.evolve(event, occurredAt(past), past.getSequenceNumber() + 1);
                    levels = levels.after(event, occurredAt(past), past.getSequenceNumber() + 1);
                }
                assertThat(trust)
                        .isEqualTo(RelationshipStory.PRUDENT.atDecision(
                                fold.evidence().toList(), levels, occurredAt(decided), decided.getSequenceNumber()));
                decisions++;
            }
        }

        private static Instant occurredAt(DomainEventMessage<?> event) {
            return Instant.parse((String) event.getMetaData().get(Provenance.OCCURRED_AT));
        }

        private void compareLiveWithFolded(RelationshipId relationship) {
            assertThat(state(live, relationship)).isEqualTo(state(folded, relationship));
        }

        private static Map<String, Object> state(Repository<Relationship> repository, RelationshipId relationship) {
            return DefaultUnitOfWork.startAndGet(null)
                    .executeWithResult(() ->
                            repository.load(StreamName.of(relationship).value()).invoke(World::fields))
                    .getPayload();
        }

        private static Map<String, Object> fields(Relationship relationship) {
            Map<String, Object> values = new HashMap<>();
            for (Field field : Relationship.class.getDeclaredFields()) {
                try {
                    field.setAccessible(true);
                    Object value = field.get(relationship);
                    values.put(
                            field.getName(),
                            switch (value) {
                                case Map<?, ?> map -> List.copyOf(map.entrySet());
                                case EvidenceFold fold -> fold.entries();
                                case null, default -> value;
                            });
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
            return values;
        }

        String told() {
            return told.stream().map(Object::toString).collect(Collectors.joining("\n"));
        }
    }

    /** Streams of events in a map, each appended when its unit of work commits. */
    private static final class EventsInMemory implements EventStore {

        private final Map<String, List<DomainEventMessage<?>>> streams = new HashMap<>();
        private final Consumer<DomainEventMessage<?>> listener;

        EventsInMemory(Consumer<DomainEventMessage<?>> listener) {
            this.listener = listener;
        }

        void clear() {
            streams.clear();
        }

        List<RelationshipId> relationships() {
            return streams.keySet().stream()
                    .map(stream -> new RelationshipId(stream.substring(stream.indexOf('/') + 1)))
                    .toList();
        }

        List<DomainEventMessage<?>> before(DomainEventMessage<?> event) {
            return streams.get(event.getAggregateIdentifier()).subList(0, (int) event.getSequenceNumber());
        }

        @Override
        public DomainEventStream readEvents(String aggregateIdentifier) {
            return DomainEventStream.of(streams.getOrDefault(aggregateIdentifier, List.of()));
        }

        @Override
        public void publish(List<? extends EventMessage<?>> published) {
            CurrentUnitOfWork.get().onPrepareCommit(_ -> published.forEach(this::append));
        }

        private void append(EventMessage<?> message) {
            DomainEventMessage<?> event = (DomainEventMessage<?>) message;
            List<DomainEventMessage<?>> stream =
                    streams.computeIfAbsent(event.getAggregateIdentifier(), _ -> new ArrayList<>());
            assertThat(event.getSequenceNumber()).isEqualTo(stream.size());
            stream.add(event);
            listener.accept(event);
        }

        @Override
        public TrackingEventStream openStream(TrackingToken trackingToken) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void storeSnapshot(DomainEventMessage<?> snapshot) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Registration subscribe(Consumer<List<? extends EventMessage<?>>> messageProcessor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Registration registerDispatchInterceptor(
                MessageDispatchInterceptor<? super EventMessage<?>> dispatchInterceptor) {
            throw new UnsupportedOperationException();
        }
    }
}
