package dev.rapport.query;

import static dev.rapport.query.Examples.SOME_DAY;
import static dev.rapport.query.Examples.commitment;
import static dev.rapport.query.Examples.interaction;
import static dev.rapport.query.Examples.kept;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.InteractionLogged;
import dev.rapport.events.StakeholderProfileChanged;
import dev.rapport.events.storage.ErasureOrder;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.query.projection.Faults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

@OnEachDatabase
class What_was_erased {

    private static final String PERSON = "Zoë Quillfeather";
    private static final String SAID = "wept over the tender";
    private static final String PROMISED = "call Zoë Quillfeather back";
    private static final String STAKEHOLDER = "Osbert Thistlewood";

    @Parameter
    Database database;

    private Log log;
    private String url;
    private RunningQuerySide queries;

    @BeforeEach
    void happened() {
        log = new Log(database);
        url = database.freshUrl();
        queries = RunningQuerySide.of(log, database, url);
        log.append(
                stakeholder("S-1", STAKEHOLDER),
                relationship("R-1", "S-1", "manager1"),
                new InteractionLogged(
                        new RelationshipId("R-1"),
                        new EntryId("I-1"),
                        Channel.CALL,
                        SAID,
                        List.of(PERSON, "Lior Edelmann"),
                        -1),
                interaction("R-1", "I-2", "about the weather", "Lior Edelmann"),
                commitment("R-1", "C-1", Party.US, PROMISED, SOME_DAY));
        queries.catchUp();
    }

    @AfterEach
    void end() {
        queries.close();
        log.close();
    }

    private JsonNode told(String path) {
        return queries.get("head", path).ok().json();
    }

    private void erase() {
        log.erase(new ErasureOrder(PERSON, List.of(), List.of(), List.of(), List.of(new StakeholderId("S-1"))));
        queries.catchUp();
    }

    @Test
    void is_told_nowhere_any_more_and_the_rest_is_as_it_was() {
        JsonNode trust = told("/api/v1/relationships/R-1/trust");
        assertThat(Rows.of(url, database.user()).toString()).contains(PERSON, SAID, PROMISED, STAKEHOLDER);

        erase();

        assertThat(told("/api/v1/relationships/R-1/interactions/I-1").toString())
                .contains(
                        "\"summary\":\"[erased]\",\"participants\":[\"[erased]\",\"Lior Edelmann\"],\"sentiment\":-1");
        assertThat(told("/api/v1/relationships/R-1/interactions/I-2").toString())
                .contains("about the weather");
        assertThat(told("/api/v1/relationships/R-1").toString())
                .contains("\"statement\":\"[erased]\"")
                .doesNotContain(PROMISED, STAKEHOLDER);
        assertThat(told("/api/v1/relationships/R-1/history").toString())
                .contains("Personal data was erased, in 2 entries.", "A call with [erased] and Lior Edelmann")
                .doesNotContain(PERSON, SAID, PROMISED, STAKEHOLDER);
        assertThat(told("/api/v1/relationships/R-1/trust")).isEqualTo(trust);
        assertThat(told("/api/v1/stakeholders?q=thistlewood").get("items")).isEmpty();
        assertThat(Rows.of(url, database.user()).toString())
                .doesNotContain(PERSON, SAID, PROMISED, STAKEHOLDER, "quillfeather", "thistlewood");
    }

    @Test
    void is_not_there_either_when_the_read_models_are_built_from_scratch() {
        erase();
        String other = database.freshUrl();

        try (var rebuilt = RunningQuerySide.of(log, database, other)) {
            rebuilt.catchUp();

            assertThat(Rows.of(other, database.user())).isEqualTo(Rows.of(url, database.user()));
        }
    }

    @Test
    void is_not_told_by_a_generation_that_was_being_filled_when_it_was_erased() throws InterruptedException {
        var history = new RandomHistory(4711, "meanwhile");
        for (int batch = 0; batch < 20; batch++) {
            RandomHistory.Happening[] some = history.next(50).toArray(RandomHistory.Happening[]::new);
            for (RandomHistory.Happening each : some) {
                log.append(Log.SOMEBODY, each.occurredAt(), each.events());
            }
        }
        queries.catchUp();
        JsonNode rebuild =
                queries.post("operator", "/api/v1/operations/rebuilds", "{}").json();

        erase();

        String path = "/api/v1/operations/rebuilds/" + rebuild.get("id").asString();
        JsonNode shown = queries.get("operator", path).ok().json();
        while (shown.get("finishedAt") == null) {
            TimeUnit.MILLISECONDS.sleep(20);
            shown = queries.get("operator", path).ok().json();
        }
        assertThat(shown.get("state").asString()).as(shown.toString()).isEqualTo("DONE");
        queries.catchUp();
        assertThat(told("/api/v1/relationships/R-1/history").toString())
                .contains("Personal data was erased, in 2 entries.")
                .doesNotContain(PERSON, SAID, PROMISED, STAKEHOLDER);
        assertThat(Rows.of(url, database.user()).toString())
                .doesNotContain(PERSON, SAID, PROMISED, STAKEHOLDER, "quillfeather", "thistlewood");
    }

