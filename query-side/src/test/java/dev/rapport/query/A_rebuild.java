package dev.rapport.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.rapport.events.CommitmentRecorded;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.query.projection.Faults;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

@OnEachDatabase
class A_rebuild {

    private static final long SEED = 20261127;
    private static final String REBUILDS = "/api/v1/operations/rebuilds";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String[] SMALL_STEPS = {
        "--rapport.rebuild.batch-size=20",
        "--rapport.rebuild.share-size=100",
        "--rapport.rebuild.lease=PT3S",
        "--rapport.rebuild.look-every=PT0.05S",
        "--rapport.rebuild.keep-old=PT0S"
    };

    @Parameter
    Database database;

    private Log log;
    private String url;
    private final Faults faults = new Faults();
    private RunningQuerySide queries;

    @BeforeParameterizedClassInvocation
    void record_a_history() {
        System.out.println("seed " + SEED);
        log = new Log(database);
        happen(new RandomHistory(SEED, "rebuild"), 600);
    }

    @AfterParameterizedClassInvocation
    void end() {
        log.close();
    }

    @BeforeEach
    void start() {
        faults.mend();
        url = database.freshUrl();
        queries = RunningQuerySide.faulty(log, database, url, faults, SMALL_STEPS);
        queries.catchUp();
    }

    @AfterEach
    void stop() {
        queries.close();
    }

    private void happen(RandomHistory history, int count) {
        history.next(count).forEach(happening -> log.append(Log.SOMEBODY, happening.occurredAt(), happening.events()));
    }

    private List<String> rows() {
        return Rows.of(url, database.user());
    }

