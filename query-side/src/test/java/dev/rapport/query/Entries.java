package dev.rapport.query;

import static dev.rapport.query.Examples.everythingThatCanHappen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.DomainEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import tools.jackson.databind.JsonNode;

@OnEachDatabase
class Entries extends QuerySideTest {

    @BeforeParameterizedClassInvocation
    void happened() {
        log.append(everythingThatCanHappen("S-ent-1", "R-ent-1").toArray(DomainEvent[]::new));
        queries.catchUp();
    }

    private JsonNode entry(String path) {
        return queries.get("head", "/api/v1/relationships/R-ent-1/" + path).ok().json();
    }

    @Test
    void are_found_where_commands_say_that_they_are() {
        for (String path : new String[] {
            "interactions/I-1",
            "commitments/C-1",
            "disclosures/D-1",
            "objectives/O-1",
            "expectations/E-1",
            "contributions/K-1",
            "indicators/N-1",
            "indicators/N-1/measurements/M-1",
            "alignment-assessments/A-1",
            "values-assessments/V-1",
            "dependency-assessments/P-1",
            "concerns/Q-1"
        }) {
            assertThat(entry(path).get("id").asString()).isEqualTo(path.substring(path.lastIndexOf('/') + 1));
            assertThat(entry(path).get("relationshipId").asString()).isEqualTo("R-ent-1");
            assertThat(entry(path).get("recordedBy").asString()).isEqualTo("manager1");
        }
    }

    @Test
    void are_found_in_their_own_collection_only() {
        for (String path :
                new String[] {"disclosures/I-1", "measurements/M-1", "indicators/N-2/measurements/M-1", "gossip/I-1"}) {
            assertThat(queries.get("head", "/api/v1/relationships/R-ent-1/" + path)
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void say_what_is_right_after_a_correction() {
        assertThat(entry("interactions/I-1").toString()).startsWith("""
            {"id":"I-1","relationshipId":"R-ent-1","channel":"CALL","summary":"They were late","participants":["Ann"],\
            "sentiment":-1,"occurredAt":"2026-03-02T12:00:00Z",\
            """);
        assertThat(entry("interactions/I-1").get("corrected").asBoolean()).isTrue();
        assertThat(entry("disclosures/D-1").get("kind").asString()).isEqualTo("STRATEGY");
        assertThat(entry("disclosures/D-1").get("subject").asString()).isEqualTo("Orders of the first quarter");
        assertThat(entry("contributions/K-1").get("statement").asString()).isEqualTo("A lighter packaging");
        assertThat(entry("contributions/K-1").toString()).contains("\"amount\":1200.50,\"currency\":\"EUR\"");
    }

    @Test
    void keep_the_digits_of_numbers() {
        assertThat(entry("indicators/N-1").toString()).contains("\"target\":99.50,");
        assertThat(entry("indicators/N-1/measurements/M-1").toString()).contains("\"value\":98.10,");
    }

    @Test
    void tell_of_the_dispute_about_them() {
        assertThat(entry("concerns/Q-1").get("dispute").toString())
                .isEqualTo("{\"raisedBy\":\"THEM\",\"reason\":\"They were"
                               + " published\",\"raisedAt\":\"2026-03-02T12:00:00Z\",\"settledAt\":\"2026-03-02T12:00:00Z\",\"outcome\":\"They"
                               + " were, but late\",\"upheld\":true}");
    }
}
