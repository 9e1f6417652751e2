package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.events.ConsistencyToken;
import dev.rapport.events.StreamName;
import dev.rapport.journey.Client.Answer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

@Isolated("what the others write would be captured as well")
class A_person_who_is_forgotten {

    private static final String PERSON = "Zoë Quillfeather";
    private static final String SAID = "wept over the tender";
    private static final String IMPORTED = "sang in the corridor";
    private static final String PROMISED = "call Zoë Quillfeather back";

    @TempDir
    private Path data;

    @TempDir
    private Path away;

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void is_in_no_answer_no_file_and_no_log_and_everything_else_is_as_it_was(CapturedOutput output) throws Exception {
        JsonNode trust;
        JsonNode portfolio;
        try (RunningRapport rapport = RunningRapport.in(data, Map.of("logging.level.rapport.security", "info"))) {
            Client head = rapport.as("head");
            Client operator = rapport.as("operator");
            tell(head);
            String trustOfNow =
                    "/relationships/R-1/trust/explanation?at=" + Instant.now().truncatedTo(ChronoUnit.MILLIS);
            trust = head.query(trustOfNow).body();
            assertThat(trust.toString()).contains("InteractionLogged");
            assertThat(head.query("/relationships/R-1/history").body().toString())
                    .contains(PERSON, SAID, PROMISED, IMPORTED);

            assertThat(bundle(rapport.as("auditor")).text("texts.ndjson")).contains(PERSON, SAID, PROMISED, IMPORTED);
            assertThat(head.command("/operations/erasures", asked("ticket 4711"))
                            .status())
                    .isEqualTo(403);
            Answer naming = operator.command("/operations/erasures", asked("asked for by zoe  QUILLFEATHER"));
            assertThat(naming.status()).isEqualTo(422);
            Answer erased = operator.command("/operations/erasures", asked("ticket 4711"));

            assertThat(erased.status()).isEqualTo(201);
            assertThat(erased.body().toString()).contains("\"names\":1,\"texts\":3,\"relationships\":1");
            assertThat(operator.query(erased.header("Location").orElseThrow().replace("/api/v1", ""))
                            .body())
                    .isEqualTo(erased.body());
            assertThat(operator.query("/operations/erasures").body().path("items"))
                    .containsExactly(erased.body());
            head.awaitSeen(new ConsistencyToken(new StreamName("relationship/R-1"), 5));
            assertThat(head.query("/relationships/R-1/history").body().toString())
                    .contains("Personal data was erased, in 3 entries.")
                    .doesNotContain(PERSON, SAID, PROMISED, IMPORTED);
            assertThat(head.query("/relationships/R-1/interactions/I-1").body().path("participants"))
                    .hasToString("[\"[erased]\",\"Lior Edelmann\"]");
            assertThat(head.query(trustOfNow).body()).isEqualTo(trust);
            portfolio = head.query("/relationships").body();
            Client auditor = rapport.as("auditor");
            assertThat(auditor.query("/audit/relationships/R-1/state?version=4")
                            .body()
                            .toString())
                    .as("what was known then is told without what was erased since")
                    .contains("[erased]")
                    .doesNotContain(PERSON, SAID, PROMISED, IMPORTED);
            assertThat(auditor.query("/audit/relationships/R-1/events").body().toString())
                    .contains("InteractionLogged", "\"says\"", "[erased]")
                    .doesNotContain(PERSON, SAID, PROMISED, IMPORTED);
            assertThat(verified(auditor))
                    .as("the seal, which covers the ciphertext")
                    .isEqualTo("MATCHES");
            Bundle bundle = bundle(auditor);
            assertThat(bundle.verdict(away))
                    .as("what the bundle's own verifier ends with")
                    .isZero();
            assertThat(bundle.text("texts.ndjson"))
                    .contains("[erased]", "safe supply")
                    .doesNotContain(PERSON, SAID, PROMISED, IMPORTED);
            assertThat(rebuilt(operator)).isEqualTo("DONE");
            assertThat(head.query("/relationships/R-1/history").body().toString())
                    .contains("[erased]")
                    .doesNotContain(PERSON, SAID, PROMISED, IMPORTED);
            assertThat(head.query(trustOfNow).body()).isEqualTo(trust);

            Answer again = operator.command("/operations/erasures", asked("ticket 4711, once more"));
            assertThat(again.body().toString()).contains("\"names\":0,\"texts\":0");
            assertThat(head.command("/relationships/R-1/commitments/C-1/fulfilments", Map.of("note", "done"))
                            .status())
                    .as("life goes on")
                    .isEqualTo(201);
        }

        assertThat(output.getAll())
                .contains("ERASURE_ASKED", "answered 201", "answered 422")
                .doesNotContain(PERSON, "quillfeather", "QUILLFEATHER", SAID, PROMISED, IMPORTED);
        compact("/events");
        compact("/read;DATABASE_TO_LOWER=TRUE");
        assertThat(filesThatHold(data, asStored(PERSON, SAID, PROMISED, IMPORTED)))
                .isEmpty();
        assertThat(filesThatHold(data, asStored("relationship/R-1"))).isNotEmpty();

        deleteReadDatabase();
        try (RunningRapport rapport = RunningRapport.in(data)) {
            Client head = rapport.as("head");
            head.awaitSeen(new ConsistencyToken(new StreamName("relationship/R-1"), 6));
            assertThat(head.query("/relationships/R-1/history").body().toString())
                    .contains("[erased]", "done")
                    .doesNotContain(PERSON, SAID, PROMISED, IMPORTED);
            assertThat(head.query("/relationships").body().path("items").size())
                    .isEqualTo(portfolio.path("items").size());
        }
    }

