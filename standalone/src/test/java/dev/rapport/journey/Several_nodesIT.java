package dev.rapport.journey;

import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.journey.Client.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Two processes of each side on one PostgreSQL, each role of the database with the rights that it needs and no other. */
@Timeout(300)
class Several_nodesIT {

    private static final int FEW_ROUNDS = 50;
    private static final int MANY_ROUNDS = 1_000;
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    @TempDir
    private static Path folder;

    private static SidesOnPostgres sides;
    private static RapportProcess one;
    private static RapportProcess other;
    private static RapportProcess asked;
    private static RapportProcess alsoAsked;

    @BeforeAll
    static void start() throws Exception {
        sides = SidesOnPostgres.in(folder);
        one = sides.commands();
        other = sides.commands();
        asked = sides.queries();
        alsoAsked = sides.queries();
    }

    @AfterAll
    static void stop() throws Exception {
        sides.close();
    }

    @Test
    void show_on_each_query_node_what_any_command_node_was_told() {
        String relationship = new Network(one.as("head")).relationship("shown", "manager1");

        Answer told = other.as("manager1").command(relationship + "/interactions", call("hello from the other"));

        assertThat(told.status()).isEqualTo(201);
        for (RapportProcess node : List.of(asked, alsoAsked)) {
            Answer shown = seen(node, told, relationship);
            assertThat(shown.status()).isEqualTo(200);
            assertThat(shown.body().path("version").asLong()).isEqualTo(2);
            assertThat(seen(node, told, relationship + "/history").body().toString())
                    .contains("hello from the other");
        }
    }

    @Test
    void decide_on_what_any_of_them_recorded() {
        Client here = one.as("head");
        Client there = other.as("head");
        String relationship = new Network(here).relationship("decided", "manager1");
        for (int version = 2; version < 22; version++) {
            Answer answer = (version % 2 == 0 ? there : here).command(relationship + "/interactions", call("by turns"));
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.body().path("version").asLong()).isEqualTo(version);
        }

