package dev.rapport.query;

import static dev.rapport.query.Examples.assigned;
import static dev.rapport.query.Examples.commitment;
import static dev.rapport.query.Examples.interaction;
import static dev.rapport.query.Examples.kept;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.DomainEvent;
import dev.rapport.events.StakeholderProfileChanged;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.StakeholderId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@OnEachDatabase
class What_changed extends QuerySideTest {

    private static final long SEED = 5;
    private static final Instant MARCH = Instant.parse("2026-03-01T12:00:00Z");

    private JsonNode diff(String id, Object from, Object to) {
        return queries.get("auditor", "/api/v1/audit/relationships/" + id + "/diff?from=" + from + "&to=" + to)
                .ok()
                .json();
    }

    private static Optional<JsonNode> change(JsonNode diff, String pointer) {
        return diff.get("changes")
                .valueStream()
                .filter(change -> change.get("pointer").asString().equals(pointer))
                .findFirst();
    }

    private static List<Long> positions(JsonNode change) {
        return change.get("events")
                .valueStream()
                .map(event -> event.get("version").asLong())
                .toList();
    }

    @Test
    void is_told_field_by_field_with_the_events_that_did_it() {
        log.append(stakeholder("S-diff-1", "Acme"), relationship("R-diff-1", "S-diff-1", "manager1"));
        log.append(
                commitment("R-diff-1", "C-1", Party.THEM, "deliver", LocalDate.of(2026, 6, 1)),
                interaction("R-diff-1", "I-1", "we met"),
                kept("R-diff-1", "C-1"),
                assigned("R-diff-1", "manager2"));
        log.append(new StakeholderProfileChanged(new StakeholderId("S-diff-1"), "Acme & Sons", null, null, null));
        log.append(assigned("R-diff-1", "manager3"));

        JsonNode diff = diff("R-diff-1", 1, 6);

        JsonNode manager = change(diff, "/managerId").orElseThrow();
        assertThat(manager.get("before").asString()).isEqualTo("manager1");
        assertThat(manager.get("after").asString()).isEqualTo("manager3");
        assertThat(positions(manager)).containsExactly(5L, 6L);
        assertThat(manager.at("/events/0/type").asString()).isEqualTo("ManagerAssigned");
        assertThat(manager.at("/events/0/summary").asString()).contains("manager2");
        assertThat(manager.has("byTime")).isFalse();

        JsonNode name = change(diff, "/stakeholderName").orElseThrow();
        assertThat(name.at("/events/0/stream").asString()).isEqualTo("stakeholder/S-diff-1");
        JsonNode contractual = change(diff, "/trust/inThem/contractual").orElseThrow();
        assertThat(positions(contractual)).containsExactly(4L);
        assertThat(positions(change(diff, "/trust/inThem/goodwill").orElseThrow()))
                .containsExactly(3L);
        assertThat(change(diff, "/nextDueCommitment/id")).as("came and went").isEmpty();
        assertThat(change(diff, "/counts/commitments/open")).isEmpty();
        JsonNode last = change(diff, "/lastInteractionAt").orElseThrow();
        assertThat(last.has("before")).isFalse();
        assertThat(last.has("after")).isTrue();
    }

    @Test
    void by_time_alone_is_told_so() {
        log.append(stakeholder("S-diff-2", "Acme"));
        log.appendRecordedAt(MARCH, MARCH, relationship("R-diff-2", "S-diff-2", "manager1"));
        log.appendRecordedAt(
                MARCH,
                MARCH,
                commitment("R-diff-2", "C-1", Party.THEM, "deliver", LocalDate.of(2026, 6, 1)),
                kept("R-diff-2", "C-1"));
        log.tamper(
                "update event_log set recorded_at = ? where stream = 'stakeholder/S-diff-2'",
                MARCH.atOffset(ZoneOffset.UTC));

        JsonNode diff = diff("R-diff-2", MARCH.plus(Duration.ofDays(1)), MARCH.plus(Duration.ofDays(100)));

        JsonNode trust = change(diff, "/trust/inThem/contractual").orElseThrow();
        assertThat(trust.get("after").asDouble()).isLessThan(trust.get("before").asDouble());
        assertThat(trust.get("events").isEmpty()).isTrue();
        assertThat(trust.get("byTime").asString()).contains("without any event, evidence faded");
        assertThat(diff.get("changes")
                        .valueStream()
                        .map(change -> change.get("pointer").asString()))
                .allMatch(pointer -> pointer.startsWith("/trust/") || pointer.equals("/practice/since"));
    }