    @Test
    void is_told_neither_by_dead_letters_nor_by_what_stands_still_before_them() throws SQLException {
        log.append(kept("R-1", "C-that-nobody-made"));
        log.append(interaction("R-1", "I-3", "more of it", PERSON));
        Eventually.is(() ->
                !queries.all("operator", "/api/v1/operations/dead-letters").isEmpty());
        assertThat(Rows.of(url, database.user()).toString()).contains(PERSON, SAID);

        log.erase(new ErasureOrder(PERSON, List.of(), List.of(), List.of(), List.of(new StakeholderId("S-1"))));
        // relationship and stakeholder are told of by different segments
        Eventually.is(() -> Stream.of(SAID, STAKEHOLDER)
                .noneMatch(Rows.of(url, database.user()).toString()::contains));

        assertThat(Rows.of(url, database.user()).toString())
                .doesNotContain(PERSON, SAID, PROMISED, STAKEHOLDER, "quillfeather", "thistlewood", "more of it");
        assertThat(bytesOfDeadLetters()).hasSize(3).allMatch(bytes -> bytes == 0);
    }

    @Test
    void is_not_told_by_a_stakeholder_who_stands_still_before_a_dead_letter() {
        queries.close();
        var faults = new Faults();
        queries = RunningQuerySide.faulty(log, database, url, faults);
        var poisoned = new StakeholderProfileChanged(new StakeholderId("S-1"), null, null, "moved", null);
        faults.poison(event -> event.payload().equals(poisoned));
        log.append(poisoned);
        Eventually.is(() ->
                !queries.all("operator", "/api/v1/operations/dead-letters").isEmpty());
        assertThat(Rows.of(url, database.user()).toString()).contains(STAKEHOLDER);

        log.erase(new ErasureOrder(null, List.of(), List.of(), List.of(), List.of(new StakeholderId("S-1"))));
        Eventually.is(() -> !Rows.of(url, database.user()).toString().contains(STAKEHOLDER));

        assertThat(Rows.of(url, database.user()).toString()).doesNotContain("thistlewood");
        assertThat(told("/api/v1/stakeholders/S-1").get("version").asLong())
                .as("still before the dead letter")
                .isEqualTo(1);
    }

    @Test
    void is_streamed_to_nobody_who_comes_later_though_others_were_told_before() {
        try (var early = Following.stream(queries, "head", "?from=latest")) {
            long before = log.log.lastStablePosition();
            log.append(interaction("R-1", "I-3", SAID, PERSON));
            assertThat(early.until(before + 1).toString()).contains(PERSON, SAID);
            erase();
            early.until(log.log.lastStablePosition());

            try (var late = Following.stream(queries, "head", "?from=" + before)) {
                assertThat(late.until(log.log.lastStablePosition()).toString())
                        .contains("[erased]", "PersonalDataErased")
                        .doesNotContain(PERSON, SAID, STAKEHOLDER);
            }
        }
    }

    private List<Integer> bytesOfDeadLetters() throws SQLException {
        List<Integer> lengths = new ArrayList<>();
        try (var connection = Rows.connect(url, database.user());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select payload from dead_letter")) {
            while (rows.next()) {
                lengths.add(rows.getBytes(1).length);
            }
        }
        return lengths;
    }

    @Test
    void is_in_no_file_of_the_read_database_once_that_was_compacted() throws SQLException, IOException {
        erase();
        queries.close();
        List<Path> files = compacted();

        for (Path file : files) {
            String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            assertThat(List.of(PERSON, SAID, PROMISED, STAKEHOLDER))
                    .as("in %s", file)
                    .noneMatch(text -> bytes.contains(
                            new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)));
        }
        assertThat(files).isNotEmpty();
    }

    /** As docs/personal-data.md says; on PostgreSQL the write-ahead log still holds it until it is recycled. */
    private List<Path> compacted() throws SQLException, IOException {
        try (var connection = DriverManager.getConnection(url, database.user(), "");
                var statement = connection.createStatement()) {
            if (database == Database.H2) {
                statement.execute("shutdown compact");
                return List.of(Path.of(url.substring("jdbc:h2:file:".length()) + ".mv.db"));
            }
            statement.execute("vacuum full");
            statement.execute("checkpoint");
            try (var row = statement.executeQuery("select current_setting('data_directory') || '/base/' || oid"
                    + " from pg_database where datname = current_database()")) {
                row.next();
                try (Stream<Path> files = Files.walk(Path.of(row.getString(1)))) {
                    return files.filter(Files::isRegularFile).toList();
                }
            }
        }
    }
}
