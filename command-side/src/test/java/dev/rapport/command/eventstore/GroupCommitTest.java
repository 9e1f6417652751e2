package dev.rapport.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.zaxxer.hikari.HikariDataSource;
import dev.rapport.command.Await;
import dev.rapport.command.Database;
import dev.rapport.command.Racers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.axonframework.common.lock.LockFactory;
import org.axonframework.common.lock.PessimisticLockFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** What commands have to write is committed with that of others, and what goes wrong is the guilty one's alone. */
@ParameterizedClass
@EnumSource(Database.class)
class GroupCommitTest {

    private static final long SEED = Long.getLong("group-commit.seed", 20_261_127);
    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    private final HikariDataSource pool = new HikariDataSource();
    private final JdbcClient sql;
    private final Numbers numbers;
    private final LockFactory locks = PessimisticLockFactory.usingDefaults();
    private final AggregateCache aggregates =
            new AggregateCache(Caffeine.newBuilder().build());
    private final AtomicInteger committed = new AtomicInteger();
    private final GroupCommit commits;

    GroupCommitTest(Database database) {
        pool.setJdbcUrl(database.create());
        pool.setUsername(database == Database.H2 ? "sa" : "postgres");
        pool.setConnectionTimeout(1_000);
        sql = JdbcClient.create(pool);
        sql.sql("create table number (n int primary key)").update();
        numbers = new Numbers(new JdbcTemplate(pool));
        var transactions = database == Database.H2
                ? new QueueingTransactionManager(pool, Duration.ofSeconds(30))
                : new JdbcTransactionManager(pool);
        commits = new GroupCommit(
                new TransactionTemplate(transactions),
                committed::incrementAndGet,
                locks,
                aggregates,
                database == Database.H2 ? 1 : 2);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    /** Writes numbers, each of which can be there once only; remembers in which groups. */
    private static final class Numbers implements GroupWriter<Integer> {

        private static final int UNSPEAKABLE = -1;

        private final JdbcTemplate sql;
        private final List<List<Integer>> groups = new CopyOnWriteArrayList<>();
        private volatile CountDownLatch held = new CountDownLatch(0);

        Numbers(JdbcTemplate sql) {
            this.sql = sql;
        }

        @Override
        public Stage stage() {
            return Stage.EVENTS;
        }

        @Override
        public void write(List<Integer> rows) {
            groups.add(List.copyOf(rows));
            try {
                held.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            if (rows.contains(UNSPEAKABLE)) {
                throw new IllegalStateException("no such number");
            }
            sql.batchUpdate(
                    "insert into number (n) values (?)",
                    rows.stream().map(row -> new Object[] {row}).toList());
        }
    }

    private void write(int number) {
        commits.write(numbers, number);
    }

    private CompletableFuture<Void> writing(int number) {
        return CompletableFuture.runAsync(() -> write(number), THREADS);
    }

    private Set<Integer> written() {
        return Set.copyOf(sql.sql("select n from number").query(Integer.class).list());
    }

    /** As many as there are lanes are on their way, and go no further. */
    private List<CompletableFuture<Void>> holdUpAllLanes(int lanes) {
        numbers.held = new CountDownLatch(1);
        return IntStream.range(0, lanes)
                .mapToObj(lane -> {
                    CompletableFuture<Void> first = writing(1_000 + lane);
                    Await.until("lane " + lane + " is busy", () -> numbers.groups.size() > lane);
                    return first;
                })
                .toList();
    }

    private int lanes() {
        return pool.getJdbcUrl().startsWith("jdbc:h2") ? 1 : 2;
    }

    /** Those that come while all lanes are busy. */
    private List<CompletableFuture<Void>> meanwhile(List<Integer> some) {
        List<CompletableFuture<Void>> writing = some.stream().map(this::writing).toList();
        Await.until("all wait", () -> commits.waiting() == some.size());
        return writing;
    }

    private static void areDone(List<CompletableFuture<Void>> some) {
        some.forEach(CompletableFuture::join);
    }

    @Test
    void one_alone_is_there_when_it_has_returned() {
        write(1);
        assertThat(written()).containsExactly(1);
        assertThat(committed).hasValue(1);
    }

    @Test
    void those_that_come_while_others_are_on_their_way_are_committed_together() {
        List<CompletableFuture<Void>> first = holdUpAllLanes(lanes());
        List<CompletableFuture<Void>> others = meanwhile(List.of(1, 2, 3, 4, 5));

        numbers.held.countDown();
        areDone(first);
        areDone(others);

        assertThat(numbers.groups).hasSize(lanes() + 1);
        assertThat(numbers.groups.getLast()).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
        assertThat(committed).hasValue(lanes() + 1);
        assertThat(written()).hasSize(lanes() + 5);
    }

    @Test
    void a_failure_is_that_of_the_guilty_one_alone() {
        write(3);
        numbers.groups.clear();
        List<CompletableFuture<Void>> first = holdUpAllLanes(lanes());
        List<CompletableFuture<Void>> others = meanwhile(List.of(1, 2, 3, 4));

        numbers.held.countDown();
        areDone(first);

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> others.get(2).join())
                .withCauseInstanceOf(DuplicateKeyException.class);
        areDone(List.of(others.get(0), others.get(1), others.get(3)));
        assertThat(written()).contains(1, 2, 3, 4);
    }

    @Test
    void so_is_one_that_is_no_fault_of_the_database() {
        List<CompletableFuture<Void>> first = holdUpAllLanes(lanes());
        List<CompletableFuture<Void>> others = meanwhile(List.of(1, Numbers.UNSPEAKABLE));

        numbers.held.countDown();
        areDone(first);

        others.get(0).join();
        assertThat(others.get(1)).failsWithin(Duration.ofSeconds(30));
        assertThat(written()).contains(1).doesNotContain(Numbers.UNSPEAKABLE);
    }

    @Test
    void a_database_that_is_gone_is_asked_once_for_all_of_a_group() {
        holdUpAllLanes(lanes());
        List<CompletableFuture<Void>> others = meanwhile(List.of(1, 2, 3));
        pool.close();

        numbers.held.countDown();

        others.forEach(gone -> assertThat(gone).failsWithin(Duration.ofSeconds(30)));
        assertThat(numbers.groups).hasSize(lanes());
        assertThatExceptionOfType(CannotCreateTransactionException.class).isThrownBy(() -> write(7));
    }

    @Test
    void who_is_interrupted_while_waiting_hears_all_the_same_what_became_of_it() {
        List<CompletableFuture<Void>> first = holdUpAllLanes(lanes());
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread waiting = Thread.ofPlatform().start(() -> {
            write(1);
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        Await.until("it waits", () -> commits.waiting() == 1);

        waiting.interrupt();
        numbers.held.countDown();
        areDone(first);

        assertThat(interrupted.join()).isTrue();
        assertThat(written()).contains(1);
    }

    @Test
    void nobody_is_forgotten_in_a_crowd() {
        System.out.println("seed " + SEED);
        int each = 50;
        List<Integer> accepted = new CopyOnWriteArrayList<>();
        List<Integer> refused = new CopyOnWriteArrayList<>();
        Racers.race(32, racer -> {
            var random = new Random(SEED + racer);
            for (int i = 0; i < each; i++) {
                // some numbers are everybody's, and only one gets them
                int number = random.nextInt(4) == 0 ? random.nextInt(20) : 100 + racer * each + i;
                try {
                    write(number);
                    accepted.add(number);
                } catch (DuplicateKeyException taken) {
                    refused.add(number);
                }
            }
            return racer;
        });
        assertThat(accepted).doesNotHaveDuplicates().hasSize(32 * each - refused.size());
        assertThat(refused).isNotEmpty().allMatch(number -> number < 20);
        assertThat(written()).containsExactlyInAnyOrderElementsOf(accepted);
        assertThat(commits.waiting()).isZero();
        write(99);
        assertThat(written()).contains(99);
    }

    private static SortedSet<String> streams(String... names) {
        return new TreeSet<>(List.of(names));
    }

    @Test
    void those_who_decide_together_leave_nothing_when_one_fails() {
        aggregates.put("a", "remembered");
        aggregates.put("c", "remembered");

        assertThatIllegalStateException()
                .isThrownBy(() -> commits.together(streams("a", "b"), () -> {
                    write(1);
                    commits.flush();
                    assertThat(written()).containsExactly(1);
                    write(Numbers.UNSPEAKABLE);
                    return 0;
                }));

        assertThat(written()).isEmpty();
        assertThat(committed).hasValue(0);
        assertThat(aggregates.containsKey("a")).isFalse();
        assertThat(aggregates.containsKey("c")).isTrue();
    }

    @Test
    void nobody_else_deals_with_their_streams_until_they_are_committed() {
        CompletableFuture<Set<Integer>> seen = new CompletableFuture<>();
        commits.together(streams("a", "b"), () -> {
            Thread.ofPlatform().start(() -> {
                var lock = locks.obtainLock("b");
                seen.complete(written());
                lock.release();
            });
            write(1);
            return 0;
        });
        assertThat(seen.join()).containsExactly(1);
        assertThat(committed).hasValue(1);
    }
}
