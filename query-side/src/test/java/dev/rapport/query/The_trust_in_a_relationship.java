package dev.rapport.query;

import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rapport.events.CommitmentBecameOverdue;
import dev.rapport.events.CommitmentBroken;
import dev.rapport.events.CommitmentKept;
import dev.rapport.events.CommitmentRecorded;
import dev.rapport.events.ContributionRecorded;
import dev.rapport.events.EntryRetracted;
import dev.rapport.events.RelationshipUpgraded;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.PolicyVersion;
import dev.rapport.events.vocabulary.RelationshipId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@OnEachDatabase
class The_trust_in_a_relationship extends QuerySideTest {

    private static final Instant DAY_0 = Instant.parse("2025-01-01T12:00:00Z");
    private static final LocalDate DUE = LocalDate.of(2025, 6, 1);
    private static final Offset<Double> FOUR_DIGITS = within(0.00005);
    private static final Offset<Double> SAME = within(1e-9);

    private static Instant day(int day) {
        return DAY_0.plus(day, ChronoUnit.DAYS);
    }

    private RelationshipId begin(String id) {
        log.append(DAY_0, stakeholder("S-" + id, "Acme"), relationship(id, "S-" + id, "manager1"));
        return new RelationshipId(id);
    }

    private void kept(RelationshipId r, String id, int day) {
        log.append(day(day), new CommitmentRecorded(r, new EntryId(id), Party.THEM, "deliver", DUE));
        log.append(day(day), new CommitmentKept(r, new EntryId(id), false, null));
    }

    private void broken(RelationshipId r, String id, int day) {
        log.append(day(day), new CommitmentRecorded(r, new EntryId(id), Party.THEM, "deliver", DUE));
        log.append(day(day), new CommitmentBroken(r, new EntryId(id), "no stock"));
    }

    private JsonNode course(RelationshipId r, String parameters) {
        queries.catchUp();
        return queries.get("head", "/api/v1/relationships/" + r + "/trust?" + parameters)
                .ok()
                .json();
    }

    private JsonNode at(RelationshipId r, int day, String policy) {
        JsonNode points = course(r, "from=" + day(day) + "&to=" + day(day) + "&policy=" + policy)
                .get("points");
        assertThat(points).hasSize(1);
        return points.get(0);
    }

    private double overall(RelationshipId r, int day, String policy) {
        return at(r, day, policy).get("inThem").get("overall").asDouble();
    }

    private JsonNode explanation(RelationshipId r, int day) {
        queries.catchUp();
        return queries.get("head", "/api/v1/relationships/" + r + "/trust/explanation?at=" + day(day))
                .ok()
                .json();
    }

    @Test
    void fades_as_the_prudent_forget() {
        RelationshipId kept = begin("R-tru-1");
        kept(kept, "C-1", 0);
        RelationshipId broken = begin("R-tru-2");
        broken(broken, "C-1", 0);

        assertThat(List.of(0, 180, 360))
                .extracting(day -> overall(kept, day, "prudent"))
                .satisfiesExactly(
                        day0 -> assertThat(day0).isCloseTo(0.6667, FOUR_DIGITS),
                        day180 -> assertThat(day180).isCloseTo(0.6, FOUR_DIGITS),
                        day360 -> assertThat(day360).isCloseTo(0.5556, FOUR_DIGITS));
        assertThat(List.of(0, 180, 360))
                .extracting(day -> overall(broken, day, "prudent"))
                .satisfiesExactly(
                        day0 -> assertThat(day0).isCloseTo(0.25, FOUR_DIGITS),
                        day180 -> assertThat(day180).isCloseTo(0.3333, FOUR_DIGITS),
                        day360 -> assertThat(day360).isCloseTo(0.4, FOUR_DIGITS));
    }

    @Test
    void is_scored_by_the_published_policy_without_a_rebuild() {
        RelationshipId r = begin("R-tru-3");
        for (int i = 0; i < 7; i++) {
            kept(r, "C-" + i, i);
        }
        broken(r, "C-b", 8);

        JsonNode inThem = at(r, 400, "published").get("inThem");

        assertThat(inThem.get("overall").asDouble()).isCloseTo(0.8, FOUR_DIGITS);
        assertThat(inThem.get("uncertainty").asDouble()).isCloseTo(0.2, FOUR_DIGITS);
        assertThat(inThem.get("low").asDouble()).isCloseTo(0.5709, FOUR_DIGITS);
        assertThat(inThem.get("high").asDouble()).isCloseTo(0.9590, FOUR_DIGITS);
        JsonNode inUs = at(r, 400, "published").get("inUs");
        assertThat(inUs.get("overall").asDouble()).isEqualTo(0.5);
        assertThat(inUs.get("uncertainty").asDouble()).isEqualTo(1);
    }

