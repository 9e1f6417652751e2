package dev.rapport.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.CommitmentRecorded;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.query.RunningQuerySide.Answer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Paged through and exported again and again while others write: what was there at the start of a reading is seen in it, once. */
@OnEachDatabase
class Lists_while_commands_arrive {

    private static final long SEED = 50_000;
    private static final int AT_THE_START = 400;

    @Parameter
    Database database;

    private final NavigableMap<Long, String> commitments = new TreeMap<>();
    private long known;
    private Log log;
    private RunningQuerySide queries;

    private record Reading(String list, boolean exported, Set<String> lastSeen) {

        static Reading of(String list, boolean exported) {
            return new Reading(list, exported, new HashSet<>());
        }
    }

    @Test
    void lose_and_repeat_nothing() {
        during(2_000);
    }

    @Test
    @Tag("faults")
    void lose_and_repeat_nothing_during_50_000_commands() {
        during(50_000);
    }

    private void during(int commands) {
        System.out.println("seed " + SEED);
        commitments.clear();
        known = 0;
        log = new Log(database);
        queries = RunningQuerySide.of(log, database);
        try {
            var writes = new Writes(log, SEED);
            writes.begin(AT_THE_START);
            queries.catchUp();
            List<Reading> readings = List.of(
                    Reading.of("/api/v1/relationships", false),
                    Reading.of("/api/v1/commitments", false),
                    Reading.of("/api/v1/relationships", true),
                    Reading.of("/api/v1/commitments", true),
                    Reading.of("/api/v1/commitments?sort=-dueOn", true));
            readings.forEach(this::read);
            var writing = CompletableFuture.runAsync(() -> {
                for (int command = 0; command < commands; command++) {
                    writes.next();
                }
            });
            int rounds = 0;
            do {
                readings.forEach(this::read);
                rounds++;
            } while (!writing.isDone());
            writing.join();
            queries.catchUp();
            readings.forEach(this::read);
            System.out.println(database + ": " + commands + " commands, " + rounds + " rounds of readings, at the end "
                    + readings.stream().map(reading -> reading.lastSeen.size()).toList() + " rows");
        } finally {
            queries.close();
            log.close();
        }
    }

    /** Nothing is retracted meanwhile: what was seen before was there at the start. */
    private void read(Reading reading) {
        List<String> seen = reading.exported ? exported(reading.list) : paged(reading.list);

        assertThat(seen).as(reading.list).doesNotHaveDuplicates();
        Set<String> now = new HashSet<>(seen);
        assertThat(now).as(reading.list).containsAll(reading.lastSeen);
        reading.lastSeen.addAll(now);
    }

    private List<String> paged(String list) {
        return queries.all("head", list).stream()
                .map(item -> item.get("id").asString())
                .toList();
    }

    /** Also, an export is of its position: it has all that was recorded up to there, and nothing that was recorded later. */
    private List<String> exported(String list) {
        Answer export =
                queries.get("head", list, "Accept", "application/x-ndjson").ok();
        List<String> seen = new ArrayList<>();
        export.response()
                .body()
                .lines()
                .map(JsonMapper.shared()::readTree)
                .map((JsonNode item) -> item.get("id").asString())
                .forEach(seen::add);
        if (list.startsWith("/api/v1/commitments")) {
            long complete = Long.parseLong(export.header("Rapport-Position"));
            long latest = Long.parseLong(export.header("Rapport-Latest-Position"));
            assertThat(Set.copyOf(seen)).containsAll(recordedUpTo(complete));
            assertThat(Set.copyOf(recordedUpTo(latest))).containsAll(seen);
        }
        return seen;
    }

    private Collection<String> recordedUpTo(long position) {
        List<RecordedEvent> news = log.log.recorded(log.log.read(known, 1_000_000));
        news.forEach(recorded -> {
            known = recorded.position();
            if (recorded.payload() instanceof CommitmentRecorded made) {
                commitments.put(known, made.commitmentId().value());
            }
        });
        return commitments.headMap(position, true).values();
    }
}
