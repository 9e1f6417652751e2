package dev.rapport.events.storage;

import static dev.rapport.events.storage.TestLog.anEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

@ParameterizedClass
@EnumSource
class A_stream_of_the_log {

    private static final Duration NEVER = Duration.ofDays(1);

    @Parameter
    Database database;

    private TestLog test;

    @BeforeEach
    void open() {
        test = new TestLog(database);
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void gives_the_events_after_its_token() throws InterruptedException {
        test.appendSome(3);

        try (var stream = test.log.openStream(new GlobalSequenceTrackingToken(1))) {
            assertThat(positions(take(2, stream))).containsExactly(2L, 3L);
            assertThat(stream.hasNextAvailable()).isFalse();
            assertThat(stream.peek()).isEmpty();
        }
    }

    @Test
    void begins_at_the_beginning_without_a_token() throws InterruptedException {
        var event = anEvent();
        test.append(event);

        try (var stream = test.log.openStream(null)) {
            assertThat(stream.peek()).isPresent();
            assertThat(stream.hasNextAvailable(0, TimeUnit.SECONDS)).isTrue();
            var first = stream.nextAvailable();
            assertThat(first.trackingToken()).isEqualTo(new GlobalSequenceTrackingToken(1));
            assertThat(first.getIdentifier()).isEqualTo(event.getIdentifier());
            assertThat(first.getPayload()).isEqualTo(event.getPayload());
            assertThat(first.getMetaData()).isEqualTo(event.getMetaData());
            assertThat((Object) first).isInstanceOf(DomainEventMessage.class);
        }
    }

    @Test
    void goes_on_in_the_middle_of_a_replay() throws InterruptedException {
        test.appendSome(3);
        var token =
                ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(3), new GlobalSequenceTrackingToken(1));

        try (var stream = test.log.openStream(token)) {
            assertThat(positions(take(2, stream))).containsExactly(2L, 3L);
        }
    }

    @Test
    void catches_up_and_then_gets_new_events_without_reading_the_database_itself() throws InterruptedException {
        test.appendSome(2_000);
        try (var stream = test.log.openStream(null)) {
            assertThat(positions(take(2_000, stream))).hasSize(2_000).isSorted().doesNotHaveDuplicates();

            test.appendSome(1);
            assertThat(positions(take(1, stream))).containsExactly(2_001L);
        }
    }

    @Test
    void is_called_at_once_and_whenever_there_is_something_new() {
        try (var stream = test.log.openStream(test.log.createHeadToken())) {
            var calls = new AtomicInteger();
            assertThat(stream.setOnAvailableCallback(calls::incrementAndGet)).isTrue();
            assertThat(calls).hasValue(1);

            test.appendSome(1);
            Await.until("the stream is called", () -> calls.get() == 2);
            assertThat(stream.hasNextAvailable()).isTrue();
        }
    }

    @Test
    void calls_a_reader_again_that_asked_but_had_no_room_to_take() {
        test.appendSome(1);
        try (var stream = test.log.openStream(null)) {
            var calls = new AtomicInteger();
            stream.setOnAvailableCallback(calls::incrementAndGet);
            var before = calls.get();

            assertThat(stream.hasNextAvailable()).isTrue();

            assertThat(calls).hasValueGreaterThan(before);
        }
    }

    @Test
    void learns_of_the_commits_of_other_processes() throws InterruptedException {
        var otherProcess = test.ofAnotherProcess();
        try (otherProcess;
                var stream = otherProcess.openStream(null)) {
            test.appendSome(1);

            assertThat(positions(take(1, stream))).containsExactly(1L);
        }
    }

    @Test
    void is_woken_after_the_commit_of_a_unit_of_work_and_not_by_polling_only() throws InterruptedException {
        try (var slow = new TestLog(database, NEVER);
                var stream = slow.log.openStream(null)) {
            var transactions = new SpringTransactions(new DataSourceTransactionManager(slow.dataSource));
            var engine = EventLogEngine.appendingTo(
                    slow.log, transactions.connectionsOf(slow.dataSource), transactions, Clock.systemUTC());

            var unitOfWork = DefaultUnitOfWork.startAndGet(anEvent());
            unitOfWork.attachTransaction(transactions);
            engine.appendEvents(anEvent());
            unitOfWork.commit();

            assertThat(positions(take(1, stream))).containsExactly(1L);
        }
    }

    @Test
    void keeps_a_reader_waiting_until_there_is_an_event() throws Exception {
        try (var stream = test.log.openStream(null);
                var threads = Executors.newSingleThreadExecutor()) {
            var begun = new CountDownLatch(1);
            var next = threads.submit(() -> {
                begun.countDown();
                return stream.nextAvailable().trackingToken();
            });
            begun.await();

            test.appendSome(1);

            assertThat(next.get(30, TimeUnit.SECONDS)).isEqualTo(new GlobalSequenceTrackingToken(1));
        }
    }

