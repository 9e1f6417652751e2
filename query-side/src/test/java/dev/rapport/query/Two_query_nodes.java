package dev.rapport.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.query.projection.Faults;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two nodes on one PostgreSQL. */
class Two_query_nodes {

    private static final long SEED = 20261127;
    private static final String REBUILDS = "/api/v1/operations/rebuilds";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String[] SMALL_STEPS = {
        "--rapport.rebuild.batch-size=50",
        "--rapport.rebuild.share-size=100",
        "--rapport.rebuild.lease=PT2S",
        "--rapport.rebuild.look-every=PT0.05S"
    };

    private final Database database = Database.POSTGRESQL;
    private final Faults faults = new Faults();
    private RandomHistory history;
    private Log log;
    private String url;
    private RunningQuerySide one;
    private RunningQuerySide other;

    @BeforeEach
    void start() {
        System.out.println("seed " + SEED);
        log = new Log(database);
        history = new RandomHistory(SEED, "nodes");
        happen(400);
        url = database.freshUrl();
        one = RunningQuerySide.faulty(log, database, url, faults, SMALL_STEPS);
        other = RunningQuerySide.of(log, database, url, SMALL_STEPS);
        one.catchUp();
    }

    @AfterEach
    void end() {
        faults.mend();
        one.close();
        other.close();
        log.close();
    }

    private void happen(int count) {
        history.next(count).forEach(happening -> log.append(Log.SOMEBODY, happening.occurredAt(), happening.events()));
    }

    private static String ask(RunningQuerySide node) {
        return node.post("operator", REBUILDS, "{}").json().get("id").asString();
    }

    private static JsonNode ended(RunningQuerySide node, String id) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        JsonNode shown = node.get("operator", REBUILDS + "/" + id).ok().json();
        while (shown.get("finishedAt") == null && System.nanoTime() < deadline) {
            shown = node.get("operator", REBUILDS + "/" + id).ok().json();
        }
        assertThat(shown.get("state").asString()).as(shown.toString()).isEqualTo("DONE");
        return shown;
    }

    @Test
    void change_over_to_the_new_generation_together() {
        ended(other, ask(one));

        happen(100);
        one.catchUp();
        other.catchUp();
        assertThat(Rows.schemaOf(url, database.user())).isEqualTo("g2");
        List<JsonNode> told = one.all("head", "/api/v1/relationships");
        assertThat(told).isNotEmpty().isEqualTo(other.all("head", "/api/v1/relationships"));
        String fresh = database.freshUrl();
        try (var fromScratch = RunningQuerySide.of(log, database, fresh)) {
            fromScratch.catchUp();
            assertThat(Rows.of(url, database.user())).isEqualTo(Rows.of(fresh, database.user()));
        }
    }

    @Test
    void go_on_with_each_others_rebuild() throws InterruptedException {
        var reached = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        var batches = new AtomicInteger();
        faults.beforeEachBatch(_ -> {
            if (Thread.currentThread().getName().startsWith("rebuild") && batches.incrementAndGet() > 3) {
                reached.countDown();
                try {
                    over.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        });
        other.close(); // so that it is the one that begins
        String id = ask(one);
        assertThat(reached.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        other = RunningQuerySide.of(log, database, url, SMALL_STEPS);

        Thread stopping = Thread.ofPlatform().start(one::close);
        over.countDown();
        stopping.join();

        ended(other, id);
        one = RunningQuerySide.of(log, database, url, SMALL_STEPS);
        assertThat(Rows.schemaOf(url, database.user())).isEqualTo("g2");
        assertThat(one.all("head", "/api/v1/relationships"))
                .isNotEmpty()
                .isEqualTo(other.all("head", "/api/v1/relationships"));
    }
}