    @Test
    void is_in_no_file_of_postgresql_once_an_operator_has_compacted_it_by_the_book() throws Exception {
        Path cluster = away.resolve("postgresql");
        List<byte[]> texts = asStored(PERSON, SAID, PROMISED, IMPORTED);
        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.builder().setDataDirectory(cluster).start()) {
            execute(postgres, "postgres", "create database events; create database read; create database audit");
            List<byte[]> keys;
            try (RunningRapport rapport = RunningRapport.in(data, on(postgres))) {
                tell(rapport.as("head"));
                keys = keys(postgres);
                assertThat(keys).isNotEmpty();
                // as autovacuum does it on its own, when more was said
                execute(postgres, "read", "analyze");
                execute(postgres, "events", "analyze; checkpoint");
                assertThat(known(postgres, "read", SAID))
                        .as("columns of whose values the planner keeps what was said")
                        .isPositive();
                assertThat(filesThatHold(cluster.resolve("base"), texts)).isNotEmpty();
                assertThat(filesThatHold(cluster.resolve("base").resolve(folder(postgres, "events")), texts))
                        .as("in clear, in the event database")
                        .isEmpty();

                Answer erased = rapport.as("operator").command("/operations/erasures", asked("ticket 4711"));
                assertThat(erased.status()).isEqualTo(201);
                rapport.as("head").awaitSeen(new ConsistencyToken(new StreamName("relationship/R-1"), 5));
                assertThat(filesThatHold(cluster, keys))
                        .as("the key, before anything is compacted")
                        .isNotEmpty();
                assertThat(filesThatHold(cluster, texts))
                        .as("the texts, before anything is compacted")
                        .isNotEmpty();

                List<String> steps = stepsToCompact();
                execute(postgres, "read", steps.get(0));
                execute(postgres, "events", steps.get(1));
                execute(postgres, "postgres", steps.get(2));
            }
            assertThat(filesThatHold(cluster, texts)).as("the texts").isEmpty();
            assertThat(filesThatHold(cluster, keys)).as("the key").isEmpty();
            assertThat(filesThatHold(cluster, asStored("relationship/R-1"))).isNotEmpty();
        }
    }

    private static Map<String, String> on(EmbeddedPostgres postgres) {
        Map<String, String> settings = new HashMap<>();
        for (String database : List.of("events", "read", "audit")) {
            settings.put("rapport." + database + ".url", postgres.getJdbcUrl("postgres", database));
            settings.put("rapport." + database + ".username", "postgres");
        }
        return settings;
    }

    /** The blocks of SQL that the book has for it: for the read database, the event database, and the server. */
    private static List<String> stepsToCompact() throws IOException {
        String book = Files.readString(Path.of("..", "docs", "personal-data.md"));
        List<String> steps = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL)
                .matcher(book.substring(book.indexOf("### Compacting")))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(steps).hasSize(3);
        return steps;
    }

    /** Each statement by itself, as psql does. */
    private static void execute(EmbeddedPostgres postgres, String database, String statements) throws SQLException {
        try (var connection = DriverManager.getConnection(postgres.getJdbcUrl("postgres", database));
                var statement = connection.createStatement()) {
            for (String each : statements.split(";", -1)) {
                if (!each.isBlank()) {
                    statement.execute(each);
                }
            }
        }
    }

    /** The wrapped keys of the relationship: with the master key, whoever has them can read. */
    private static List<byte[]> keys(EmbeddedPostgres postgres) throws SQLException {
        List<byte[]> keys = new ArrayList<>();
        try (var connection = DriverManager.getConnection(postgres.getJdbcUrl("postgres", "events"));
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery("select wrapped from personal_key where stream = 'relationship/R-1'")) {
            while (rows.next()) {
                keys.add(rows.getBytes(1));
            }
        }
        return keys;
    }

    private static int known(EmbeddedPostgres postgres, String database, String text) throws SQLException {
        try (var connection = DriverManager.getConnection(postgres.getJdbcUrl("postgres", database));
                var query = connection.prepareStatement(
                        "select count(*) from pg_stats where concat(histogram_bounds, most_common_vals) like ?")) {
            query.setString(1, "%" + text + "%");
            try (var row = query.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** Where PostgreSQL keeps a database. */
    private static String folder(EmbeddedPostgres postgres, String database) throws SQLException {
        try (var connection = DriverManager.getConnection(postgres.getJdbcUrl("postgres", database));
                var statement = connection.createStatement();
                var row = statement.executeQuery("select oid from pg_database where datname = current_database()")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void can_be_erased_by_the_ids_of_what_names_them_and_only_by_operators() {
        try (RunningRapport rapport = RunningRapport.in(data)) {
            tell(rapport.as("head"));
            Client operator = rapport.as("operator");

            assertThat(operator.command("/operations/erasures", Map.of("reason", "why"))
                            .status())
                    .isEqualTo(422);
            assertThat(operator.command(
                                    "/operations/erasures",
                                    Map.of(
                                            "entries",
                                            List.of(Map.of("relationshipId", "R-1", "entryId", "I-9")),
                                            "reason",
                                            "why"))
                            .status())
                    .isEqualTo(404);
            Answer malformed = operator.command(
                    "/operations/erasures", Map.of("person", " ", "events", List.of(Map.of("version", 0))));
            assertThat(malformed.status()).isEqualTo(400);
            assertThat(malformed.body().path("errors").size()).isEqualTo(4);
            Answer erased = operator.command(
                    "/operations/erasures",
                    Map.of(
                            "events",
                            List.of(Map.of("relationshipId", "R-1", "version", 1)),
                            "stakeholderIds",
                            List.of("S-1"),
                            "reason",
                            "why"));
            assertThat(erased.body().toString()).contains("\"texts\":2,\"relationships\":1,\"stakeholders\":1");
            for (String path : List.of("?limit=0", "?cursor=x", "?gossip=1", "/none")) {
                assertThat(operator.query("/operations/erasures" + path).status())
                        .as(path)
                        .isIn(400, 404);
            }
            assertThat(rapport.as("auditor").query("/operations/erasures").status())
                    .isEqualTo(403);
        }
    }

    @Test
    void is_safe_with_a_master_key_that_is_made_for_its_owner_and_never_done_without() throws IOException {
        RunningRapport.in(data).close();
        Path key = data.resolve("master.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");

        Files.writeString(key, "YW5vdGhlciBtYXN0ZXIga2V5IGZvciB0ZXN0cyEhISE=");
        assertThatThrownBy(() -> RunningRapport.in(data)).hasStackTraceContaining("are wrapped by the master key");

        Files.delete(key);
        assertThatThrownBy(() -> RunningRapport.in(data)).hasStackTraceContaining("is gone, and the event log holds");
    }

    private static String verified(Client auditor) throws InterruptedException {
        return ended(auditor, "/audit/verifications", auditor.command("/audit/verifications", Map.of(), Map.of()));
    }

    private static String rebuilt(Client operator) throws InterruptedException {
        return ended(operator, "/operations/rebuilds", operator.command("/operations/rebuilds", Map.of(), Map.of()));
    }

    private static String ended(Client client, String path, Answer begun) throws InterruptedException {
        Answer shown = client.query(path + "/" + begun.text("id"));
        while (shown.text("state").matches("WAITING|RUNNING|FILLING|FOLLOWING|COMPARING")) {
            TimeUnit.MILLISECONDS.sleep(20);
            shown = client.query(path + "/" + begun.text("id"));
        }
        return shown.text("state");
    }

    private static Bundle bundle(Client auditor) {
        return new Bundle(auditor.query("/audit/relationships/R-1/bundle").raw().body());
    }

    private static Map<String, String> asked(String reason) {
        return Map.of("person", "zoe quillfeather", "reason", reason);
    }

    private static void tell(Client head) {
        assertThat(head.command(
                                "/stakeholders",
                                Map.of("id", "S-1", "name", "Acme", "kind", "SUPPLIER", "group", "steel"))
                        .status())
                .isEqualTo(201);
        head.command("/relationships", Map.of("id", "R-1", "stakeholderId", "S-1", "purpose", "safe supply"));
        head.command(
                "/relationships/R-1/interactions",
                Map.of(
                        "id",
                        "I-1",
                        "channel",
                        "CALL",
                        "summary",
                        SAID,
                        "participants",
                        List.of(PERSON, "Lior Edelmann"),
                        "sentiment",
                        -1),
                Map.of("Idempotency-Key", "\"first\""));
        head.command(
                "/relationships/R-1/commitments",
                Map.of("id", "C-1", "madeBy", "US", "statement", PROMISED, "dueOn", "2035-01-01"));
        String line = """
            {"command": "LogInteraction", "relationshipId": "R-1", "id": "I-2", "channel": "VISIT", "summary": "%s", "participants": ["%s"]}
            """.formatted(IMPORTED, PERSON);
        List<JsonNode> imported = head.imports(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)));
        assertThat(imported.getFirst().path("status").asInt()).isEqualTo(201);
        head.awaitSeen(new ConsistencyToken(new StreamName("relationship/R-1"), 4));
    }

    private void compact(String name) throws SQLException {
        try (var database = DriverManager.getConnection("jdbc:h2:file:" + data + name, "sa", "");
                var statement = database.createStatement()) {
            statement.execute("shutdown compact");
        }
    }

    /** In the character sets that databases keep texts in. */
    private static List<byte[]> asStored(String... texts) {
        return Stream.of(texts)
                .flatMap(text -> Stream.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)
                        .map(text::getBytes))
                .toList();
    }

    private static List<Path> filesThatHold(Path folder, List<byte[]> sought) throws IOException {
        List<String> texts = sought.stream()
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .toList();
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        String content = content(file);
                        return texts.stream().anyMatch(content::contains);
                    })
                    .toList();
        }
    }

    /** A character for each byte; none of a file that went away meanwhile, as those of a running PostgreSQL may. */
    private static String content(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException gone) {
            return "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void deleteReadDatabase() throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.filter(name -> name.getFileName().toString().startsWith("read"))
                    .toList()) {
                Files.delete(file);
            }
        }
    }
}
