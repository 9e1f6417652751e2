package dev.rapport.query;

import static dev.rapport.query.Examples.indicator;
import static dev.rapport.query.Examples.measurement;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.retracted;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Party;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import tools.jackson.databind.JsonNode;

@OnEachDatabase
class Indicators extends QuerySideTest {

    private static final LocalDate MARCH = LocalDate.of(2026, 3, 1);
    private static final LocalDate APRIL = LocalDate.of(2026, 4, 1);

    @BeforeParameterizedClassInvocation
    void happened() {
        for (String id : List.of("R-ind-1", "R-ind-2")) {
            log.append(
                    stakeholder("S-" + id, "Acme"),
                    relationship(id, "S-" + id, "manager1"),
                    indicator(id, "N-theirs", Party.THEM, Level.TRANSACTIONAL),
                    indicator(id, "N-ours", Party.US, Level.TRANSACTIONAL),
                    indicator(id, "N-wrong", Party.US, Level.JOINT_VALUE),
                    indicator(id, "N-deep", Party.US, Level.JOINT_VALUE),
                    indicator(id, "N-never", Party.THEM, Level.ADDED_VALUE));
        }
        log.append(
                measurement("R-ind-1", "M-1", "N-ours", "99.50", MARCH),
                measurement("R-ind-1", "M-2", "N-ours", "98.1", APRIL),
                measurement("R-ind-1", "M-3", "N-ours", "99.70", APRIL),
                measurement("R-ind-1", "M-4", "N-ours", "97", MARCH),
                measurement("R-ind-1", "M-5", "N-theirs", "12", MARCH),
                measurement("R-ind-1", "M-6", "N-theirs", "13", APRIL),
                measurement("R-ind-1", "M-7", "N-deep", "14", APRIL));
        queries.catchUp();
        log.append(
                retracted("R-ind-1", "M-6", EntryKind.MEASUREMENT),
                retracted("R-ind-1", "M-7", EntryKind.MEASUREMENT),
                retracted("R-ind-1", "N-wrong", EntryKind.INDICATOR));
        log.append(measurement("R-ind-2", "M-9", "N-ours", "1", LocalDate.of(2026, 5, 1)));
        queries.catchUp();
    }

    private List<String> ids(String filter) {
        return queries.all("head", "/api/v1/relationships/R-ind-1/indicators?limit=2" + filter).stream()
                .map(item -> item.get("id").asString())
                .toList();
    }

    private JsonNode shown(String id) {
        return queries.all("head", "/api/v1/relationships/R-ind-1/indicators").stream()
                .filter(item -> item.get("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void are_listed_by_owner_and_then_as_they_were_agreed_without_those_retracted() {
        assertThat(ids("")).containsExactly("N-ours", "N-deep", "N-theirs", "N-never");
    }

    @Test
    void are_filtered_by_owner_and_level() {
        assertThat(ids("&owner=US")).containsExactly("N-ours", "N-deep");
        assertThat(ids("&owner=THEM")).containsExactly("N-theirs", "N-never");
        assertThat(ids("&level=TRANSACTIONAL")).containsExactly("N-ours", "N-theirs");
        assertThat(ids("&owner=THEM&level=ADDED_VALUE")).containsExactly("N-never");
    }

    @Test
    void show_their_latest_measurement_by_its_day_and_of_a_day_the_last() {
        JsonNode ours = shown("N-ours");

        assertThat(ours.toString()).startsWith("""
            {"id":"N-ours","relationshipId":"R-ind-1","owner":"US","requirement":"RIGHT","level":"TRANSACTIONAL",\
            "name":"Parts without fault","target":99.50,"better":"HIGHER","unit":"%",\
            "latestMeasurement":{"id":"M-3","value":99.70,"measuredOn":"2026-04-01","meetsTarget":true},\
            "measurements":4,"measurementsMet":2,"occurredAt":"2026-03-02T12:00:00Z",\
            """);
        assertThat(ours.get("recordedBy").asString()).isEqualTo("manager1");
    }

    @Test
    void do_not_count_measurements_that_were_retracted() {
        assertThat(shown("N-theirs").at("/latestMeasurement/id").asString()).isEqualTo("M-5");
        assertThat(shown("N-theirs").get("measurements").asInt()).isEqualTo(1);
        assertThat(shown("N-theirs").get("measurementsMet").asInt()).isZero();
    }

    @Test
    void without_a_measurement_show_none() {
        for (String id : List.of("N-never", "N-deep")) {
            assertThat(shown(id).has("latestMeasurement")).isFalse();
            assertThat(shown(id).get("measurements").asInt()).isZero();
        }
    }
}