    @Test
    void is_everything_since_before_there_was_anything() {
        log.append(stakeholder("S-diff-3", "Acme"), relationship("R-diff-3", "S-diff-3", "manager1"));

        JsonNode diff = diff("R-diff-3", 0, 1);

        assertThat(diff.at("/from/version").asInt()).isZero();
        assertThat(diff.get("changes").valueStream())
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change.has("before")).isFalse());
        assertThat(change(diff, "/id").orElseThrow().at("/events/0/type").asString())
                .isEqualTo("RelationshipEstablished");
    }

    /** What a diff says is held to the states themselves, version by version. */
    @Test
    void is_what_makes_one_state_of_the_other_and_each_event_is_named_where_it_did_something() {
        System.out.println("seed " + SEED);
        log.append(Examples.everythingThatCanHappen("S-diff-4", "R-diff-4").toArray(DomainEvent[]::new));
        long newest = queries.get("auditor", "/api/v1/audit/relationships/R-diff-4/state")
                .ok()
                .json()
                .get("version")
                .asLong();
        Map<Long, Map<String, String>> states = new LinkedHashMap<>();
        for (long version = 1; version <= newest; version++) {
            Map<String, String> fields = new LinkedHashMap<>();
            collect(
                    "",
                    queries.get("auditor", "/api/v1/audit/relationships/R-diff-4/state?version=" + version)
                            .ok()
                            .json(),
                    fields);
            states.put(version, fields);
        }
        var random = new Random(SEED);
        for (int i = 0; i < 20; i++) {
            long from = 1L + random.nextInt((int) newest);
            long to = from + random.nextInt((int) (newest - from + 1));
            Map<String, String> state = new LinkedHashMap<>(states.get(from));
            for (JsonNode change : diff("R-diff-4", from, to).get("changes")) {
                String pointer = change.get("pointer").asString();
                assertThat(change.has("before") ? change.get("before").toString() : null)
                        .isEqualTo(state.get(pointer));
                if (change.has("after")) {
                    state.put(pointer, change.get("after").toString());
                } else {
                    state.remove(pointer);
                }
                assertThat(positions(change))
                        .as("%s from %d to %d", pointer, from, to)
                        .isEqualTo(versionsThatChanged(pointer, from, to, states));
            }
            assertThat(state).isEqualTo(states.get(to));
        }
    }

    private static List<Long> versionsThatChanged(
            String pointer, long from, long to, Map<Long, Map<String, String>> states) {
        return states.keySet().stream()
                .filter(version -> version > from && version <= to)
                .filter(version -> !Objects.equals(
                        states.get(version).get(pointer),
                        states.get(version - 1).get(pointer)))
                .toList();
    }

    private static void collect(String pointer, JsonNode node, Map<String, String> fields) {
        if (node.isObject()) {
            node.forEachEntry((name, value) -> collect(pointer + "/" + name, value, fields));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(pointer + "/" + i, node.get(i), fields);
            }
        } else {
            fields.put(pointer, node.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?from=1",
                "?to=1",
                "?from=1&to=2026-03-01",
                "?from=1&to=0",
                "?from=2026-03-02&to=2026-03-01",
                "?from=one&to=2",
                "?from=-1&to=2",
                "?from=1&to=1&by=me"
            })
    void is_not_told_of_what_makes_no_sense(String parameters) {
        if (queries.get("auditor", "/api/v1/audit/relationships/R-diff-5/events")
                        .status()
                == 404) {
            log.append(stakeholder("S-diff-5", "Acme"), relationship("R-diff-5", "S-diff-5", "manager1"));
        }
        assertThat(queries.get("auditor", "/api/v1/audit/relationships/R-diff-5/diff" + parameters)
                        .status())
                .isEqualTo(400);
    }
}