    @Test
    void lets_go_of_a_waiting_reader_when_it_is_closed() throws Exception {
        try (var threads = Executors.newSingleThreadExecutor()) {
            var stream = test.log.openStream(null);
            var begun = new CountDownLatch(1);
            var next = threads.submit(() -> {
                begun.countDown();
                return stream.nextAvailable();
            });
            begun.await();

            test.log.close();

            assertThatThrownBy(() -> next.get(30, TimeUnit.SECONDS)).hasMessageContaining("closed");
            assertThat(stream.hasNextAvailable(1, TimeUnit.DAYS)).isFalse();
            assertThatThrownBy(() -> test.log.openStream(null)).hasMessageContaining("closed");
        }
    }

    @Test
    void is_fed_by_one_reader_together_with_all_others() throws InterruptedException {
        var streams = new ArrayList<BlockingStream<TrackedEventMessage<?>>>();
        try {
            for (var i = 0; i < 200; i++) {
                streams.add(test.log.openStream(test.log.createHeadToken()));
            }
            var usesBefore = test.line.uses();
            test.appendSome(50);

            for (var stream : streams) {
                assertThat(positions(take(50, stream))).hasSize(50);
            }
            assertThat(test.line.uses() - usesBefore).isLessThan(100);
        } finally {
            streams.forEach(BlockingStream::close);
        }
    }

    @Test
    void leaves_the_database_alone_once_all_are_closed() throws InterruptedException {
        var stream = test.log.openStream(null);
        Await.until("it polls", () -> test.line.uses() > 10);
        stream.close();
        Await.until(
                "nobody polls",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("event-log")));

        test.appendSome(1);
        try (var again = test.log.openStream(null)) {
            assertThat(positions(take(1, again))).containsExactly(1L);
        }
    }

    @Test
    void goes_on_when_the_database_is_back() throws InterruptedException {
        try (var stream = test.log.openStream(null)) {
            test.appendSome(1);
            assertThat(positions(take(1, stream))).containsExactly(1L);
            test.line.cut();
            test.appendSome(1);
            var usesWhenCut = test.line.uses();
            Await.until("it tries again and again", () -> test.line.uses() > usesWhenCut + 2);
            assertThat(stream.hasNextAvailable()).isFalse();

            test.line.mend();

            assertThat(positions(take(1, stream))).containsExactly(2L);
        }
    }

    @Test
    void fails_loudly_for_a_reader_who_is_behind_while_the_database_is_away() {
        test.appendSome(1_000);
        try (var stream = test.log.openStream(null)) {
            test.line.cut();

            assertThatThrownBy(stream::hasNextAvailable).isInstanceOf(EventStoreException.class);
            assertThatThrownBy(() -> test.log.read(0, 10)).isInstanceOf(EventStoreException.class);
            assertThatThrownBy(() -> test.log.openStream(new GlobalSequenceTrackingToken(1)))
                    .isInstanceOf(EventStoreException.class);

            test.line.mend();
            assertThat(stream.hasNextAvailable()).isTrue();
        }
    }

    @Test
    void stops_loudly_at_an_event_that_nobody_knows() throws InterruptedException {
        test.appendSome(3);
        test.execute("update event_log set event_type = 'InteractionForgotten' where position = 2");

        try (var stream = test.log.openStream(null)) {
            assertThat(positions(take(1, stream))).containsExactly(1L);
            assertThatThrownBy(stream::hasNextAvailable).isInstanceOf(UnknownEventException.class);
            assertThatThrownBy(stream::nextAvailable)
                    .as("again, not passing it over")
                    .isInstanceOf(UnknownEventException.class);
        }
    }

    @Test
    void is_refused_to_a_reader_who_saw_more_than_there_is() {
        test.appendSome(3);

        assertThatThrownBy(() -> test.log.openStream(new GlobalSequenceTrackingToken(4)))
                .hasMessageContaining("has seen the event log up to 4, but it ends at 3");
        assertThatThrownBy(() -> test.log.openStream(GapAwareTrackingToken.newInstance(1, List.of())))
                .hasMessageContaining("does not belong to the event log");
    }

    private static List<TrackedEventMessage<?>> take(int count, BlockingStream<TrackedEventMessage<?>> stream)
            throws InterruptedException {
        var taken = new ArrayList<TrackedEventMessage<?>>();
        while (taken.size() < count && stream.hasNextAvailable(30, TimeUnit.SECONDS)) {
            taken.add(stream.nextAvailable());
        }
        return taken;
    }

    private static List<Long> positions(List<TrackedEventMessage<?>> events) {
        return events.stream()
                .map(event -> event.trackingToken().position().orElseThrow())
                .toList();
    }
}
