package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.ConsistencyToken;
import dev.rapport.events.StreamName;
import dev.rapport.events.storage.EventLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class A_restart {

    @TempDir
    private Path data;

    @Test
    void keeps_everything_and_rebuilds_lost_read_models_row_by_row() throws Exception {
        JsonNode portfolio;
        try (RunningRapport rapport = RunningRapport.in(data)) {
            Client head = rapport.as("head");
            try (InputStream story = getClass().getResourceAsStream("/sample-data/relationships.ndjson")) {
                assertThat(head.imports(story).getLast().path("refused").asInt())
                        .isZero();
            }
            portfolio = wholePortfolio(rapport);
        }
        Map<String, List<String>> incremental = rowsOfReadModels();

        try (RunningRapport rapport = RunningRapport.in(data)) {
            assertThat(wholePortfolio(rapport)).isEqualTo(portfolio);
        }
        assertThat(rowsOfReadModels()).isEqualTo(incremental);

        deleteReadDatabase();
        try (RunningRapport rapport = RunningRapport.in(data)) {
            assertThat(wholePortfolio(rapport)).isEqualTo(portfolio);
        }
        assertThat(rowsOfReadModels()).isEqualTo(incremental);
    }

    /** The portfolio when the read models have seen every event of the log. */
    private static JsonNode wholePortfolio(RunningRapport rapport) {
        Client head = rapport.as("head");
        Map<StreamName, Long> versions = new HashMap<>();
        EventLog log = rapport.bean(EventLog.class);
        log.read(0, Integer.MAX_VALUE)
                .forEach(event -> versions.put(new StreamName(event.stream()), event.sequenceNumber() + 1));
        versions.forEach((stream, version) -> head.awaitSeen(new ConsistencyToken(stream, version)));
        return head.query("/relationships?limit=500").body();
    }

    private Map<String, List<String>> rowsOfReadModels() throws SQLException {
        Map<String, List<String>> rows = new TreeMap<>();
        try (Connection database =
                DriverManager.getConnection("jdbc:h2:file:" + data + "/read;DATABASE_TO_LOWER=TRUE", "sa", "")) {
            database.setSchema("g1");
            for (String table : readModels(database)) {
                rows.put(table, rowsOf(database, table));
            }
        }
        return rows;
    }

    /** All tables but those that tell how far the log was read, and which scripts were run. */
    private static List<String> readModels(Connection database) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (var select = database.createStatement();
                ResultSet row = select.executeQuery("select table_name from information_schema.tables"
                        + " where table_schema = 'g1' and table_name not in"
                        + " ('projection_token', 'dead_letter', 'flyway_schema_history')")) {
            while (row.next()) {
                tables.add(row.getString(1));
            }
        }
        assertThat(tables).contains("relationship", "entry", "history", "evidence");
        return tables;
    }

    private static List<String> rowsOf(Connection database, String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (var select = database.createStatement();
                ResultSet row = select.executeQuery("select * from " + table + " order by 1, 2")) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                StringBuilder text = new StringBuilder();
                for (int column = 1; column <= columns; column++) {
                    text.append(row.getString(column)).append('|');
                }
                rows.add(text.toString());
            }
        }
        assertThat(rows).as("rows of %s", table).isNotEmpty();
        return rows;
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
