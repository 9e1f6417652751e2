package dev.rapport.query.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.events.DomainEvent;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.MasterKey;
import dev.rapport.events.storage.MasterKeys;
import dev.rapport.events.storage.PersonalKeys;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.query.Database;
import dev.rapport.query.Eventually;
import dev.rapport.query.Examples;
import dev.rapport.query.Log;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class A_chronicle_that_reads_ahead {

    /** Two full pages, and one that is not. */
    private static final int EVENTS = 600;

    private static final int TOLD = EVENTS + 1;

    /** How many pages are read ahead at once, for whomever. */
    private static final int BOUND = 2;

    private final Log log = new Log(Database.H2);
    private final Reads reads = new Reads(log.dataSource);
    private final EventLog watched = new EventLog(
            reads,
            Duration.ofHours(1),
            PersonalKeys.in(
                    log.dataSource,
                    MasterKeys.only(MasterKey.of("dGhlIG1hc3RlciBrZXkgb2YgYWxsIHRlc3RzISEhISE=", "tests"))));
    private final Chronicle chronicle = new Chronicle(watched);

    @BeforeEach
    void a_relationship_has_a_page_of_events_and_some_more() {
        List<DomainEvent> events = new ArrayList<>();
        events.add(Examples.stakeholder("S-1", "Acme"));
        events.add(Examples.relationship("R-1", "S-1", "manager1"));
        for (int i = 1; i < EVENTS; i++) {
            events.add(Examples.interaction("R-1", "I-" + i, "we met"));
        }
        log.append(events.toArray(DomainEvent[]::new));
        reads.all.set(0);
    }

    @AfterEach
    void close() {
        watched.close();
        log.close();
    }

    private void tell(Known known, Consumer<RecordedEvent> listener) {
        chronicle.tell(chronicle.find("R-1"), known, listener);
    }

    /** How many events are told to who does nothing with them. */
    private int told(Known known) {
        AtomicInteger told = new AtomicInteger();
        tell(known, _ -> told.incrementAndGet());
        return told.get();
    }

    private int told() {
        return told(new Known.Everything());
    }

    private static Consumer<RecordedEvent> atTheFirst(Runnable action) {
        AtomicBoolean isLater = new AtomicBoolean();
        return _ -> {
            if (!isLater.getAndSet(true)) {
                action.run();
            }
        };
    }

    @Test
    void reads_each_page_once_and_all_but_the_first_ahead() {
        reads.letGo();

        assertThat(told()).isEqualTo(TOLD);

        assertThat(reads.ahead).hasValue(2);
        assertThat(reads.all)
                .as("its newest event and three pages, and those of its stakeholder, which has one page")
                .hasValue(6);
    }

    @Test
    void reads_nothing_ahead_of_what_was_known() {
        assertThat(told(new Known.By(Instant.EPOCH))).isZero();
        assertThat(told(chronicle.when(chronicle.find("R-1"), 10))).isEqualTo(11);

        assertThat(reads.ahead).hasValue(0);
    }

    @Test
    void asks_nothing_about_the_version_that_was_found() {
        Chronicle.Found found = chronicle.find("R-1");
        int before = reads.all.get();

        assertThat(chronicle.when(found, EVENTS))
                .isEqualTo(new Known.UpTo(found.newest().position(), EVENTS));
        assertThat(reads.all).hasValue(before);
    }

    @Test
    void tells_what_is_left_when_somebody_took_the_stakeholder_from_the_log() {
        reads.letGo();
        log.tamper("delete from event_log where stream = ?", "stakeholder/S-1");

        assertThat(told()).isEqualTo(EVENTS);
    }

    @Test
    void tells_a_version_that_came_after_the_relationship_was_found() {
        reads.letGo();
        Chronicle.Found before = chronicle.find("R-1");
        log.append(Examples.interaction("R-1", "I-late", "we met again"));
        AtomicInteger told = new AtomicInteger();

        chronicle.tell(before, chronicle.when(before, EVENTS + 1), _ -> told.incrementAndGet());

        assertThat(told).hasValue(TOLD + 1);
    }

    @Test
    void has_not_ended_while_anything_is_still_read() throws InterruptedException {
        waitsForWhoeverReadsAhead();
    }

    @Test
    void waits_for_the_last_page_though_the_one_before_cannot_be_read() throws InterruptedException {
        reads.firstAheadFails = true;

        waitsForWhoeverReadsAhead();
    }

    /** Though the telling fails at the first event, when pages are being read ahead. */
    private void waitsForWhoeverReadsAhead() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        var telling = new FutureTask<Void>(
                () -> tell(new Known.Everything(), _ -> {
                    told.countDown();
                    throw new IllegalStateException("enough");
                }),
                null);
        Thread teller = Thread.ofPlatform().start(telling);
        told.await();
        Eventually.is(() -> telling.isDone() || teller.getState() == Thread.State.WAITING);
        boolean ended = telling.isDone();
        reads.letGo();

        assertThat(ended).isFalse();
        assertThatThrownBy(telling::get).hasRootCauseMessage("enough");
        assertThat(reads.ahead).hasValue(BOUND);
    }

    @Test
    void fails_when_a_page_that_is_needed_cannot_be_read() {
        reads.firstAheadFails = true;
        reads.letGo();

        assertThatThrownBy(this::told).hasRootCauseMessage("the connection is gone");
    }

    @Test
    void has_whoever_tells_read_himself_when_enough_is_read_ahead_for_others() {
        tell(new Known.Everything(), atTheFirst(() -> {
            try {
                Eventually.is(() -> reads.ahead.get() == BOUND);

                assertThat(told()).isEqualTo(TOLD);
                assertThat(reads.ahead).hasValue(BOUND);
            } finally {
                reads.letGo();
            }
        }));

        assertThat(told()).isEqualTo(TOLD);
        assertThat(reads.ahead).as("nothing is read ahead for others any more").hasValue(2 * BOUND);
    }

    /** Counts who asks for a connection to read by, and has those who read ahead wait for a word: as many as there may be. */
    private static final class Reads extends DelegatingDataSource {

        private final AtomicInteger all = new AtomicInteger();
        private final AtomicInteger ahead = new AtomicInteger();
        private final CountDownLatch word = new CountDownLatch(1);
        private volatile boolean firstAheadFails;

        Reads(DataSource log) {
            super(log);
        }

        void letGo() {
            word.countDown();
        }

        @Override
        public Connection getConnection() throws SQLException {
            all.incrementAndGet();
            if (Thread.currentThread().isVirtual()) {
                await(ahead.incrementAndGet());
            }
            return super.getConnection();
        }

        private void await(int number) throws SQLException {
            if (number == 1 && firstAheadFails) {
                throw new SQLException("the connection is gone");
            }
            if (number <= BOUND) {
                try {
                    word.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new SQLException(interrupted);
                }
            }
        }
    }
}
