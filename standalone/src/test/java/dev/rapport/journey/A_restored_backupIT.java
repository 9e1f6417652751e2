package dev.rapport.journey;

import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rapport.journey.Client.Answer;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A backup that was taken under load, restored elsewhere, by the commands that the operations' book tells. */
@Tag("faults")
@Timeout(300)
class A_restored_backupIT {

    private static final Path BOOK = Path.of("../docs/operations.md");
    private static final Pattern DIRECTORY = Pattern.compile("(?<!\\w)/(archive|backup|restored)\\b");
    private static final int WRITERS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    /** What there is of a log: how many events of each type, and what it is sealed with. */
    private record Log(List<String> counts, List<String> sealed) {}

    @Test
    void has_the_same_log_to_the_last_event_and_read_models_that_are_built_equal() throws Exception {
        assumeTrue(isThere("psql"), "psql is not there: install postgresql-client");
        Files.createDirectory(folder.resolve("archive"));
        PostgresServer original = PostgresServer.in(
                folder.resolve("original"),
                "archive_mode=on",
                "archive_command=" + inTheFolder(setting("archive_command")));
        Log log;
        Map<String, List<String>> rows;
        try (SidesOnPostgres sides = SidesOnPostgres.on(original, folder)) {
            Client commands = sides.commands().as("head");
            RapportProcess queries = sides.queries();
            NumberedCalls calls = new NumberedCalls("backed-up", List.of(commands)).begin(WRITERS);
            calls.awaitMore(500);
            run("backup", original);
            int inBackup = calls.acknowledged();
            calls.awaitMore(500);
            calls.end();
            calls.requireEachOnce(commands, queries.as("head"));
            awaitSealed(sides);
            log = log(sides, queries);
            rows = rows(sides);
            System.out.printf(
                    "%d calls when the backup was there, %d when the server was lost%n",
                    inBackup, calls.acknowledged());
            awaitArchived(original);
        }

        run("restore", original);
        PostgresServer restored = PostgresServer.on(folder.resolve("restored"));
        awaitWritable(restored);
        run("forget-read-models", restored);
        try (SidesOnPostgres sides = SidesOnPostgres.on(restored, folder)) {
            RapportProcess commands = sides.commands();
            RapportProcess queries = sides.queries();

            assertThat(log(sides, queries)).isEqualTo(log);
            assertThat(rows(sides)).isEqualTo(rows);
            assertThat(verified(queries.as("auditor"))).isEqualTo("MATCHES");
            assertThat(commands.as("head")
                            .command("/relationships/backed-up-0/endings", fields("reason", "it goes on"))
                            .status())
                    .isEqualTo(201);
        }
    }

    private static boolean isThere(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    /** The value of a setting of PostgreSQL, as the book tells it. */
    private static String setting(String name) throws IOException {
        var told = Pattern.compile("(?m)^" + name + " = '(.*)'$").matcher(Files.readString(BOOK));
        assertThat(told.find()).as("%s in the book", name).isTrue();
        return told.group(1);
    }

    /** The commands that stand in the book below a comment that names them. */
    private static String commands(String name) throws IOException {
        var told = Pattern.compile("(?ms)^<!-- " + name + " -->\\n```sh\\n(.*?)^```$")
                .matcher(Files.readString(BOOK));
        assertThat(told.find()).as("commands for %s in the book", name).isTrue();
        return told.group(1);
    }

    /** With directories of the test's in place of those in the book. */
    private String inTheFolder(String commands) {
        return DIRECTORY.matcher(commands).replaceAll(Matcher.quoteReplacement(folder.toString()) + "$0");
    }

    private void run(String name, PostgresServer server) throws IOException, InterruptedException {
        File output = folder.resolve(name + ".log").toFile();
        ProcessBuilder bash = new ProcessBuilder("bash", "-euo", "pipefail", "-c", inTheFolder(commands(name)))
                .redirectErrorStream(true)
                .redirectOutput(output);
        bash.environment()
                .putAll(Map.of(
                        "PGHOST",
                        "localhost",
                        "PGPORT",
                        String.valueOf(server.port()),
                        "PGUSER",
                        "postgres",
                        "PGDATA",
                        server.data().toString()));
        int status = bash.start().waitFor();
        assertThat(status)
                .as("%s: %s", name, Files.readString(output.toPath(), StandardCharsets.UTF_8))
                .isZero();
    }

    private static void awaitSealed(SidesOnPostgres sides) throws SQLException {
        await(
                () -> sides.number(
                                "select (select max(position) from event_log) - (select last_position from seal_head)")
                        == 0,
                "the log is not sealed");
    }

    /** The last segment is full only in its own time. */
    private static void awaitArchived(PostgresServer server) throws SQLException {
        assertThat(text(server, "select pg_create_restore_point('the end')")).isNotEmpty();
        String last = text(server, "select pg_walfile_name(pg_switch_wal())");
        await(
                () -> server.number(
                                "postgres",
                                "select count(*) from pg_stat_archiver where last_archived_wal >= '" + last + "'")
                        == 1,
                "the log of PostgreSQL is not archived");
    }

    private static void awaitWritable(PostgresServer server) throws SQLException {
        await(
                () -> server.number("postgres", "select case when pg_is_in_recovery() then 1 else 0 end") == 0,
                "the restored server takes no writes");
    }

    private interface Condition {
        boolean holds() throws SQLException;
    }

    private static void await(Condition condition, String otherwise) throws SQLException {
        Instant giveUpAt = Instant.now().plus(PATIENCE);
        while (!condition.holds()) {
            assertThat(Instant.now()).as(otherwise).isBefore(giveUpAt);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static String text(PostgresServer server, String query) throws SQLException {
        try (Connection superuser = server.connect("postgres", "postgres");
                var statement = superuser.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Log log(SidesOnPostgres sides, RapportProcess queries) throws SQLException {
        List<String> counts = new ArrayList<>();
        try (Connection owner = sides.eventDatabaseAs("rapport_owner");
                var statement = owner.createStatement();
                ResultSet row = statement.executeQuery(
                        "select event_type, count(*) from event_log group by event_type order by event_type")) {
            while (row.next()) {
                counts.add(row.getString(1) + ": " + row.getLong(2));
            }
        }
        Answer checkpoint = queries.as("auditor").query("/audit/checkpoint");
        assertThat(checkpoint.status()).isEqualTo(200);
        // its origin, its size and its root; below them stands who signed it
        List<String> sealed = new String(checkpoint.raw().body(), StandardCharsets.UTF_8)
                .lines()
                .limit(3)
                .toList();
        return new Log(counts, sealed);
    }

    private static Map<String, List<String>> rows(SidesOnPostgres sides) throws SQLException {
        try (Connection database = sides.readDatabase()) {
            return ReadModelRows.of(database, "g1");
        }
    }

    private static String verified(Client auditor) {
        Answer begun = auditor.command("/audit/verifications", fields());
        assertThat(begun.status()).as("%s", begun.body()).isIn(201, 202);
        String path = "/audit/verifications/" + begun.text("id");
        Instant giveUpAt = Instant.now().plus(PATIENCE);
        JsonNode shown = auditor.query(path).body();
        while (List.of("WAITING", "RUNNING").contains(shown.path("state").asString())
                && Instant.now().isBefore(giveUpAt)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            shown = auditor.query(path).body();
        }
        return shown.path("state").asString();
    }
}
