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

    /** A full page, and one that is not. */
    private static final int EVENTS = 300;

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

    private void tell(Consumer<RecordedEvent> listener) {
        chronicle.tell(chronicle.find("R-1"), new Known.Everything(), listener);
    }

    /** How many events are told to who does nothing with them. */
    private int told() {
        AtomicInteger told = new AtomicInteger();
        tell(_ -> told.incrementAndGet());
        return told.get();
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
    void reads_nothing_beyond_a_second_page_that_is_the_last() {
        reads.letGo();

        assertThat(told()).isEqualTo(TOLD);

        assertThat(reads.ahead).hasValue(1);
        assertThat(reads.all)
                .as("its version and two pages, and those of its stakeholder, which has one page")
                .hasValue(5);
    }

    @Test
    void has_not_ended_while_anything_is_still_read() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        var telling = new FutureTask<Void>(
                () -> tell(_ -> {
                    told.countDown();
                    throw new IllegalStateException("enough");
                }),
                null);
        Thread teller = Thread.ofPlatform().start(telling);
        told.await();

        Eventually.is(() -> telling.isDone() || teller.getState() == Thread.State.WAITING);
        assertThat(telling.isDone()).isFalse();

        reads.letGo();
        assertThatThrownBy(telling::get).hasRootCauseMessage("enough");
        assertThat(reads.ahead).hasValue(1);
    }

    @Test
    void has_whoever_tells_read_himself_when_enough_is_read_ahead_for_others() {
        tell(atTheFirst(() -> tell(atTheFirst(() -> {
            Eventually.is(() -> reads.ahead.get() == BOUND);

            assertThat(told()).isEqualTo(TOLD);
            assertThat(reads.ahead).hasValue(BOUND);

            reads.letGo();
        }))));

        assertThat(told()).isEqualTo(TOLD);
        assertThat(reads.ahead).as("nothing is read ahead for others any more").hasValue(BOUND + 1);
    }

    /** Counts who asks for a connection to read by, and has those who read ahead wait for a word: as many as there may be. */
    private static final class Reads extends DelegatingDataSource {

        private final AtomicInteger all = new AtomicInteger();
        private final AtomicInteger ahead = new AtomicInteger();
        private final CountDownLatch word = new CountDownLatch(1);

        Reads(DataSource log) {
            super(log);
        }

        void letGo() {
            word.countDown();
        }

        @Override
        public Connection getConnection() throws SQLException {
            all.incrementAndGet();
            if (Thread.currentThread().isVirtual() && ahead.incrementAndGet() <= BOUND) {
                try {
                    word.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new SQLException(interrupted);
                }
            }
            return super.getConnection();
        }
    }
}