        assertThat(there.command(relationship + "/interactions", call("late"), Map.of("If-Match", "\"3\""))
                        .status())
                .isEqualTo(412);
        assertThat(there.command("/relationships", fields("id", "decided", "stakeholderId", "decided"))
                        .status())
                .isEqualTo(409);
        assertThat(here.command(relationship + "/endings", fields("reason", "done"))
                        .status())
                .isEqualTo(201);
        assertThat(there.command(relationship + "/interactions", call("after the end"))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void answer_a_request_that_is_repeated_at_another_node_as_the_first_time() {
        String relationship = new Network(one.as("head")).relationship("repeated", "manager1");
        Map<String, String> key = Map.of("Idempotency-Key", "\"k-1\"");

        Answer first = one.as("head").command(relationship + "/interactions", call("once"), key);
        Answer second = other.as("head").command(relationship + "/interactions", call("once"), key);

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Idempotency-Replayed")).contains("true");
    }

    @Test
    void let_one_of_two_writers_with_one_condition_pass() throws Exception {
        race("race", FEW_ROUNDS);
    }

    @Test
    @Tag("faults")
    void let_one_of_two_writers_with_one_condition_pass_a_thousand_times() throws Exception {
        race("long-race", MANY_ROUNDS);
    }

    private static void race(String id, int rounds) throws Exception {
        String relationship = new Network(one.as("head")).relationship(id, "manager1");
        CyclicBarrier start = new CyclicBarrier(2);
        try (ExecutorService writers = Executors.newFixedThreadPool(2)) {
            for (int version = 1; version <= rounds; version++) {
                Map<String, String> condition = Map.of("If-Match", "\"" + version + "\"");
                List<Callable<Answer>> both = new ArrayList<>();
                for (RapportProcess node : List.of(one, other)) {
                    Client head = node.as("head");
                    both.add(() -> {
                        start.await();
                        return head.command(relationship + "/interactions", call("me first"), condition);
                    });
                }
                List<Integer> statuses = new ArrayList<>();
                for (Future<Answer> answer : writers.invokeAll(both)) {
                    statuses.add(answer.get().status());
                }
                assertThat(statuses).as("round %d", version).containsOnlyOnce(201);
                assertThat(statuses).as("round %d", version).containsAnyOf(409, 412);
            }
        }
        requireOneEventAVersion(id, rounds + 1);
    }

    @Test
    void without_a_condition_let_all_writers_pass() throws Exception {
        passAll("free", FEW_ROUNDS);
    }

    @Test
    @Tag("faults")
    void without_a_condition_let_all_writers_pass_a_thousand_times() throws Exception {
        passAll("long-free", MANY_ROUNDS);
    }

    private static void passAll(String id, int rounds) throws Exception {
        String relationship = new Network(one.as("head")).relationship(id, "manager1");
        List<Callable<List<Integer>>> writers = new ArrayList<>();
        for (RapportProcess node : List.of(one, other)) {
            Client head = node.as("head");
            writers.add(() -> {
                List<Integer> statuses = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    statuses.add(head.command(relationship + "/interactions", call("me too"))
                            .status());
                }
                return statuses;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (Future<List<Integer>> statuses : threads.invokeAll(writers)) {
                assertThat(statuses.get()).hasSize(rounds).containsOnly(201);
            }
        }
        requireOneEventAVersion(id, 2 * rounds + 1);
    }

    @Test
    void share_the_feeding_of_the_read_models() throws Exception {
        sides.awaitShared(asked, alsoAsked);

        assertThat(sides.segmentsOf(asked)).isEqualTo(2);
        assertThat(sides.segmentsOf(alsoAsked)).isEqualTo(2);
    }

    @Test
    @Tag("faults") // tells how soon each command is answered, which a busy machine decides as well
    void lose_nothing_when_their_database_is_killed() throws Exception {
        killDatabase("killed-once", 1);
    }

    @Test
    @Tag("faults")
    void lose_nothing_when_their_database_is_killed_ten_times() throws Exception {
        killDatabase("killed-often", 10);
    }

    private static void killDatabase(String name, int rounds) throws Exception {
        new KilledDatabase(sides.postgres(), List.of(one, other), List.of(asked, alsoAsked)).costsNothing(name, rounds);
    }

    @Test
    void take_over_from_a_query_node_that_was_killed() throws Exception {
        killQueryNode("taken-over", 100, 100);
    }

    @Test
    @Tag("faults")
    void take_over_from_a_query_node_that_was_killed_under_load() throws Exception {
        killQueryNode("taken-over-later", 2_000, 5_000);
    }

    /** It is the other one that feeds the read models from then on, and a new node takes its place. */
    private static void killQueryNode(String name, int callsBefore, int callsAfter) throws Exception {
        new KilledQueryNode(sides, List.of(one, other), asked, alsoAsked).isReplaced(name, callsBefore, callsAfter);
        asked = alsoAsked;
        alsoAsked = sides.queries();
    }

    /** In the log, and as it is told: no gap, and none twice. */
    private static void requireOneEventAVersion(String id, int versions) throws SQLException {
        assertThat(sides.number("select count(*) from event_log where stream = 'relationship/" + id + "'"))
                .isEqualTo(versions);
        assertThat(sides.number("select max(sequence_number) from event_log where stream = 'relationship/" + id + "'"))
                .isEqualTo(versions - 1);
        Answer last =
                one.as("head").command("/relationships/" + id + "/desired-levels", fields("level", "ADDED_VALUE"));
        for (RapportProcess node : List.of(asked, alsoAsked)) {
            assertThat(versionsTold(node, last, "/relationships/" + id))
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, versions + 1)
                            .map(version -> versions + 2 - version)
                            .boxed()
                            .toList());
        }
    }

