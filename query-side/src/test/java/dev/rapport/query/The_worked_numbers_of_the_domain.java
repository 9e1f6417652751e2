package dev.rapport.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rapport.events.CommitmentBroken;
import dev.rapport.events.CommitmentKept;
import dev.rapport.events.CommitmentRecorded;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** To four digits, over HTTP: under the shipped policies, and one of a folder that is prudent but for its asymmetry. */
@OnEachDatabase
class The_worked_numbers_of_the_domain {

    private static final Instant DAY_0 = Instant.parse("2024-01-01T12:00:00Z");
    private static final LocalDate DUE = LocalDate.of(2026, 1, 1);
    private static final Offset<Double> FOUR_DIGITS = within(0.00005);

    @TempDir
    static Path policies;

    @Parameter
    Database database;

    private Log log;
    private RunningQuerySide queries;
    private int relationships;
    private int commitments;

    @BeforeParameterizedClassInvocation
    void start() {
        log = new Log(database);
        queries = RunningQuerySide.of(log, database, database.freshUrl(), "--rapport.trust.policies=" + evenHanded());
    }

    @AfterParameterizedClassInvocation
    void end() {
        queries.close();
        log.close();
    }

    private static Path evenHanded() {
        try (var prudent = RunningQuerySide.class.getResourceAsStream("/policies/trust/prudent.json")) {
            String text = new String(prudent.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\"name\": \"prudent\"", "\"name\": \"even\"")
                    .replace("\"asymmetry\": 2", "\"asymmetry\": 1");
            Files.writeString(policies.resolve("even.json"), text);
            return policies;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant day(int day) {
        return DAY_0.plus(day, ChronoUnit.DAYS);
    }

    private RelationshipId relationship() {
        String id = "R-num-" + ++relationships;
        log.append(DAY_0, Examples.stakeholder("S-" + id, "Acme"), Examples.relationship(id, "S-" + id, "manager1"));
        return new RelationshipId(id);
    }

    private void kept(RelationshipId r, int day) {
        var promise = new EntryId("C-" + ++commitments);
        log.append(
                day(day),
                new CommitmentRecorded(r, promise, Party.THEM, "deliver", DUE),
                new CommitmentKept(r, promise, false, null));
    }

    private void broken(RelationshipId r, int day) {
        var promise = new EntryId("C-" + ++commitments);
        log.append(
                day(day),
                new CommitmentRecorded(r, promise, Party.THEM, "deliver", DUE),
                new CommitmentBroken(r, promise, "no stock"));
    }

    private JsonNode inThem(RelationshipId r, int day, String parameters) {
        queries.catchUp();
        JsonNode points = queries.get(
                        "head",
                        "/api/v1/relationships/" + r + "/trust?from=" + day(day) + "&to=" + day(day) + parameters)
                .ok()
                .json()
                .get("points");
        assertThat(points).hasSize(1);
        return points.get(0).get("inThem");
    }

    private static void assertFigure(JsonNode inThem, String figure, double expected) {
        assertThat(inThem.get(figure).asDouble()).as(figure).isCloseTo(expected, FOUR_DIGITS);
    }

    @Test
    void of_one_promise_and_then_nothing() {
        RelationshipId kept = relationship();
        kept(kept, 0);
        RelationshipId broken = relationship();
        broken(broken, 0);
        assertFigure(inThem(kept, 0, ""), "overall", 0.6667);
        assertFigure(inThem(kept, 180, ""), "overall", 0.6);
        assertFigure(inThem(kept, 360, ""), "overall", 0.5556);
        assertFigure(inThem(broken, 0, ""), "overall", 0.25);
        assertFigure(inThem(broken, 180, ""), "overall", 0.3333);
        assertFigure(inThem(broken, 360, ""), "overall", 0.4);
    }

    @Test
    void of_no_evidence() {
        RelationshipId nothing = relationship();
        assertFigure(inThem(nothing, 1, ""), "overall", 0.5);
        assertFigure(inThem(nothing, 1, ""), "uncertainty", 1);
        assertFigure(inThem(nothing, 1, ""), "low", 0.05);
        assertFigure(inThem(nothing, 1, ""), "high", 0.95);
    }

    @ParameterizedTest
    @CsvSource({"90, 1.7071, 0, 0.7302, 0.5395", "180, 1.2071, 1, 0.5246, 0.4754", "360, 0.6036, 0.5, 0.5167, 0.6444"})
    void of_three_promises_without_asymmetry(int day, double r, double s, double trust, double uncertainty) {
        RelationshipId three = relationship();
        kept(three, 0);
        kept(three, 90);
        broken(three, 180);

        JsonNode inThem = inThem(three, day, "&policy=even");

        assertFigure(inThem, "overall", trust);
        assertFigure(inThem, "contractual", trust);
        assertFigure(inThem, "uncertainty", uncertainty);
        JsonNode contractual = queries.get(
                        "head", "/api/v1/relationships/" + three + "/trust/explanation?policy=even&at=" + day(day))
                .ok()
                .json()
                .get("inThem")
                .get("strands")
                .get("contractual");
        assertFigure(contractual, "evidenceFor", r);
        assertFigure(contractual, "evidenceAgainst", s);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0.5, 1, 0.05, 0.95",
        "7, 1, 0.8, 0.2, 0.5709, 0.9590",
        "17, 5, 0.75, 0.0833, 0.5961, 0.8798",
        "2, 15, 0.1579, 0.1053,,",
        "9, 14, 0.4, 0.08,,"
    })
    void of_the_published_model_by_another_policy_than_the_one_in_force(
            int kept, int broken, double trust, double uncertainty, Double low, Double high) {
        RelationshipId r = relationship();
        for (int i = 0; i < kept; i++) {
            kept(r, i);
        }
        for (int i = 0; i < broken; i++) {
            broken(r, kept + i);
        }

        JsonNode inThem = inThem(r, 700, "&policy=published");

        assertFigure(inThem, "overall", trust);
        assertFigure(inThem, "uncertainty", uncertainty);
        if (low != null && high != null) {
            assertFigure(inThem, "low", low);
            assertFigure(inThem, "high", high);
        }
    }
}
