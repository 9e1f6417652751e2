package dev.rapport.journey;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

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

    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final Map<String, String> common = new HashMap<>();
    private final Deque<RapportProcess> processes = new ArrayDeque<>();

    private SidesOnPostgres(Path folder, EmbeddedPostgres postgres) {
        this.folder = folder;
        this.postgres = postgres;
    }

    /** Starts PostgreSQL, and no process yet; logs go into the folder. */
    static SidesOnPostgres in(Path folder) throws IOException, SQLException {
        SidesOnPostgres sides = new SidesOnPostgres(
                folder,
                EmbeddedPostgres.builder()
                        .setServerConfig("synchronous_commit", "on")
                        .start());
        try (Connection superuser = sides.postgres.getPostgresDatabase().getConnection()) {
            ScriptUtils.executeSqlScript(superuser, new FileSystemResource("../docker/postgres/roles.sql"));
        }
        Path users = folder.resolve("users");
        String hash = new BCryptPasswordEncoder(COST).encode(RunningRapport.PASSWORD);
        Files.write(
                users,
                USERS.entrySet().stream()
                        .map(user -> user.getKey() + ":" + user.getValue() + ":" + hash)
                        .toList());
        sides.common.putAll(Map.of(
                "RAPPORT_EVENTS_URL", sides.url("rapport_events"),
                "RAPPORT_MASTER_KEY", MASTER_KEY,
                "RAPPORT_IDENTITY_USERS_FILE", users.toString()));
        return sides;
    }

    /** One more node of the command side; the first makes the tables. */
    RapportProcess commands() throws IOException, InterruptedException {
        return started(
                "../command-side/target/rapport-commands-exec.jar",
                "commands",
                Map.of(
                        "RAPPORT_EVENTS_USERNAME", "rapport_commands",
                        "RAPPORT_EVENTS_OWNER_USERNAME", "rapport_owner"));
    }

    /** One more node of the query side. */
    RapportProcess queries() throws IOException, InterruptedException {
        return started(
                "../query-side/target/rapport-queries-exec.jar",
                "queries",
                Map.of(
                        "RAPPORT_EVENTS_USERNAME",
                        "rapport_queries",
                        "RAPPORT_SEAL_ROLE_USERNAME",
                        "rapport_seal",
                        "RAPPORT_SEAL_KEY_FILE",
                        folder.resolve("seal.key").toString(),
                        "RAPPORT_SEAL_MAKE_KEY",
                        "true",
                        "RAPPORT_READ_URL",
                        url("rapport_read"),
                        "RAPPORT_READ_USERNAME",
                        "rapport_queries",
                        "RAPPORT_AUDIT_URL",
                        url("rapport_audit"),
                        "RAPPORT_AUDIT_USERNAME",
                        "rapport_audit"));
    }

    private RapportProcess started(String jar, String name, Map<String, String> settings)
            throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(common);
        environment.putAll(settings);
        Path log = folder.resolve(name + "-" + processes.size() + ".log");
        RapportProcess process = RapportProcess.of(jar, log, environment);
        processes.push(process);
        return process;
    }

    private String url(String database) {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + database;
    }

    /** A connection to the event database, as one of the roles. */
    Connection eventDatabaseAs(String role) throws SQLException {
        return DriverManager.getConnection(url("rapport_events"), role, "");
    }

    /** A number that the owner of the event database sees. */
    long number(String query) throws SQLException {
        try (Connection owner = eventDatabaseAs("rapport_owner");
                var statement = owner.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** All processes that were started. */
    List<RapportProcess> processes() {
        return List.copyOf(processes);
    }

    @Override
    public void close() throws IOException {
        while (!processes.isEmpty()) {
            processes.pop().close();
        }
        postgres.close();
    }
}