    private static List<Long> versionsTold(RapportProcess node, Answer last, String relationship) {
        List<Long> told = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = seen(node, last, relationship + "/history?limit=500" + cursor)
                    .body();
            page.path("items").forEach(item -> told.add(item.path("version").asLong()));
            cursor = page.hasNonNull("nextCursor")
                    ? "&cursor=" + page.path("nextCursor").asString()
                    : "";
        } while (!cursor.isEmpty());
        return told;
    }

    @Test
    void tell_every_event_to_every_stream() throws Exception {
        long before = sides.number("select max(position) from event_log");
        int events = 2 * 10 + 2;
        List<Callable<List<Long>>> readers = new ArrayList<>();
        for (RapportProcess node : List.of(asked, alsoAsked)) {
            readers.add(() -> node.as("head").follow(before, events));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<List<Long>>> told =
                    readers.stream().map(threads::submit).toList();
            String relationship = new Network(one.as("head")).relationship("streamed", "manager1");
            for (int i = 0; i < 10; i++) {
                for (RapportProcess node : List.of(one, other)) {
                    assertThat(node.as("head")
                                    .command(relationship + "/interactions", call("to all"))
                                    .status())
                            .isEqualTo(201);
                }
            }
            assertThat(told.get(0).get()).hasSize(events).isSorted().doesNotHaveDuplicates();
            assertThat(told.get(1).get()).isEqualTo(told.get(0).get());
        }
    }

    @Test
    void have_a_deadline_run_once() throws Exception {
        int commitments = 20;
        String relationship = new Network(one.as("head")).relationship("due", "manager1");
        Instant longAgo = Instant.now().minus(3, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        for (int i = 0; i < commitments; i++) {
            Answer promised = (i % 2 == 0 ? one : other)
                    .as("head")
                    .command(
                            relationship + "/commitments",
                            fields(
                                    "madeBy",
                                    "THEM",
                                    "statement",
                                    "by yesterday",
                                    "dueOn",
                                    LocalDate.now(ZoneOffset.UTC).minusDays(1).toString(),
                                    "occurredAt",
                                    longAgo.toString()));
            assertThat(promised.status()).isEqualTo(201);
        }

        String waiting = "select count(*) from scheduled_tasks where task_instance like 'relationship/due/%'";
        Instant giveUpAt = Instant.now().plus(Duration.ofMinutes(1));
        while (sides.number(waiting) > 0 && Instant.now().isBefore(giveUpAt)) {
            Thread.onSpinWait();
        }

        assertThat(sides.number(waiting)).isZero();
        assertThat(sides.number("select count(*) from event_log where stream = 'relationship/due' and event_type ="
                        + " 'CommitmentBecameOverdue'"))
                .isEqualTo(commitments);
    }

    @Test
    void forget_everywhere_who_was_erased_at_one_of_them() {
        String relationship = new Network(one.as("head")).relationship("forgotten", "manager1");
        Answer named = one.as("head")
                .command(
                        relationship + "/interactions",
                        fields(
                                "channel",
                                "CALL",
                                "summary",
                                "Zoe Quillfeather called",
                                "participants",
                                List.of("Zoe Quillfeather")));
        for (RapportProcess node : List.of(asked, alsoAsked)) {
            assertThat(seen(node, named, relationship + "/history").body().toString())
                    .contains("Quillfeather");
        }

        Answer erased = other.as("operator")
                .command("/operations/erasures", fields("person", "Zoe Quillfeather", "reason", "ticket 4711"));

        assertThat(erased.status()).isEqualTo(201);
        Answer after = one.as("head").command(relationship + "/interactions", call("somebody else"));
        for (RapportProcess node : List.of(asked, alsoAsked)) {
            assertThat(seen(node, after, relationship + "/history").body().toString())
                    .contains("[erased]")
                    .doesNotContain("Quillfeather");
        }
    }

    @Test
    void seal_what_was_recorded() throws SQLException {
        new Network(one.as("head")).relationship("sealed", "manager1");
        String unsealed = "select max(e.position) - (select last_position from seal_head) from event_log e";
        Instant giveUpAt = Instant.now().plus(Duration.ofMinutes(1));
        while (sides.number(unsealed) > 0 && Instant.now().isBefore(giveUpAt)) {
            Thread.onSpinWait();
        }

        assertThat(sides.number(unsealed)).isZero();
        for (RapportProcess node : List.of(asked, alsoAsked)) {
            Answer checkpoint = node.as("auditor").query("/audit/checkpoint");
            assertThat(checkpoint.status()).isEqualTo(200);
        }
    }

    @Test
    void answer_where_nobody_answers_with_problems_that_have_pages() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (RapportProcess node : sides.processes()) {
                Answer nothing = node.as("head").query("/nothing");
                assertThat(nothing.status()).isEqualTo(404);
                assertThat(nothing.text("type")).isEqualTo("/problems/not-found");
                HttpResponse<String> page = http.send(
                        HttpRequest.newBuilder(URI.create(node.address() + nothing.text("type")))
                                .build(),
                        BodyHandlers.ofString());
                assertThat(page.statusCode()).isEqualTo(200);
                assertThat(page.body()).contains("<h1>");
            }
        }
    }

    @Test
    void load_nothing_of_kafka_unless_they_are_told_to_publish() throws IOException {
        for (RapportProcess node : sides.processes()) {
            assertThat(node.classes()).contains("dev.rapport.events.").doesNotContain("org.apache.kafka.");
        }
    }

    @Test
    void describe_their_own_operations() {
        Answer commands = one.as("head").query("/openapi.json");
        Answer queries = asked.as("head").query("/openapi.json");

        assertThat(commands.body().path("paths").propertyNames())
                .contains("/api/v1/imports")
                .doesNotContain("/api/v1/stream");
        assertThat(queries.body().path("paths").propertyNames())
                .contains("/api/v1/stream")
                .doesNotContain("/api/v1/imports");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into event_log (event_id, stream_type, stream, sequence_number, event_type, revision, payload,"
                    + " metadata) values ('x', 'Relationship', 'relationship/x', 0, 'RelationshipEnded', '1', '', '')",
                "update event_log set payload = ''",
                "delete from event_log",
                "truncate event_log",
                "drop table event_log",
                "update personal_key set wrapped = null",
                "insert into event_log (position, event_id, stream_type, stream, sequence_number, event_type, revision,"
                        + " payload, metadata) values (1, 'e', 't', 's', 0, 'E', '1', '', '')",
                "insert into event_log (recorded_at, event_id, stream_type, stream, sequence_number, event_type,"
                        + " revision, payload, metadata) values (now(), 'e', 't', 's', 0, 'E', '1', '', '')",
                "delete from personal_key",
                "update seal_head set tree_size = 0",
                "delete from receipt",
                "create table mine (id int)"
            })
    void let_no_query_node_write_to_the_event_database(String statement) {
        refused("rapport_queries", statement);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update event_log set payload = ''",
                "delete from event_log",
                "truncate event_log",
                "drop table event_log",
                "alter table event_log add column more int",
                "select setval('event_log_position', 1)",
                "delete from personal_key",
                "update seal_head set tree_size = 0",
                "create table mine (id int)"
            })
    void let_no_command_node_change_what_was_recorded(String statement) {
        refused("rapport_commands", statement);
    }

    @ParameterizedTest
    @ValueSource(strings = {"select count(*) from event_log", "delete from event_log", "delete from seal_leaves"})
    void let_who_seals_neither_read_nor_change_the_log(String statement) {
        refused("rapport_seal", statement);
    }

    private static void refused(String role, String sql) {
        assertThatThrownBy(() -> {
                    try (Connection connection = sides.eventDatabaseAs(role);
                            var statement = connection.createStatement()) {
                        statement.execute(sql);
                    }
                })
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
    }

    /** A query that has seen a write, at whichever node. */
    private static Answer seen(RapportProcess node, Answer write, String path) {
        return node.as("head")
                .ask(
                        "GET",
                        path,
                        Map.of(
                                "Consistency-Token",
                                write.header("Consistency-Token").orElseThrow()));
    }

    private static Map<String, Object> call(String summary) {
        return fields("channel", "CALL", "summary", summary);
    }
}
