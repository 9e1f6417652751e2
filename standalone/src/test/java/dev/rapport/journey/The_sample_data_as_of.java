package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.ConsistencyToken;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.StreamName;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.query.projection.ReadModelProcessor;
import dev.rapport.query.projection.ReadModels;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class The_sample_data_as_of {

    private static final List<String> READ_MODELS = List.of(
            "stakeholder",
            "relationship",
            "entry",
            "commitment",
            "disclosure",
            "objective",
            "indicator",
            "measurement",
            "history",
            "evidence",
            "declared_level",
            "trust_standing");

    @TempDir
    private Path data;

    /** The read models are emptied and fed event by event, so that each version is the newest once; nothing of the answers is left out. */
    @Test
    void every_version_is_what_the_live_projection_showed_when_it_was_the_newest() throws Exception {
        Clock now = Clock.fixed(Instant.now(), ZoneOffset.UTC);
        try (RunningRapport rapport = RunningRapport.in(data, now)) {
            Client auditor = rapport.as("auditor");
            List<RecordedEvent> events = imported(rapport);
            rapport.bean(ReadModelProcessor.class).stop();
            DSLContext database = rapport.bean("readJooq", DSLContext.class);
            READ_MODELS.forEach(table -> database.execute("delete from " + table));

            var transaction =
                    new TransactionTemplate(rapport.bean("readTransactions", PlatformTransactionManager.class));
            int compared = 0;
            for (RecordedEvent event : events) {
                transaction.executeWithoutResult(
                        _ -> rapport.bean(ReadModels.class).apply(List.of(event)));
                if (event.payload() instanceof RelationshipEvent happened) {
                    String path = "/relationships/" + happened.relationshipId();
                    assertThat(body(auditor.query("/audit" + path + "/state?version=" + event.version())))
                            .as("version %d of %s", event.version(), path)
                            .isEqualTo(body(auditor.query(path)));
                    compared++;
                }
            }
            assertThat(compared).isGreaterThan(1_500);
        }
    }

    private static List<RecordedEvent> imported(RunningRapport rapport) throws Exception {
        Client head = rapport.as("head");
        try (InputStream story = The_sample_data_as_of.class.getResourceAsStream("/sample-data/relationships.ndjson")) {
            assertThat(head.imports(story).getLast().path("refused").asInt()).isZero();
        }
        EventLog log = rapport.bean(EventLog.class);
        List<RecordedEvent> events = log.recorded(log.read(0, Integer.MAX_VALUE));
        Map<StreamName, Long> versions = new LinkedHashMap<>();
        events.forEach(event -> versions.put(event.stream(), event.version()));
        versions.forEach((stream, version) -> head.awaitSeen(new ConsistencyToken(stream, version)));
        return events;
    }

    private static String body(Client.Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return new String(answer.raw().body(), StandardCharsets.UTF_8);
    }
}
