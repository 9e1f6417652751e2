package dev.rapport.events.storage;

import static dev.rapport.events.storage.TestLog.anEvent;
import static dev.rapport.events.storage.TestLog.ids;
import static dev.rapport.events.storage.TestLog.positions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource
class A_reader_of_the_log {

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
    void reads_page_by_page_in_the_order_of_the_positions() {
        test.appendSome(5);

        assertThat(positions(test.log.read(0, 2))).containsExactly(1L, 2L);
        assertThat(positions(test.log.read(2, 2))).containsExactly(3L, 4L);
        assertThat(positions(test.log.read(4, 2))).containsExactly(5L);
        assertThat(test.log.read(5, 2)).isEmpty();
        assertThat(test.log.lastStablePosition()).isEqualTo(5);
    }

    @Test
    void finds_nothing_in_an_empty_log() {
        assertThat(test.log.read(0, 10)).isEmpty();
        assertThat(test.log.lastStablePosition()).isZero();
        assertThat(test.log.createTailToken()).isEqualTo(new GlobalSequenceTrackingToken(0));
        assertThat(test.log.createHeadToken()).isEqualTo(new GlobalSequenceTrackingToken(0));
        assertThat(test.log.createTokenAt(Instant.EPOCH)).isEqualTo(new GlobalSequenceTrackingToken(0));
    }

