package dev.rapport.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rapport.command.Await;
import dev.rapport.events.storage.DatabaseAway;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.axonframework.common.lock.Lock;
import org.axonframework.common.lock.PessimisticLockFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class StreamLocksTest {

    private static final String STREAM = "relationship/R-1";

    private final EventPool pool = new EventPool();
    private final StreamLocks locks = new StreamLocks(PessimisticLockFactory.usingDefaults(), pool);

    @BeforeEach
    void start() {
        pool.setJdbcUrl("jdbc:h2:mem:locks");
        pool.setUsername("sa");
        pool.setMaximumPoolSize(1);
        pool.setConnectionTimeout(250);
    }

    @AfterEach
    void end() {
        pool.close();
    }

    /** Somebody in another thread, who waits for the stream. */
    private CompletableFuture<Void> somebodyWaits() {
        CompletableFuture<Thread> who = new CompletableFuture<>();
        CompletableFuture<Void> outcome = CompletableFuture.runAsync(
                () -> {
                    who.complete(Thread.currentThread());
                    locks.obtainLock(STREAM).release();
                },
                command -> Thread.ofPlatform().start(command));
        Thread waiting = who.join();
        Await.until("somebody waits", () -> waiting.getState() == Thread.State.TIMED_WAITING);
        return outcome;
    }

    private void findDatabaseAway() throws SQLException {
        try (Connection theOnlyOne = pool.getConnection()) {
            assertThat(theOnlyOne.isValid(1)).isTrue();
            assertThatExceptionOfType(SQLTransientConnectionException.class).isThrownBy(pool::getConnection);
        }
    }

    @Test
    void tell_who_waited_that_the_database_was_found_away() throws SQLException {
        Lock lock = locks.obtainLock(STREAM);
        CompletableFuture<Void> waiting = somebodyWaits();

        findDatabaseAway();
        lock.release();

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(waiting::join)
                .withCauseInstanceOf(DataAccessResourceFailureException.class)
                .matches(DatabaseAway::caused);
    }

    @Test
    void are_given_to_who_waited_when_the_database_is_back() throws SQLException {
        Lock lock = locks.obtainLock(STREAM);
        CompletableFuture<Void> waiting = somebodyWaits();

        findDatabaseAway();
        pool.getConnection().close();
        lock.release();

        waiting.join();
    }

    @Test
    void are_given_to_who_comes_after_the_database_was_found_away() throws SQLException {
        findDatabaseAway();

        locks.obtainLock(STREAM).release();
    }
}
