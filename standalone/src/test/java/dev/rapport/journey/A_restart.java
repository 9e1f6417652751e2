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
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        try (Connection database =
                DriverManager.getConnection("jdbc:h2:file:" + data + "/read;DATABASE_TO_LOWER=TRUE", "sa", "")) {
            Map<String, List<String>> rows = ReadModelRows.of(database, "g1");
            assertThat(rows.values()).allSatisfy(table -> assertThat(table).isNotEmpty());
            return rows;
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