    @Test
    void finds_the_place_where_a_time_begins() {
        test.appendSome(3);
        test.execute(
                "update event_log set recorded_at = timestamp with time zone '2026-11-02 00:00:00+00' where position ="
                        + " 2");
        test.execute(
                "update event_log set recorded_at = timestamp with time zone '2026-11-01 00:00:00+00' where position"
                        + " <> 2");

        assertThat(test.log.createTokenAt(Instant.parse("2026-10-31T00:00:00Z")))
                .isEqualTo(new GlobalSequenceTrackingToken(0));
        assertThat(test.log.createTokenAt(Instant.parse("2026-11-02T00:00:00Z")))
                .isEqualTo(new GlobalSequenceTrackingToken(1));
        assertThat(test.log.createTokenAt(Instant.parse("2026-11-02T00:00:01Z")))
                .isEqualTo(new GlobalSequenceTrackingToken(3));
        assertThat(test.log.createHeadToken()).isEqualTo(new GlobalSequenceTrackingToken(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void gets_every_event_whatever_day_the_writers_clock_shows(int daysOff) throws Exception {
        var clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(daysOff));
        var reader = test.ofAnotherProcess();
        test.appendSome(1);
        assertThat(positions(reader.read(0, 10))).containsExactly(1L);
        var late = test.writer(clock);
        late.append(anEvent());
        if (database.letsAppendsRunSideBySide()) {
            test.appendSome(2);
            assertThat(reader.read(1, 10)).isEmpty();
            late.commit();
            assertThat(positions(reader.read(1, 10))).containsExactly(2L, 3L, 4L);
        } else {
            late.commit();
            test.appendSome(2);
            assertThat(positions(reader.read(1, 10))).containsExactly(2L, 3L, 4L);
        }
    }

    @Nested
    class While_appends_run_side_by_side {

        @BeforeEach
        void where_they_do() {
            assumeTrue(database.letsAppendsRunSideBySide());
        }

        @Test
        void waits_for_an_earlier_position_as_long_as_its_transaction_is_open() {
            var late = test.writer();
            var event = anEvent();
            late.append(event);
            for (var i = 0; i < 300; i++) {
                test.appendSome(1);
                assertThat(test.log.read(0, 1_000)).isEmpty();
                assertThat(test.log.lastStablePosition()).isZero();
            }

            late.commit();

            assertThat(positions(test.log.read(0, 1_000)))
                    .hasSize(301)
                    .startsWith(1L, 2L, 3L)
                    .isSorted();
            assertThat(ids(test.log.read(0, 1))).containsExactly(event.getIdentifier());
            assertThat(test.log.lastStablePosition()).isEqualTo(301);
        }

        @Test
        void gets_what_lies_before_the_open_position() {
            test.appendSome(2);
            var late = test.writer();
            late.append(anEvent());
            test.appendSome(2);

            assertThat(positions(test.log.read(0, 10))).containsExactly(1L, 2L);
            assertThat(test.log.lastStablePosition()).isEqualTo(2);
            assertThat(test.log.createTokenAt(Instant.EPOCH)).isEqualTo(new GlobalSequenceTrackingToken(0));
            assertThat(test.log.createTokenAt(Instant.now().plusSeconds(60)))
                    .isEqualTo(new GlobalSequenceTrackingToken(2));

            late.commit();

            assertThat(positions(test.log.read(2, 10))).containsExactly(3L, 4L, 5L);
        }

        @Test
        void knows_the_end_of_the_stable_part_without_having_read_it() {
            var lost = test.writer();
            lost.append(anEvent());
            lost.rollback();
            test.appendSome(2);
            var late = test.writer();
            late.append(anEvent());
            test.appendSome(2);

            assertThat(test.ofAnotherProcess().lastStablePosition()).isZero();
            assertThat(positions(test.log.read(0, 10))).isEmpty();

            late.rollback();

            assertThat(test.ofAnotherProcess().lastStablePosition()).isEqualTo(6);
            assertThat(positions(test.log.read(0, 10))).containsExactly(2L, 3L, 5L, 6L);
        }

        @Test
        void steps_over_positions_that_were_rolled_back() {
            var lost = test.writer();
            lost.append(anEvent(), anEvent());
            test.appendSome(1);
            assertThat(test.log.read(0, 10)).isEmpty();

            lost.rollback();

            assertThat(positions(test.log.read(0, 10))).containsExactly(3L);
            assertThat(positions(test.ofAnotherProcess().read(0, 10))).containsExactly(3L);
        }

        @Test
        void is_not_misled_by_what_another_reader_learns_while_it_reads() {
            var late = test.writer();
            late.append(anEvent());
            test.appendSome(1);
            test.line.interruptNextQuery(() -> {
                late.commit();
                assertThat(positions(test.log.read(0, 10))).containsExactly(1L, 2L);
            });

            assertThat(positions(test.log.read(0, 10))).containsExactly(1L, 2L);
        }

        @Test
        void can_rely_on_every_position_being_announced_before_it_is_taken() throws Exception {
            try (var gatekeeper = test.dataSource.getConnection();
                    var statement = gatekeeper.createStatement();
                    var threads = Executors.newSingleThreadExecutor()) {
                statement.execute("select pg_advisory_lock(4927131)");
                var waiting = threads.submit(() -> test.appendSome(1));
                Await.until(
                        "the append waits for its lock",
                        () -> isTrue("select count(*) > 0 from pg_locks where not granted"));

                var taken = isTrue("select is_called from event_log_position");
                statement.execute("select pg_advisory_unlock(4927131)");
                waiting.get(30, TimeUnit.SECONDS);

                assertThat(taken).isFalse();
                assertThat(isTrue("select is_called from event_log_position")).isTrue();
            }
        }

        @Test
        void waits_for_each_of_several_open_transactions() {
            var first = test.writer();
            var second = test.writer();
            var third = test.writer();
            first.append(anEvent());
            second.append(anEvent());
            third.append(anEvent());
            test.appendSome(1);
            assertThat(test.log.read(0, 10)).isEmpty();

            third.commit();
            assertThat(test.log.read(0, 10)).isEmpty();
            first.commit();
            assertThat(positions(test.log.read(0, 10))).containsExactly(1L);
            second.rollback();

            assertThat(positions(test.log.read(1, 10))).containsExactly(3L, 4L);
        }

        @Test
        void does_not_wait_for_those_who_only_read_or_write_other_things() throws SQLException {
            test.execute("create table something_else (id int)");
            try (var bystander = test.dataSource.getConnection()) {
                bystander.setAutoCommit(false);
                try (var statement = bystander.createStatement()) {
                    statement.execute("insert into something_else values (1)");
                    statement.execute("select count(*) from event_log");
                }
                var lost = test.writer();
                lost.append(anEvent());
                lost.rollback();
                test.appendSome(1);

                assertThat(positions(test.log.read(0, 10))).containsExactly(2L);
            }
        }

        /** Each append begins before the one before it ends, so there is never a moment without an open one. */
        @Test
        void keeps_up_with_steady_traffic_in_which_every_other_append_is_rolled_back() {
            var read = new ArrayList<Long>();
            var committed = new ArrayList<Long>();
            Deque<Writer> open = new ArrayDeque<>();
            open.add(test.writer());
            open.getLast().append(anEvent());

            for (var position = 1L; position <= 200; position++) {
                var next = test.writer();
                next.append(anEvent());
                open.add(next);
                try (var ending = open.removeFirst()) {
                    if (position % 2 == 0) {
                        ending.commit();
                        committed.add(position);
                    } else {
                        ending.rollback();
                    }
                }
                var last = read.isEmpty() ? 0 : read.getLast();
                read.addAll(positions(test.log.read(last, 100)));

                // at most behind those who were there when the gap was met
                assertThat(read).hasSizeGreaterThanOrEqualTo(committed.size() - 2);
            }
            open.getLast().rollback();
            read.addAll(positions(test.log.read(read.getLast(), 100)));

            assertThat(read).isEqualTo(committed);
        }

        @Test
        void is_not_held_up_by_others_who_keep_asking_for_the_end() {
            var gapAt = test.writer();
            gapAt.append(anEvent());
            var meanwhile = test.writer();
            meanwhile.append(anEvent());
            test.appendSome(1);
            assertThat(test.log.read(0, 10)).isEmpty();
            gapAt.rollback();
            var newcomer = test.writer();
            newcomer.append(anEvent());
            test.appendSome(1);
            test.log.lastStablePosition();
            meanwhile.rollback();

            assertThat(positions(test.log.read(0, 10))).containsExactly(3L);
        }
    }

    @Nested
    class While_appends_queue_up {

        @BeforeEach
        void where_they_do() {
            assumeTrue(!database.letsAppendsRunSideBySide());
        }

        @Test
        void loses_nothing_to_a_transaction_that_stays_open() throws Exception {
            var late = test.writer();
            var event = anEvent();
            late.append(event);
            try (var threads = Executors.newSingleThreadExecutor()) {
                var waiting = threads.submit(() -> test.appendSome(2));
                Await.until(
                        "the second append waits for the first",
                        () -> isTrue(
                                "select count(*) > 0 from information_schema.sessions where blocker_id is not null"));
                assertThat(waiting).isNotDone();
                assertThat(test.log.read(0, 10)).isEmpty();

                late.commit();
                waiting.get(30, TimeUnit.SECONDS);
            }

            assertThat(positions(test.log.read(0, 10))).containsExactly(1L, 2L, 3L);
            assertThat(ids(test.log.read(0, 1))).containsExactly(event.getIdentifier());
        }

        @Test
        void finds_no_gap_after_a_roll_back() {
            var lost = test.writer();
            lost.append(anEvent(), anEvent());
            lost.rollback();
            test.appendSome(2);

            assertThat(positions(test.log.read(0, 10))).containsExactly(1L, 2L);
        }
    }

    /** Seeded, but the threads' order is chance all the same: the seed is for the mix of long, short and lost transactions. */
    @Test
    void gets_everything_exactly_once_and_in_order_from_a_crowd_of_writers() throws Exception {
        var seed = new Random().nextLong();
        var writers = 8;
        var transactions = 150;
        var committed = new ConcurrentLinkedQueue<String>();
        // on H2 transactions wait for each other before they begin, as applications see to; elsewhere nobody waits
        var onlyTurn = new ReentrantLock(true);
        Supplier<Lock> turns = database.letsAppendsRunSideBySide() ? ReentrantLock::new : () -> onlyTurn;
        var otherProcess = test.ofAnotherProcess();
        List<String> followed = new ArrayList<>();
        List<String> followedElsewhere = new ArrayList<>();
        try (var stream = test.log.openStream(null);
                var streamElsewhere = otherProcess.openStream(null);
                var threads = Executors.newFixedThreadPool(writers)) {
            var work = new ArrayList<Future<?>>();
            for (var i = 0; i < writers; i++) {
                var random = new Random(seed + i);
                var begin = turns.get();
                work.add(threads.submit(() -> {
                    try (var writer = new Writer(test.log, test.dataSource, Clock.systemUTC())) {
                        for (var n = 0; n < transactions; n++) {
                            var written = new ArrayList<String>();
                            begin.lock();
                            try {
                                for (var events = 1 + random.nextInt(3); events > 0; events--) {
                                    var event = anEvent();
                                    writer.append(event);
                                    written.add(event.getIdentifier());
                                    LockSupport.parkNanos(random.nextInt(10) == 0 ? random.nextInt(10_000_000) : 0);
                                }
                                if (random.nextInt(4) == 0) {
                                    writer.rollback();
                                } else {
                                    writer.commit();
                                    committed.addAll(written);
                                    test.log.wake();
                                }
                            } finally {
                                begin.unlock();
                            }
                        }
                        return null;
                    }
                }));
            }
            var writing = true;
            while (writing) {
                writing = work.stream().anyMatch(writer -> !writer.isDone());
                while (stream.hasNextAvailable(1, TimeUnit.MILLISECONDS)) {
                    followed.add(stream.nextAvailable().getIdentifier());
                }
                while (streamElsewhere.hasNextAvailable()) {
                    followedElsewhere.add(streamElsewhere.nextAvailable().getIdentifier());
                }
            }
            for (var writer : work) {
                writer.get();
            }
            while (followed.size() < committed.size() && stream.hasNextAvailable(30, TimeUnit.SECONDS)) {
                followed.add(stream.nextAvailable().getIdentifier());
            }
            while (followedElsewhere.size() < committed.size()
                    && streamElsewhere.hasNextAvailable(30, TimeUnit.SECONDS)) {
                followedElsewhere.add(streamElsewhere.nextAvailable().getIdentifier());
            }
        } finally {
            otherProcess.close();
        }

        assertThat(followed).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(committed);
        assertThat(followed).isEqualTo(ids(test.log.read(0, 10_000)));
        assertThat(followedElsewhere).isEqualTo(followed);
    }

    private boolean isTrue(String query) {
        try (var connection = test.dataSource.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return rows.next() && rows.getBoolean(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
