package dev.rapport.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.query.projection.Faults;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** By which a query node says that it is ready. */
@Timeout(120)
class The_health_of_the_read_models {

    private static final long SEED = 20261127;

    private final RandomHistory history = new RandomHistory(SEED, "health");
    private final Faults faults = new Faults();

    private Status told(RunningQuerySide queries) {
        return queries.bean("readModelsHealthIndicator", HealthIndicator.class)
                .health()
                .getStatus();
    }

    private void happen(Log log) {
        history.next(20).forEach(happening -> log.append(Log.SOMEBODY, happening.occurredAt(), happening.events()));
    }

    @Test
    void is_out_of_service_until_they_have_come_up_to_the_log_once_and_up_however_far_they_fall_behind_later() {
        try (Log log = new Log(Database.H2)) {
            happen(log);
            CountDownLatch atFirst = new CountDownLatch(1);
            faults.hold(atFirst);
            try (RunningQuerySide queries = RunningQuerySide.faulty(log, Database.H2, Database.H2.freshUrl(), faults)) {
                assertThat(told(queries)).isEqualTo(Status.OUT_OF_SERVICE);

                faults.mend();
                atFirst.countDown();
                queries.catchUp();
                Eventually.is(() -> told(queries).equals(Status.UP));

                CountDownLatch later = new CountDownLatch(1);
                faults.hold(later);
                happen(log);
                assertThat(told(queries)).isEqualTo(Status.UP);
                later.countDown();
            }
        }
    }
}
