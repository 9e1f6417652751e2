package dev.rapport.query;

import static dev.rapport.query.Examples.assessed;
import static dev.rapport.query.Examples.dimension;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.retracted;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.vocabulary.EntryKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnEachDatabase
class Alignment_assessments extends QuerySideTest {

    private static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-03-03T10:00:00Z");

    private List<String> ids(String relationship) {
        queries.catchUp();
        return queries.all("head", "/api/v1/relationships/" + relationship + "/alignment?limit=1").stream()
                .map(item -> item.get("id").asString())
                .toList();
    }

    private JsonNode shown(String relationship) {
        queries.catchUp();
        return queries.get("head", "/api/v1/relationships/" + relationship).ok().json();
    }

    @Test
    void are_told_with_their_gaps() {
        log.append(stakeholder("S-ali-1", "Acme"), relationship("R-ali-1", "S-ali-1", "manager1"));
        log.append(
                MONDAY,
                assessed(
                        "R-ali-1",
                        "A-1",
                        dimension("reliability", "70", "90", "60"),
                        dimension("openness", "50.5", "50.5", "50.0")));
        queries.catchUp();

        JsonNode assessment =
                queries.all("head", "/api/v1/relationships/R-ali-1/alignment").getFirst();

        assertThat(assessment.get("recordedAt").asString()).isNotEmpty();
        assertThat(assessment.toString().replaceAll("\"recordedAt\":\"[^\"]+\",", ""))
                .isEqualTo("""
                    {"id":"A-1","assessedAt":"2026-03-02T10:00:00Z","recordedBy":"manager1","alignment":89.8333,\
                    "gaps":{"selfToSelfPerception":10,"selfPerceptionToExternalPerception":15.25,\
                    "selfToExternalPerception":5.25},"dimensions":[\
                    {"name":"reliability","self":70,"selfPerception":90,"externalPerception":60,"gap":20},\
                    {"name":"openness","self":50.5,"selfPerception":50.5,"externalPerception":50.0,"gap":0.3333}]}\
                    """);
    }

    @Test
    void are_listed_newest_first_by_when_they_were_made_then_by_when_they_were_recorded() {
        log.append(stakeholder("S-ali-2", "Acme"), relationship("R-ali-2", "S-ali-2", "manager1"));
        log.append(TUESDAY, assessed("R-ali-2", "A-1", dimension("reliability", "70", "90", "60")));
        log.append(TUESDAY, assessed("R-ali-2", "A-2", dimension("reliability", "70", "70", "55")));
        log.append(MONDAY, assessed("R-ali-2", "A-3", dimension("reliability", "70", "70", "70")));

        assertThat(ids("R-ali-2")).containsExactly("A-2", "A-1", "A-3");
        assertThat(shown("R-ali-2").get("alignment")).hasToString("90");
    }

    @Test
    void that_were_retracted_are_neither_told_nor_the_latest() {
        log.append(stakeholder("S-ali-3", "Acme"), relationship("R-ali-3", "S-ali-3", "manager1"));
        assertThat(shown("R-ali-3").has("alignment")).isFalse();
        log.append(MONDAY, assessed("R-ali-3", "A-1", dimension("reliability", "70", "90", "60")));
        log.append(TUESDAY, assessed("R-ali-3", "A-2", dimension("reliability", "70", "70", "70")));
        assertThat(shown("R-ali-3").get("alignment")).hasToString("100");

        log.append(retracted("R-ali-3", "A-2", EntryKind.ALIGNMENT_ASSESSMENT));
        assertThat(shown("R-ali-3").get("alignment")).hasToString("80");
        assertThat(ids("R-ali-3")).containsExactly("A-1");

        log.append(retracted("R-ali-3", "A-1", EntryKind.ALIGNMENT_ASSESSMENT));
        assertThat(shown("R-ali-3").has("alignment")).isFalse();
        assertThat(ids("R-ali-3")).isEmpty();
    }
}
