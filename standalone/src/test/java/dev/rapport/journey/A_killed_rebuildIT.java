package dev.rapport.journey;

import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Kills Rapport as {@code kill -9} does while it rebuilds its read models. */
@Tag("faults")
class A_killed_rebuildIT {

    private static final String REBUILDS = "/operations/rebuilds";

    /** So that the whole takes seconds, and its share can be hit; both generations stay, to be compared. */
    private static final String[] SLOWLY = {
        "--rapport.rebuild.workers=1",
        "--rapport.rebuild.batch-size=1",
        "--rapport.rebuild.share-size=50",
        "--rapport.rebuild.lease=PT1S",
        "--rapport.rebuild.keep-old=PT1H"
    };

    @TempDir
    private Path data;

    @Test
    void goes_on_after_each_kill_while_queries_are_served_and_ends_as_a_clean_one_does() throws Exception {
        RapportProcess rapport = RapportProcess.on(data, SLOWLY);
        try (InputStream sample =
                Objects.requireNonNull(getClass().getResourceAsStream("/sample-data/relationships.ndjson"))) {
            rapport.as("head").imports(sample);
        }
        caughtUp(rapport);
        String id = rapport.as("operator").command(REBUILDS, fields()).text("id");
        for (int percent : List.of(10, 50, 90)) {
            JsonNode shown = rebuild(rapport, id);
            while (shown.path("eventsDone").asLong() * 100
                            < shown.path("events").asLong() * percent
                    || shown.path("events").asLong() == 0) {
                assertThat(rapport.as("head").query("/relationships?limit=3").status())
                        .isEqualTo(200);
                shown = rebuild(rapport, id);
                assertThat(shown.path("state").asString()).isIn("WAITING", "FILLING");
            }
            rapport.kill();
            System.out.printf(
                    "killed at %d of %d events%n",
                    shown.path("eventsDone").asLong(), shown.path("events").asLong());
            rapport = RapportProcess.on(data, SLOWLY);
            assertThat(rapport.as("head").query("/relationships?limit=3").status())
                    .isEqualTo(200);
        }
        ends(rapport, id);
        rapport.close();
        rapport = RapportProcess.on(data, "--rapport.rebuild.keep-old=PT1H");
        ends(rapport, rapport.as("operator").command(REBUILDS, fields()).text("id"));
        rapport.close();

        try (Connection database =
                DriverManager.getConnection("jdbc:h2:file:" + data + "/read;DATABASE_TO_LOWER=TRUE", "sa", "")) {
            assertThat(ReadModelRows.of(database, "g2")).isEqualTo(ReadModelRows.of(database, "g3"));
            assertThat(indexes(database, "g2")).isNotEmpty().isEqualTo(indexes(database, "g3"));
        }
    }

    private static JsonNode rebuild(RapportProcess rapport, String id) {
        return rapport.as("operator").query(REBUILDS + "/" + id).body();
    }

    private static void caughtUp(RapportProcess rapport) throws InterruptedException {
        JsonNode readModels;
        do {
            TimeUnit.MILLISECONDS.sleep(50);
            readModels = rapport.as("operator")
                    .query("/operations/processors")
                    .body()
                    .path("items")
                    .get(0);
        } while (readModels.path("lagEvents").asLong() > 0);
    }

    private static void ends(RapportProcess rapport, String id) throws InterruptedException {
        JsonNode shown = rebuild(rapport, id);
        while (!shown.hasNonNull("finishedAt")) {
            TimeUnit.MILLISECONDS.sleep(20);
            shown = rebuild(rapport, id);
        }
        assertThat(shown.path("state").asString()).as(shown.toString()).isEqualTo("DONE");
    }

    /** The columns of all indexes, whatever H2 calls those of primary keys. */
    private static List<String> indexes(Connection database, String schema) throws SQLException {
        List<String> indexes = new ArrayList<>();
        try (var select = database.prepareStatement("select table_name || ' ' || column_name || ' ' || ordinal_position"
                + " || ' ' || coalesce(cast(is_unique as varchar), '') from information_schema.index_columns"
                + " where index_schema = ? order by 1")) {
            select.setString(1, schema);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    indexes.add(row.getString(1));
                }
            }
        }
        return indexes;
    }
}
