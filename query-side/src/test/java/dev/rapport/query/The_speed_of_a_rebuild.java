package dev.rapport.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.DomainEvent;
import dev.rapport.events.storage.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

/** Measures, and prints what it measured: {@code -Drapport.measure=200000} for so many events. */
@EnabledIfSystemProperty(named = "rapport.measure", matches = "\\d+")
@OnEachDatabase
class The_speed_of_a_rebuild {

    private static final long SEED = 20261127;
    private static final int AT_A_TIME = 500;

    @Parameter
    Database database;

    @Test
    void is_printed() throws InterruptedException {
        int events = Integer.getInteger("rapport.measure");
        var log = new Log(database);
        var history = new RandomHistory(SEED, "speed");
        long start = System.nanoTime();
        while (log.log.lastStablePosition() < events) {
            List<RandomHistory.Happening> next = history.next(AT_A_TIME);
            List<DomainEvent> all =
                    next.stream().flatMap(each -> each.events().stream()).toList();
            log.append(Log.SOMEBODY, next.getFirst().occurredAt(), all);
        }
        print("append", log.log.lastStablePosition(), start);
        start = System.nanoTime();
        long read = 0;
        List<StoredEvent> page = log.log.read(0, 5_000);
        while (!page.isEmpty()) {
            read += log.log.recorded(page).size();
            page = log.log.read(page.getLast().position(), 5_000);
        }
        print("scan and parse in one thread", read, start);
        start = System.nanoTime();
        String url = database.freshUrl();
        try (var queries = RunningQuerySide.of(
                log, database, url, "--rapport.rebuild.keep-old=PT0S", "--logging.level.dev.rapport=INFO")) {
            queries.catchUp();
            print("live projection", read, start);
            for (int turn = 0; turn < 3; turn++) {
                start = System.nanoTime();
                String id = queries.post("operator", "/api/v1/operations/rebuilds", "{}")
                        .json()
                        .get("id")
                        .asString();
                String state = "";
                JsonNode shown = null;
                while (shown == null || shown.get("finishedAt") == null) {
                    TimeUnit.MILLISECONDS.sleep(20);
                    shown = queries.get("operator", "/api/v1/operations/rebuilds/" + id)
                            .ok()
                            .json();
                    if (!shown.get("state").asString().equals(state)) {
                        state = shown.get("state").asString();
                        print("  until " + state, read, start);
                    }
                }
                System.out.println(database + ": " + shown);
                assertThat(state).isEqualTo("DONE");
            }
        } finally {
            log.close();
        }
    }

    /** With the time of the processor that this JVM took so far, for machines that have other things to do. */
    private void print(String what, long events, long start) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Duration processor = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        System.out.printf(
                "%s: %s: %d events in %.2f s, %.0f/s; processor %.2f s so far%n",
                database,
                what,
                events,
                took.toMillis() / 1_000.0,
                events * 1_000.0 / Math.max(1, took.toMillis()),
                processor.toMillis() / 1_000.0);
    }
}
