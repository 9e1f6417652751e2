package dev.rapport.events.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** By which processes that share a log on PostgreSQL tell each other of new events. */
@Timeout(60)
class A_bell_of_the_log {

    private static final Duration NEVER = Duration.ofHours(1);

    private TestLog test;
    private LogBell ours;
    private LogBell theirs;

    @BeforeEach
    void hang() {
        test = new TestLog(Database.POSTGRESQL);
        ours = bell();
        theirs = bell();
    }

    @AfterEach
    void takeDown() {
        ours.close();
        theirs.close();
        test.close();
    }

    private LogBell bell() {
        return new LogBell(new DriverManagerDataSource(test.dataSource.getJdbcUrl(), "postgres", ""));
    }

    private EventLog log(LogBell bell) {
        return new EventLog(test.dataSource, NEVER, PersonalKeys.in(test.dataSource, TestLog.MASTER_KEY), bell);
    }

    /** How often a listener was called, once it has been called for having begun to listen. */
    private AtomicInteger listening(LogBell bell) {
        var heard = new AtomicInteger();
        bell.listen(heard::incrementAndGet);
        Await.until("it listens", () -> heard.get() == 1);
        return heard;
    }

    @Test
    void wakes_readers_in_another_process_that_would_not_look_by_themselves() throws InterruptedException {
        try (var appending = log(ours);
                var reading = log(theirs)) {
            listening(theirs);
            var stream = reading.openStream(reading.createTailToken());
            for (var i = 0; i < 10; i++) {
                var event = TestLog.anEvent();
                test.append(event);
                appending.wake();

                assertThat(stream.hasNextAvailable(30, TimeUnit.SECONDS)).isTrue();
                assertThat(stream.nextAvailable().getIdentifier()).isEqualTo(event.getIdentifier());
            }
        }
    }

    @Test
    void sounds_seldom_however_often_it_is_rung() {
        var heard = listening(theirs);
        var start = System.nanoTime();
        for (var i = 0; i < 100_000; i++) {
            ours.ring();
        }
        Await.until("it is heard", () -> heard.get() > 1);
        var milliseconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

        // once at the start and then every 3 ms at the most
        assertThat(heard.get() - 1L).isLessThanOrEqualTo(milliseconds / 3 + 2);
    }

    @Test
    void is_heard_again_after_the_connections_were_lost() {
        var heard = listening(theirs);
        ours.ring();
        Await.until("it is heard", () -> heard.get() == 2);

        test.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                + " and query ilike '%rapport_event_log%' and pid <> pg_backend_pid()");

        Await.until("it listens again", () -> heard.get() == 3);
        Await.until("it is heard again", () -> {
            ours.ring();
            return heard.get() > 3;
        });
    }

    @Test
    void is_silent_for_who_listens_no_more() {
        var gone = new AtomicInteger();
        Runnable goes = gone::incrementAndGet;
        theirs.listen(goes);
        Await.until("it listens", () -> gone.get() == 1);
        var stays = new AtomicInteger();
        theirs.listen(stays::incrementAndGet);
        theirs.listenNoMore(goes);

        ours.ring();

        Await.until("it is heard", () -> stays.get() == 1);
        assertThat(gone.get()).isEqualTo(1);
    }
}