    private String ask(RunningQuerySide node, String body) {
        var answer = node.post("operator", REBUILDS, body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        String id = answer.json().get("id").asString();
        assertThat(answer.header("Location")).isEqualTo(REBUILDS + "/" + id);
        return id;
    }

    private static JsonNode show(RunningQuerySide node, String id) {
        return node.get("operator", REBUILDS + "/" + id).ok().json();
    }

    private static JsonNode ended(RunningQuerySide node, String id) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            JsonNode shown = show(node, id);
            if (List.of("DONE", "REFUSED", "FAILED", "CANCELLED")
                    .contains(shown.get("state").asString())) {
                return shown;
            }
            Thread.onSpinWait();
        }
        return fail("the rebuild has not ended: " + show(node, id));
    }

    private static JsonNode done(RunningQuerySide node, String id) {
        JsonNode shown = ended(node, id);
        assertThat(shown.get("state").asString()).as(shown.toString()).isEqualTo("DONE");
        return shown;
    }

    private List<String> schemas() {
        List<String> schemas = new ArrayList<>();
        try (var connection = DriverManager.getConnection(url, database.user(), "");
                var found = connection.getMetaData().getSchemas()) {
            while (found.next()) {
                String schema = found.getString(1);
                if (schema.matches("g\\d+")) {
                    schemas.add(schema);
                }
            }
            return schemas;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void gives_the_same_rows_in_a_new_generation_which_goes_on_with_what_happens() {
        List<String> before = rows();

        JsonNode shown = done(queries, ask(queries, "{}"));

        assertThat(rows()).isEqualTo(before);
        assertThat(shown.get("percent").asDouble()).isEqualTo(100);
        assertThat(shown.get("eventsDone").asLong())
                .isEqualTo(shown.get("events").asLong())
                .isEqualTo(log.log.lastStablePosition());
        assertThat(shown.get("rowsCompared").asLong()).isGreaterThan(1_000);
        assertThat(shown.get("differences").asLong()).isZero();
        String after = "after-" + database;
        happen(new RandomHistory(SEED + 1, after), 30);
        queries.catchUp();
        assertThat(queries.get("head", "/api/v1/relationships/R-" + after + "-001")
                        .status())
                .isEqualTo(200);
        assertThat(Rows.schemaOf(url, database.user())).isEqualTo("g2");
    }

    /** The columns of all indexes, and whether they are unique. */
    private List<String> indexes() {
        List<String> indexes = new ArrayList<>();
        try (var connection = Rows.connect(url, database.user())) {
            String schema = connection.getSchema();
            List<String> tables = new ArrayList<>();
            try (var found =
                    connection.getMetaData().getTables(null, schema, null, new String[] {"TABLE", "BASE TABLE"})) {
                while (found.next()) {
                    tables.add(found.getString("TABLE_NAME"));
                }
            }
            for (String table : tables) {
                try (var found = connection.getMetaData().getIndexInfo(null, schema, table, false, true)) {
                    while (found.next()) {
                        // H2 has names of its own for the indexes of primary keys
                        String name = found.getString("INDEX_NAME").replaceAll("(?i)(primary_key).*", "$1");
                        indexes.add(table + " " + name + " " + found.getBoolean("NON_UNIQUE") + " "
                                + found.getInt("ORDINAL_POSITION") + " " + found.getString("COLUMN_NAME") + " "
                                + found.getString("ASC_OR_DESC"));
                    }
                }
            }
            indexes.sort(null);
            return indexes;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long number(String sql) {
        try (var connection = DriverManager.getConnection(url, database.user(), "");
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void has_all_indexes_in_the_end_and_on_postgresql_only_then() throws InterruptedException {
        List<String> before = indexes();
        var halt = new Halt(0.5);
        String id = ask(queries, "{}");
        halt.await();
        long missing = number("select count(*) from \"operations\".late_index");
        halt.end();

        done(queries, id);

        assertThat(missing > 20).isEqualTo(database == Database.POSTGRESQL);
        assertThat(Rows.schemaOf(url, database.user())).isEqualTo("g2");
        assertThat(indexes()).isEqualTo(before).hasSizeGreaterThan(60);
        assertThat(number("select count(*) from \"operations\".late_index")).isZero();
    }

    @Test
    void drops_the_generation_that_it_replaced() throws InterruptedException {
        done(queries, ask(queries, "{}"));

        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (schemas().contains("g1") && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(schemas()).containsExactly("g2");
    }

    @Test
    void keeps_up_with_what_happens_meanwhile_while_the_old_generation_serves_every_query() throws Exception {
        var history = new RandomHistory(SEED + 2, "meanwhile-" + database);
        var failures = new AtomicLong();
        var asked = new AtomicLong();
        var over = new CountDownLatch(1);
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int count = 0; count < 400 && over.getCount() > 0; count++) {
                happen(history, 1);
            }
        });
        Thread reader = Thread.ofVirtual().start(() -> {
            while (over.getCount() > 0) {
                if (queries.get("head", "/api/v1/relationships?limit=5").status() != 200) {
                    failures.incrementAndGet();
                }
                asked.incrementAndGet();
            }
        });

        done(queries, ask(queries, "{}"));
        over.countDown();
        writer.join();
        reader.join();

        assertThat(failures).hasValue(0);
        assertThat(asked.get()).isPositive();
        queries.catchUp();
        String other = database.freshUrl();
        try (var fromScratch = RunningQuerySide.of(log, database, other)) {
            fromScratch.catchUp();
            assertThat(rows()).isEqualTo(Rows.of(other, database.user()));
        }
    }

    @Test
    void is_refused_when_the_new_generation_tells_something_else_with_the_first_rows_that_differ() {
        List<String> before = rows();
        faults.distort(A_rebuild::wronglyPromised);

        JsonNode shown = ended(queries, ask(queries, "{}"));

        assertThat(shown.get("state").asString()).isEqualTo("REFUSED");
        assertThat(shown.get("differences").asLong()).isPositive();
        assertThat(shown.get("firstDifferences").valueStream()).anySatisfy(difference -> {
            assertThat(difference.get("table").asString()).isEqualTo("entry");
            assertThat(difference.get("key").asString()).startsWith("R-");
            assertThat(difference.get("column").asString()).isEqualTo("state");
            assertThat(difference.get("live").asString()).matches("#[0-9a-f]{16}");
            assertThat(difference.get("rebuilt").asString())
                    .matches("#[0-9a-f]{16}")
                    .isNotEqualTo(difference.get("live").asString());
        });
        assertThat(shown.toString()).doesNotContain("promise");
        assertThat(Rows.schemaOf(url, database.user())).isEqualTo("g1");
        assertThat(schemas()).containsExactly("g1");
        assertThat(rows()).isEqualTo(before);
    }

    private static RecordedEvent wronglyPromised(RecordedEvent event) {
        return event.payload() instanceof CommitmentRecorded recorded
                ? new RecordedEvent(
                        event.position(),
                        event.eventId(),
                        event.stream(),
                        event.version(),
                        event.type(),
                        event.revision(),
                        event.occurredAt(),
                        event.recordedAt(),
                        event.subject(),
                        event.metadata(),
                        new CommitmentRecorded(
                                recorded.relationshipId(),
                                recorded.commitmentId(),
                                recorded.madeBy(),
                                recorded.statement() + "?",
                                recorded.dueOn()))
                : event;
    }

    @Test
    void that_accepts_differences_for_a_reason_changes_over_all_the_same() {
        faults.distort(A_rebuild::wronglyPromised);
        done(queries, ask(queries, "{\"acceptDifferences\": true, \"reason\": \"to have a wrong one\"}"));
        faults.mend();
        assertThat(rows()).anySatisfy(row -> assertThat(row).contains("?\""));

        assertThat(ended(queries, ask(queries, "{}")).get("state").asString()).isEqualTo("REFUSED");
        JsonNode mended =
                done(queries, ask(queries, "{\"acceptDifferences\": true, \"reason\": \"the question marks\"}"));

        assertThat(mended.get("differences").asLong()).isPositive();
        assertThat(mended.get("reason").asString()).isEqualTo("the question marks");
        String other = database.freshUrl();
        try (var fromScratch = RunningQuerySide.of(log, database, other)) {
            fromScratch.catchUp();
            assertThat(rows()).isEqualTo(Rows.of(other, database.user()));
        }
    }

    @Test
    void takes_a_reason_for_accepting_differences() {
        var answer = queries.post("operator", REBUILDS, "{\"acceptDifferences\": true}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors").get(0).get("parameter").asString())
                .isEqualTo("reason");
    }

    @Test
    void does_not_take_fields_that_it_does_not_know() {
        assertThat(queries.post("operator", REBUILDS, "{\"accept\": true}").status())
                .isEqualTo(400);
        assertThat(queries.post("operator", REBUILDS, "{\"reason\": 3}").status())
                .isEqualTo(400);
        assertThat(queries.post("operator", REBUILDS, "[").status()).isEqualTo(400);
        assertThat(queries.post("operator", REBUILDS + "?force=true", "{}").status())
                .isEqualTo(400);
    }

    @Test
    void is_for_operators_only() {
        for (String user : List.of("head", "auditor", "reporter", "manager1", "nobody")) {
            assertThat(queries.post(user, REBUILDS, "{}").status()).isEqualTo(403);
            assertThat(queries.get(user, REBUILDS).status()).isEqualTo(403);
        }
        assertThat(queries.get("operator", REBUILDS).status()).isEqualTo(200);
        assertThat(queries.get("operator", REBUILDS + "/none").status()).isEqualTo(404);
    }

    /** Has a rebuild wait once it has filled in a share of all events. */
    private final class Halt {

        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);
        private final AtomicLong seen = new AtomicLong();

        Halt(double share) {
            long after = (long) (log.log.lastStablePosition() * share);
            faults.beforeEachBatch(batch -> {
                if (Thread.currentThread().getName().startsWith("rebuild") && seen.addAndGet(batch.size()) > after) {
                    reached.countDown();
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }
            });
        }

        void await() throws InterruptedException {
            assertThat(reached.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }

        void end() {
            faults.mend();
            over.countDown();
        }
    }

    @Test
    void is_one_at_a_time() throws InterruptedException {
        var halt = new Halt(0.3);
        String id = ask(queries, "{}");
        halt.await();

        var another = queries.post("operator", REBUILDS, "{}");

        assertThat(another.status()).isEqualTo(409);
        JsonNode shown = show(queries, id);
        assertThat(shown.get("state").asString()).isEqualTo("FILLING");
        assertThat(shown.get("percent").asDouble()).isBetween(0.0, 85.0);
        halt.end();
        done(queries, id);
        done(queries, ask(queries, "{}"));
        assertThat(queries.all("operator", REBUILDS + "?limit=1")).hasSize(2);
    }

    @Test
    void leaves_no_trace_when_it_is_cancelled() throws InterruptedException {
        List<String> before = rows();
        var halt = new Halt(0.5);
        String id = ask(queries, "{}");
        halt.await();

        assertThat(queries.post("operator", REBUILDS + "/" + id + "/cancellations", "")
                        .status())
                .isEqualTo(202);
        halt.end();

        assertThat(ended(queries, id).get("state").asString()).isEqualTo("CANCELLED");
        assertThat(schemas()).containsExactly("g1");
        assertThat(number("select count(*) from \"operations\".late_index")).isZero();
        assertThat(rows()).isEqualTo(before);
        assertThat(queries.post("operator", REBUILDS + "/" + id + "/cancellations", "")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void goes_on_after_its_node_was_stopped_at_10_50_and_90_percent() throws InterruptedException {
        List<String> before = rows();
        List<String> indexesBefore = indexes();
        String id = null;
        for (double share : List.of(0.1, 0.5, 0.9)) {
            var halt = new Halt(id == null ? share : share - 0.4);
            id = id == null ? ask(queries, "{}") : id;
            halt.await();
            assertThat(Rows.schemaOf(url, database.user())).isEqualTo("g1");
            Thread stopping = Thread.ofPlatform().start(queries::close);
            awaitThatItStops(stopping);
            halt.end();
            stopping.join();
            queries = RunningQuerySide.faulty(log, database, url, faults, SMALL_STEPS);
        }

        JsonNode shown = done(queries, id);

        assertThat(shown.get("eventsDone").asLong())
                .isEqualTo(shown.get("events").asLong());
        assertThat(rows()).isEqualTo(before);
        assertThat(indexes()).isEqualTo(indexesBefore);
    }

    /** Until the node waits for its rebuild to leave off: only then may that go on. */
    private static void awaitThatItStops(Thread stopping) {
        while (stopping.isAlive()
                && Arrays.stream(stopping.getStackTrace())
                        .noneMatch(frame -> frame.getClassName().endsWith("Rebuilder")
                                && frame.getMethodName().equals("stop"))) {
            Thread.onSpinWait();
        }
    }

    @Test
    void is_told_as_it_comes_on_until_its_end() {
        String id = ask(queries, "{}");

        String told = queries.get("operator", REBUILDS + "/" + id, "Accept", "text/event-stream")
                .ok()
                .response()
                .body();

        assertThat(told).startsWith("event:rebuild\n").contains("\"state\":\"DONE\"");
        assertThat(told.lines().filter(line -> line.startsWith("data:")))
                .last()
                .asString()
                .contains("\"percent\":100.0");
    }
}
