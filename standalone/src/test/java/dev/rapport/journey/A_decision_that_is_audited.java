package dev.rapport.journey;

import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An auditor computes the figures again that an upgrade was decided on, from the evidence that there was, and gets the same digits. */
class A_decision_that_is_audited {

    private static final String R = "/relationships/R-1";
    private static final List<String> STRANDS = List.of("contractual", "competence", "goodwill");

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final Instant decided = now.minus(7, ChronoUnit.DAYS);

    @TempDir
    private Path data;

    private static void posts(Client client, String path, Object... namesAndValues) {
        assertThat(client.command(R + path, fields(namesAndValues)).status()).isEqualTo(201);
    }

    private String daysAgo(int days) {
        return now.minus(days, ChronoUnit.DAYS).toString();
    }

    private void promise(Client client, String id, String madeBy, String end, int daysAgo) {
        LocalDate due = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(90);
        posts(
                client,
                "/commitments",
                "id",
                id,
                "madeBy",
                madeBy,
                "statement",
                "deliver",
                "dueOn",
                due.toString(),
                "occurredAt",
                daysAgo(daysAgo + 20));
        if (end.equals("breaches")) {
            posts(client, "/commitments/" + id + "/breaches", "reason", "no stock", "occurredAt", daysAgo(daysAgo));
        } else {
            posts(client, "/commitments/" + id + "/fulfilments", "occurredAt", daysAgo(daysAgo));
        }
    }

    @Test
    void kept_its_figures_with_all_their_digits() {
        try (RunningRapport rapport = RunningRapport.in(data)) {
            Client head = rapport.as("head");
            new Network(head).relationship("R-1", "manager1");
            for (int i = 0; i < 7; i++) {
                promise(head, "C-" + i, i % 3 == 0 ? "US" : "THEM", i == 4 ? "breaches" : "fulfilments", 31 + 13 * i);
            }
            posts(
                    head,
                    "/interactions",
                    "channel",
                    "CALL",
                    "summary",
                    "we talked",
                    "sentiment",
                    1,
                    "occurredAt",
                    daysAgo(17));
            posts(head, "/contributions", "givenBy", "THEM", "statement", "a week saved", "occurredAt", daysAgo(11));
            posts(
                    head,
                    "/upgrades",
                    "rationale",
                    "it is time",
                    "overrideReason",
                    "they know us",
                    "occurredAt",
                    decided.toString());
            promise(head, "C-after", "THEM", "breaches", 3);

            JsonNode decision = head.query(R + "/history?type=RelationshipUpgraded")
                    .body()
                    .get("items")
                    .get(0);
            Client auditor = rapport.as("auditor");
            JsonNode kept = decision.get("data").get("trust");
            assertThat(kept.get("policy")).hasToString("{\"name\":\"prudent\",\"version\":\"1\"}");
            assertThat(kept.get("version").asLong())
                    .isEqualTo(decision.get("version").asLong() - 1);
            assertThat(kept.get("level").asString()).isEqualTo("TRANSACTIONAL");
            JsonNode recomputed = auditor.query(R + "/trust?policy=prudent&from=" + decided + "&to=" + decided)
                    .body()
                    .get("points")
                    .get(0);
            for (String side : List.of("inThem", "inUs")) {
                for (String strand : STRANDS) {
                    assertThat(kept.get(side).get(strand))
                            .as(strand + " " + side)
                            .hasToString(recomputed.get(side).get(strand).toString());
                }
                // the strand that the level before the decision called for; the point is of the level after it
                assertThat(kept.get(side).get("overall"))
                        .hasToString(recomputed.get(side).get("contractual").toString());
                assertThat(kept.get(side).get("contractual").asDouble()).isNotEqualTo(0.5);
            }
            JsonNode contractual = auditor.query(R + "/trust/explanation?at=" + decided)
                    .body()
                    .get("inThem")
                    .get("strands")
                    .get("contractual");
            for (String figure : List.of("uncertainty", "low", "high")) {
                assertThat(kept.get("inThem").get(figure))
                        .hasToString(contractual.get(figure).toString());
            }
        }
    }
}
