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
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
@Isolated("a batch that waits for a processor takes longer than it says")
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

    /** Busy for that long, and not waiting for anything. */
    private static Batch lasting(long nanos) {
        long begun = System.nanoTime();
        for (long left = nanos; left > 0; left = nanos - (System.nanoTime() - begun)) {
            LockSupport.parkNanos(left);
        }
        return new Batch(begun, System.nanoTime());
    }

    @Test
    void are_half_of_the_time_at_most_and_no_event_waits_for_longer_than_that() {
        List<Batch> batches = new CopyOnWriteArrayList<>();
        faults.beforeEachBatch(_ -> batches.add(lasting(LONG)));

        for (int round = 0; round < ROUNDS; round++) {
            log.append(stakeholder("S-" + round, "Pell"));
            queries.catchUp();
        }

        assertThat(batches).hasSize(ROUNDS);
        long nanos = batches.getLast().begun() - batches.getFirst().begun();
        // four of them in twice their time, but for 50 ms that are kept; far less than Axon looks by itself in
        assertThat(Duration.ofNanos(nanos)).isBetween(Duration.ofMillis(600), Duration.ofSeconds(2));
    }
}
