package dev.rapport.query;

import static dev.rapport.query.Examples.interaction;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.DomainEvent;
import dev.rapport.events.storage.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnEachDatabase
class The_audit_area extends QuerySideTest {

    private static final List<String> OF_A_RELATIONSHIP = List.of("events", "state", "trust", "diff?from=0&to=1");

    private void established(String name) {
        log.append(
                stakeholder("S-area-" + name, "Acme"),
                relationship("R-area-" + name, "S-area-" + name, "manager1"),
                interaction("R-area-" + name, "I-1", "We said \u201eno\u201c/\u00e9 \\ \n", "Ann"));
    }

    private static String path(String name, String of) {
        return "/api/v1/audit/relationships/R-area-" + name + "/" + of;
    }

    private List<JsonNode> accesses(String parameters) {
        return queries.all("auditor", "/api/v1/audit/access?limit=3" + parameters);
    }

    @Test
    void is_read_by_auditors_only() {
        established("roles");
        for (String of : OF_A_RELATIONSHIP) {
            assertThat(queries.get("auditor", path("roles", of)).status()).isEqualTo(200);
            for (String user : List.of("head", "manager1", "reporter", "operator", "nobody", "manager3")) {
                var answer = queries.get(user, path("roles", of));
                assertThat(answer.status()).as(user + " " + of).isEqualTo(403);
                assertThat(answer.json().get("type").asString()).isEqualTo("/problems/forbidden");
            }
            assertThat(queries.send(queries.anonymous(path("roles", of)).build())
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void shows_events_byte_by_byte_as_they_are_stored_oldest_first() {
        log.append(Examples.everythingThatCanHappen("S-area-all", "R-area-all").toArray(DomainEvent[]::new));
        List<StoredEvent> stored = log.log.readStream("relationship/R-area-all", 0, 1_000);

        List<String> bodies = new ArrayList<>();
        List<JsonNode> items = new ArrayList<>();
        var next = Optional.of(path("all", "events?limit=7"));
        while (next.isPresent()) {
            var page = queries.get("auditor", next.get()).ok();
            bodies.add(page.response().body());
            page.json().get("items").forEach(items::add);
            next = page.next();
        }

        assertThat(items).hasSameSizeAs(stored);
        String all = String.join("\n", bodies);
        for (int i = 0; i < stored.size(); i++) {
            StoredEvent event = stored.get(i);
            JsonNode item = items.get(i);
            assertThat(all)
                    .contains("\"payload\":" + new String(event.payload(), StandardCharsets.UTF_8) + ",\"metadata\":"
                            + new String(event.metadata(), StandardCharsets.UTF_8) + ",\"says\":{");
            assertThat(item.get("position").asLong()).isEqualTo(event.position());
            assertThat(item.get("eventId").asString()).isEqualTo(event.eventId());
            assertThat(item.get("version").asLong()).isEqualTo(i + 1);
            assertThat(item.get("type").asString()).isEqualTo(event.eventType());
            assertThat(item.get("revision").asString()).isEqualTo(event.revision());
            assertThat(item.get("occurredAt").asString()).isEqualTo("2026-03-02T12:00:00Z");
            assertThat(item.get("recordedAt").asString())
                    .isEqualTo(event.recordedAt().toString());
        }
    }

    @Test
    void shows_bytes_that_rapport_never_wrote_too() {
        byte[] broken = {'{', (byte) 0xff, 0};
        try (var own = new Log(database);
                var asked = RunningQuerySide.of(own, database)) {
            own.append(stakeholder("S-broken", "Acme"), relationship("R-broken", "S-broken", "manager1"));
            asked.catchUp();
            own.tamper("update event_log set payload = ? where stream = 'relationship/R-broken'", broken);

            JsonNode item = asked.get("auditor", "/api/v1/audit/relationships/R-broken/events")
                    .ok()
                    .json()
                    .at("/items/0");
            assertThat(Base64.getDecoder().decode(item.get("payload").asString()))
                    .isEqualTo(broken);
        }
    }

    @Test
    void records_who_read_what_refusals_too_newest_first() {
        established("seen");
        Instant before = queries.clock.instant();
        try {
            queries.clock.set(Instant.parse("2026-06-01T10:00:00Z"));
            queries.get("auditor", path("seen", "state?validAt=2026-03-05")).ok();
            queries.get("head", path("seen", "trust"));
            queries.clock.set(Instant.parse("2026-06-01T11:00:00Z"));
            queries.get("auditor", path("seen", "state?version=99"));
            queries.get("auditor", path("seen", "events?limit=0"));
            queries.get("auditor", "/api/v1/%61udit/relationships/R-area-seen/events")
                    .ok();

            List<JsonNode> found = accesses("&relationshipId=R-area-seen");
            assertThat(found.stream().map(The_audit_area::summary))
                    .containsExactly(
                            "auditor [\"AUDITOR\"] listStoredEvents null 200",
                            "auditor [\"AUDITOR\"] listStoredEvents limit=0 400",
                            "auditor [\"AUDITOR\"] showStateAsOf version=99 404",
                            "head [\"HEAD_OF_RELATIONSHIPS\"] showTrustAsOf null 403",
                            "auditor [\"AUDITOR\"] showStateAsOf validAt=2026-03-05 200");
            assertThat(found.getLast().get("path").asString()).isEqualTo(path("seen", "state"));
            assertThat(found.getLast().get("at").asString()).isEqualTo("2026-06-01T10:00:00Z");
            assertThat(accesses("&relationshipId=R-area-seen&subject=head")).hasSize(1);
            assertThat(accesses("&relationshipId=R-area-seen&from=2026-06-01T11:00:00Z"))
                    .hasSize(3);
            assertThat(accesses("&relationshipId=R-area-seen&to=2026-06-01T11:00:00Z"))
                    .hasSize(2);
            assertThat(accesses("&subject=nobody%20at%20all%00")).isEmpty();
        } finally {
            queries.clock.set(before);
        }
    }

    private static String summary(JsonNode access) {
        return access.get("subject").asString() + " " + access.get("roles") + " "
                + access.get("operation").asString() + " "
                + access.path("query").asString("null") + " "
                + access.get("status");
    }

    @Test
    void records_the_reading_of_the_records_and_of_what_is_not_there() {
        queries.get("auditor", "/api/v1/audit/access?subject=a%20first%20look").ok();
        queries.get("auditor", "/api/v1/audit/nothing");
        queries.get("auditor", "/api/v1/audit");

        List<JsonNode> found = accesses("&subject=auditor");
        assertThat(found)
                .anyMatch(access -> access.path("query").asString("").equals("subject=a%20first%20look")
                        && access.get("status").asInt() == 200)
                .anyMatch(access -> access.get("path").asString().equals("/api/v1/audit/nothing")
                        && access.get("status").asInt() == 404)
                .anyMatch(access -> access.get("path").asString().equals("/api/v1/audit"));
    }

    @Test
    void outlives_the_read_models_and_tells_nothing_that_it_cannot_record() throws Exception {
        established("closed");
        String records = database.freshUrl();
        try (var first = RunningQuerySide.of(log, database, database.freshUrl(), "--rapport.audit.url=" + records)) {
            first.get("auditor", path("closed", "state")).ok();
        }
        try (var second = RunningQuerySide.of(log, database, database.freshUrl(), "--rapport.audit.url=" + records)) {
            assertThat(second.get("auditor", "/api/v1/audit/access?relationshipId=R-area-closed")
                            .ok()
                            .json()
                            .get("items"))
                    .hasSize(1);

            try (var connection = DriverManager.getConnection(records, database.user(), "");
                    var statement = connection.createStatement()) {
                statement.execute("alter table audit_access rename to audit_access_gone");
            }
            for (String of : OF_A_RELATIONSHIP) {
                var answer = second.get("auditor", path("closed", of));
                assertThat(answer.status()).as(of).isEqualTo(503);
                assertThat(answer.header("Retry-After")).isEqualTo("1");
                assertThat(answer.header("ETag")).isEmpty();
                assertThat(answer.json().get("type").asString()).isEqualTo("/problems/unavailable");
                assertThat(answer.response().body()).doesNotContain("TRANSACTIONAL", "manager1", "points");
                assertThat(second.get("head", path("closed", of)).status()).isEqualTo(503);
            }
            second.get("auditor", "/api/v1/relationships").ok();
        }
    }
}
