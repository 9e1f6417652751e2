package dev.rapport.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rapport.command.Await;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions take turns, whatever becomes of the one before. */
class QueueingTransactionManagerTest {

    private final Line line = new Line();
    private final TransactionTemplate patient = transactions(Duration.ofSeconds(30));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);

    private TransactionTemplate transactions(Duration patience) {
        return new TransactionTemplate(new QueueingTransactionManager(line, patience));
    }

    /** The line to a database, which can be cut. */
    private static final class Line extends DelegatingDataSource {

        private volatile boolean cut;

        Line() {
            super(h2());
        }

        private static JdbcDataSource h2() {
            JdbcDataSource h2 = new JdbcDataSource();
            h2.setURL("jdbc:h2:mem:turns");
            h2.setUser("sa");
            return h2;
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (cut) {
                throw new SQLException("the line is cut");
            }
            return super.getConnection();
        }
    }

    @AfterEach
    void stop() {
        letGo.countDown();
        threads.close();
    }

    private Future<?> hold(TransactionTemplate transactions) throws InterruptedException {
        Future<?> holder = threads.submit(() -> transactions.executeWithoutResult(_ -> {
            held.countDown();
            await(letGo);
        }));
        await(held);
        return holder;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void begin_in_the_order_of_their_coming() throws Exception {
        List<Integer> begun = new CopyOnWriteArrayList<>();
        Future<?> holder = hold(patient);
        for (int i = 0; i < 5; i++) {
            int number = i;
            Thread waiting = Thread.ofPlatform().start(() -> patient.executeWithoutResult(_ -> begun.add(number)));
            Await.until("it waits for its turn", () -> waiting.getState() == Thread.State.TIMED_WAITING);
        }
        assertThat(begun).isEmpty();
        letGo.countDown();
        holder.get(30, TimeUnit.SECONDS);
        Await.until("all had their turn", () -> begun.size() == 5);
        assertThat(begun).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void refuse_whoever_waits_too_long_and_go_on_after() throws Exception {
        TransactionTemplate impatient = transactions(Duration.ofMillis(20));
        Future<?> holder = hold(impatient);
        assertThatExceptionOfType(CannotCreateTransactionException.class)
                .isThrownBy(() -> impatient.executeWithoutResult(_ -> {}))
                .withMessageContaining("the transactions before this one");
        letGo.countDown();
        holder.get(30, TimeUnit.SECONDS);
        assertThat(impatient.<Boolean>execute(_ -> true)).isTrue();
    }

    @Test
    void go_on_after_one_that_was_rolled_back_or_could_not_begin() throws Exception {
        patient.executeWithoutResult(status -> status.setRollbackOnly());
        line.cut = true;
        assertThatExceptionOfType(CannotCreateTransactionException.class)
                .isThrownBy(() -> patient.executeWithoutResult(_ -> {}));
        line.cut = false;
        assertThat(threads.submit(() -> patient.<Boolean>execute(_ -> true)).get(30, TimeUnit.SECONDS))
                .isTrue();
    }
}
