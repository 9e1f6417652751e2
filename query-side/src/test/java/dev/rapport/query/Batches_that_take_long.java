package dev.rapport.query;

import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.query.projection.Faults;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
class Batches_that_take_long {

    private static final long LONG = Duration.ofMillis(90).toNanos();
    private static final int ROUNDS = 5;

    @Parameter
    Database database;

    private final Faults faults = new Faults();
    private Log log;
    private RunningQuerySide queries;

    @BeforeEach
    void start() {
        log = new Log(database);
        queries =
                RunningQuerySide.faulty(log, database, database.freshUrl(), faults, "--rapport.projection.segments=1");
    }

    @AfterEach
    void end() {
        queries.close();
        log.close();
    }

    private record Batch(long begun, long ended) {}

    private static Batch lasting(long nanos) {
        long begun = System.nanoTime();
        for (long left = nanos; left > 0; left = nanos - (System.nanoTime() - begun)) {
            LockSupport.parkNanos(left);
        }
        return new Batch(begun, System.nanoTime());
    }

    @Test
    void let_the_next_ones_wait_for_more_to_come() {
        List<Batch> batches = new CopyOnWriteArrayList<>();
        faults.beforeEachBatch(_ -> batches.add(lasting(LONG)));

        for (int round = 0; round < ROUNDS; round++) {
            log.append(stakeholder("S-" + round, "Pell"));
            queries.catchUp();
        }

        assertThat(batches).hasSize(ROUNDS);
        Batch last = batches.getLast();
        Batch before = batches.get(ROUNDS - 2);
        assertThat(Duration.ofNanos(last.begun() - before.ended())).isGreaterThan(Duration.ofMillis(60));
    }
}
