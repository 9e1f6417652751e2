package dev.rapport.query;

import static dev.rapport.query.Examples.interaction;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.query.projection.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
class Batches_that_take_long {

    private static final long LONG = Duration.ofMillis(200).toNanos();

    @Parameter
    Database database;

    private final Faults faults = new Faults();
    private Log log;
    private RunningQuerySide queries;

    @BeforeEach
    void start() {
        log = new Log(database);
        queries = RunningQuerySide.faulty(log, database, database.freshUrl(), faults);
    }

    @AfterEach
    void end() {
        queries.close();
        log.close();
    }

    /** A batch of one that takes its time. */
    private record Batch(long begun, long ended) {}

    @Test
    void let_the_next_one_wait_for_more_to_come() {
        log.append(stakeholder("S-1", "Pell"), relationship("R-1", "S-1", "manager1"));
        queries.catchUp();
        List<Batch> batches = Collections.synchronizedList(new ArrayList<>());
        faults.beforeEachBatch(_ -> {
            long begun = System.nanoTime();
            if (batches.isEmpty()) {
                log.append(interaction("R-1", "while-it-takes-long", "they called"));
                for (long left = LONG; left > 0; left = LONG - (System.nanoTime() - begun)) {
                    LockSupport.parkNanos(left);
                }
            }
            batches.add(new Batch(begun, System.nanoTime()));
        });

        log.append(interaction("R-1", "at-first", "we called"));
        queries.catchUp();
        queries.catchUp(); // with what was appended meanwhile

        assertThat(batches).hasSize(2);
        assertThat(Duration.ofNanos(
                        batches.getLast().begun() - batches.getFirst().ended()))
                .isGreaterThan(Duration.ofMillis(90));
    }
}