    @Test
    void is_told_point_by_point_with_the_level_of_the_time_and_its_trend() {
        RelationshipId r = begin("R-tru-4");
        for (int i = 0; i < 6; i++) {
            kept(r, "C-" + i, 20);
        }
        log.append(
                day(30),
                new RelationshipUpgraded(
                        r,
                        Level.TRANSACTIONAL,
                        Level.ADDED_VALUE,
                        "it is time",
                        new PolicyVersion("standard", "1"),
                        null,
                        null));

        JsonNode course = course(r, "to=" + day(31) + "&interval=week");

        assertThat(StreamSupport.stream(course.get("points").spliterator(), false)
                        .map(point -> point.get("at").asString() + " "
                                + point.get("level").asString()))
                .containsExactly(
                        day(0) + " TRANSACTIONAL",
                        day(7) + " TRANSACTIONAL",
                        day(14) + " TRANSACTIONAL",
                        day(21) + " TRANSACTIONAL",
                        day(28) + " TRANSACTIONAL",
                        day(31) + " ADDED_VALUE");
        JsonNode last = course.get("points").get(5).get("inThem");
        assertThat(last.get("overall").asDouble())
                .isCloseTo(
                        (last.get("contractual").asDouble()
                                        + last.get("competence").asDouble())
                                / 2,
                        SAME);
        assertThat(course.get("policy")).hasToString("{\"name\":\"prudent\",\"version\":\"1\"}");
        assertThat(course.get("trend").asString()).isEqualTo("UNKNOWN");
        assertThat(course.get("trendInUs").asString()).isEqualTo("UNKNOWN");
        assertThat(course.get("trendDays").asInt()).isEqualTo(90);
        assertThat(course(r, "to=" + day(29)).get("trend").asString()).isEqualTo("RISING");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void is_the_same_in_whatever_order_it_is_learned(long seed) {
        RelationshipId r = begin("R-tru-5-" + seed);
        RelationshipId other = begin("R-tru-6-" + seed);
        var random = new Random(seed);
        List<Integer> days = new ArrayList<>(random.ints(12, 0, 300).boxed().toList());
        days.forEach(day -> kept(r, "C-" + day, day));
        Collections.shuffle(days, random);
        days.forEach(day -> kept(other, "C-" + day, day));

        JsonNode one = course(r, "to=" + day(400)).get("points");
        JsonNode two = course(other, "to=" + day(400)).get("points");

        assertThat(one).hasSameSizeAs(two);
        for (int i = 0; i < one.size(); i++) {
            assertThat(one.get(i).get("inThem").get("overall").asDouble())
                    .isCloseTo(two.get(i).get("inThem").get("overall").asDouble(), SAME);
        }
    }

    @Test
    void forgets_what_was_retracted_at_every_time() {
        RelationshipId r = begin("R-tru-7");
        kept(r, "C-1", 0);
        broken(r, "C-2", 10);
        double with = overall(r, 20, "prudent");

        log.append(day(100), new EntryRetracted(r, new EntryId("C-2"), EntryKind.COMMITMENT, "entered twice"));

        RelationshipId without = begin("R-tru-8");
        kept(without, "C-1", 0);
        assertThat(overall(r, 20, "prudent")).isGreaterThan(with).isCloseTo(overall(without, 20, "prudent"), SAME);
    }

    @Test
    void is_explained_by_evidence_that_adds_up() {
        RelationshipId r = begin("R-tru-9");
        log.append(day(0), new CommitmentRecorded(r, new EntryId("C-1"), Party.THEM, "deliver", DUE));
        log.append(day(1), new CommitmentBecameOverdue(r, new EntryId("C-1"), DUE));
        log.append(day(5), new CommitmentKept(r, new EntryId("C-1"), true, null));
        log.append(day(6), new ContributionRecorded(r, new EntryId("X-1"), Party.US, "saved a week", null));

        JsonNode explanation = explanation(r, 30);

        JsonNode evidence = explanation.get("evidence");
        assertThat(StreamSupport.stream(evidence.spliterator(), false)
                        .map(piece -> piece.get("side").asString() + " "
                                + piece.get("strand").asString() + " "
                                + piece.get("kind").asString() + " "
                                + piece.get("event").get("type").asString() + " "
                                + piece.get("weight") + " " + piece.get("outcome")))
                .containsExactlyInAnyOrder(
                        "inThem CONTRACTUAL COMMITMENT_KEPT_LATE CommitmentKept 1.0 0.5",
                        "inUs COMPETENCE CONTRIBUTION ContributionRecorded 0.5 1.0");
        JsonNode kept = StreamSupport.stream(evidence.spliterator(), false)
                .filter(piece -> piece.get("side").asString().equals("inThem"))
                .findFirst()
                .orElseThrow();
        JsonNode contractual = explanation.get("inThem").get("strands").get("contractual");
        assertThat(kept.get("adds").get("evidenceFor").asDouble())
                .isCloseTo(contractual.get("evidenceFor").asDouble(), SAME);
        assertThat(kept.get("adds").get("evidenceAgainst").asDouble())
                .isCloseTo(contractual.get("evidenceAgainst").asDouble(), SAME);
        RelationshipId stillOverdue = begin("R-tru-10");
        log.append(day(0), new CommitmentRecorded(stillOverdue, new EntryId("C-1"), Party.THEM, "deliver", DUE));
        log.append(day(1), new CommitmentBecameOverdue(stillOverdue, new EntryId("C-1"), DUE));
        assertThat(kept.get("without").get("overall").asDouble()).isCloseTo(overall(stillOverdue, 30, "prudent"), SAME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"policy=mine", "interval=hour", "from=2026-02-01&to=2026-01-01", "from=1900-01-01&interval=day"})
    void is_not_told_for_questions_that_make_no_sense(String parameters) {
        RelationshipId r = begin("R-tru-11-" + parameters.replaceAll("[^a-z0-9]", ""));
        queries.catchUp();
        assertThat(queries.get("head", "/api/v1/relationships/" + r + "/trust?" + parameters)
                        .response()
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void is_shown_to_nobody_who_may_not_see_the_relationship() {
        RelationshipId r = begin("R-tru-12");
        queries.catchUp();
        for (String path : List.of("/trust", "/trust/explanation")) {
            assertThat(queries.get("manager2", "/api/v1/relationships/" + r + path)
                            .response()
                            .statusCode())
                    .isEqualTo(404);
        }
    }
}
