package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import tools.jackson.databind.JsonNode;

/**
 * Both sides, each in as many processes as a journey likes to have, on one PostgreSQL with the roles and rights that operations are told to
 * give them. Its processes are its own, and end with it.
 */
final class SidesOnPostgres implements AutoCloseable {

    private static final String MASTER_KEY = "dGhlIG1hc3RlciBrZXkgb2YgYWxsIHRlc3RzISEhISE=";

    /** As fast as bcrypt can be: each process hashes each user's password once. */
    private static final int COST = 4;

    private static final Map<String, String> USERS = Map.of(
            "manager1", "RELATIONSHIP_MANAGER",
            "head", "HEAD_OF_RELATIONSHIPS",
            "auditor", "AUDITOR",
            "operator", "OPERATOR");

    /** Read by Java itself: starts soon, and stays slow. */
    private static final String JAVA_OPTIONS = "JDK_JAVA_OPTIONS";

    private static final String SOON = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final String COMMANDS = "../command-side/target/rapport-commands-exec.jar";
    private static final String QUERIES = "../query-side/target/rapport-queries-exec.jar";

    private final Path folder;
    private final PostgresServer events;
    private final PostgresServer others;
    private final Map<String, String> common = new HashMap<>();
    private final Deque<RapportProcess> processes = new ArrayDeque<>();

    private SidesOnPostgres(Path folder, PostgresServer events, PostgresServer others) {
        this.folder = folder;
        this.events = events;
        this.others = others;
    }

    /** Starts PostgreSQL, and no process yet; logs go into the folder. */
    static SidesOnPostgres in(Path folder) throws IOException, InterruptedException, SQLException {
        return on(PostgresServer.in(folder.resolve("postgres")), folder);
    }

    /** On a PostgreSQL that runs; it ends with the processes. */
    static SidesOnPostgres on(PostgresServer server, Path folder) throws IOException {
        return on(server, server, folder);
    }

    /** With the events on one PostgreSQL, and read models and who read in the audit area on another. */
    static SidesOnPostgres on(PostgresServer events, PostgresServer others, Path folder) throws IOException {
        SidesOnPostgres sides = new SidesOnPostgres(folder, events, others);
        Path users = folder.resolve("users");
        String hash = new BCryptPasswordEncoder(COST).encode(RunningRapport.PASSWORD);
        Files.write(
                users,
                USERS.entrySet().stream()
                        .map(user -> user.getKey() + ":" + user.getValue() + ":" + hash)
                        .toList());
        sides.common.putAll(Map.of(
                "RAPPORT_MASTER_KEY", MASTER_KEY, "RAPPORT_IDENTITY_USERS_FILE", users.toString(), JAVA_OPTIONS, SOON));
        return sides;
    }

    /** With processes that become as fast as they are in use, since they are measured; the usual ones start soon. */
    SidesOnPostgres asInUse() {
        common.remove(JAVA_OPTIONS);
        return this;
    }

    /** One more node of the command side; the first makes the tables. */
    RapportProcess commands() throws IOException, InterruptedException {
        return commands(List.of("-jar", COMMANDS));
    }

    /** One more node of the command side, in a newer version. */
    RapportProcess commands(NewerRapport newer) throws IOException, InterruptedException {
        return commands(newer.program(COMMANDS, "dev.rapport.command.RapportCommands"));
    }

    private RapportProcess commands(List<String> program) throws IOException, InterruptedException {
        return started(program, "commands", commandSettings(events.url("rapport_events")));
    }

    /** One more node of the query side. */
    RapportProcess queries() throws IOException, InterruptedException {
        return queries(List.of("-jar", QUERIES));
    }

    /** One more node of the query side, in a newer version. */
    RapportProcess queries(NewerRapport newer) throws IOException, InterruptedException {
        return queries(newer.program(QUERIES, "dev.rapport.query.RapportQueries"));
    }

    private RapportProcess queries(List<String> program) throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(
                querySettings(events.url("rapport_events"), others.url("rapport_read"), others.url("rapport_audit")));
        settings.put("RAPPORT_SEAL_KEY_FILE", folder.resolve("seal.key").toString());
        settings.put("RAPPORT_SEAL_MAKE_KEY", "true");
        return started(program, "queries", settings);
    }

    /** What a node of the command side is told of the databases. */
    static Map<String, String> commandSettings(String eventsUrl) {
        return Map.of(
                "RAPPORT_EVENTS_URL",
                eventsUrl,
                "RAPPORT_EVENTS_USERNAME",
                "rapport_commands",
                "RAPPORT_EVENTS_OWNER_USERNAME",
                "rapport_owner");
    }

    /** What a node of the query side is told of the databases. */
    static Map<String, String> querySettings(String eventsUrl, String readUrl, String auditUrl) {
        return Map.of(
                "RAPPORT_EVENTS_URL",
                eventsUrl,
                "RAPPORT_EVENTS_USERNAME",
                "rapport_queries",
                "RAPPORT_SEAL_ROLE_USERNAME",
                "rapport_seal",
                "RAPPORT_READ_URL",
                readUrl,
                "RAPPORT_READ_USERNAME",
                "rapport_queries",
                "RAPPORT_AUDIT_URL",
                auditUrl,
                "RAPPORT_AUDIT_USERNAME",
                "rapport_audit");
    }

    private RapportProcess started(List<String> program, String name, Map<String, String> settings)
            throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(common);
        environment.putAll(settings);
        Path log = folder.resolve(name + "-" + processes.size() + ".log");
        RapportProcess process = RapportProcess.of(program, log, environment);
        processes.push(process);
        return process;
    }

    /** The PostgreSQL that has the events. */
    PostgresServer postgres() {
        return events;
    }

    /** A connection to the event database, as one of the roles. */
    Connection eventDatabaseAs(String role) throws SQLException {
        return events.connect("rapport_events", role);
    }

    /** A number of the event database. */
    long number(String query) throws SQLException {
        return events.number("rapport_events", query);
    }

    /** A number of the read database. */
    long numberRead(String query) throws SQLException {
        return others.number("rapport_read", query);
    }

    /** How many segments of the read models a query node works on. */
    long segmentsOf(RapportProcess node) throws SQLException {
        return numberRead("select count(*) from " + liveGeneration() + ".projection_token where owner like '"
                + node.pid() + "@%'");
    }

    /** Waits until each of some query nodes works on as many segments of the read models as the others. */
    void awaitShared(RapportProcess... nodes) throws SQLException {
        long share = numberRead("select count(*) from " + liveGeneration() + ".projection_token") / nodes.length;
        Instant giveUpAt = Instant.now().plus(Duration.ofMinutes(1));
        for (RapportProcess node : nodes) {
            while (segmentsOf(node) != share) {
                if (Instant.now().isAfter(giveUpAt)) {
                    throw new AssertionError("the segments are not shared out");
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    /** The schema of the read models that queries are answered from. */
    String liveGeneration() throws SQLException {
        return "g" + numberRead("select number from operations.live_generation");
    }

    /** A connection to the read database. */
    Connection readDatabase() throws SQLException {
        return others.connect("rapport_read", "rapport_queries");
    }

    /** The read models have the rows of a fresh generation: a rebuild compares by itself; what it left is compared once more, by somebody else. */
    void requireRowsOfAFreshGeneration(RapportProcess node) throws SQLException {
        String before = liveGeneration();
        Client operator = node.as("operator");
        String rebuild = "/operations/rebuilds/"
                + operator.command("/operations/rebuilds", Client.fields()).text("id");
        JsonNode shown = operator.query(rebuild).body();
        Instant giveUpAt = Instant.now().plus(Duration.ofMinutes(2));
        while (!shown.hasNonNull("finishedAt") && Instant.now().isBefore(giveUpAt)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            shown = operator.query(rebuild).body();
        }
        assertThat(shown.path("state").asString()).as("%s", shown).isEqualTo("DONE");
        assertThat(shown.path("differences").asLong()).isZero();
        try (Connection database = readDatabase()) {
            assertThat(ReadModelRows.of(database, liveGeneration())).isEqualTo(ReadModelRows.of(database, before));
        }
    }

    /** All processes that were started. */
    List<RapportProcess> processes() {
        return List.copyOf(processes);
    }

    @Override
    public void close() {
        while (!processes.isEmpty()) {
            processes.pop().close();
        }
        events.close();
        others.close();
    }
}
