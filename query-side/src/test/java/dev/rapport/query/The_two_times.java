package dev.rapport.query;

import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rapport.events.EntryRetracted;
import dev.rapport.events.InteractionLogged;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.RelationshipId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

/** A meeting of Monday, logged on Friday: what was so on Monday and Friday, as it was known on Wednesday and Saturday, and later. */
@OnEachDatabase
class The_two_times {

    private static final Offset<Double> SAME = within(1e-12);
    private static final Instant SUNDAY = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant MEETING = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant MONDAY = Instant.parse("2026-03-02T18:00:00Z");
    private static final Instant WEDNESDAY = Instant.parse("2026-03-04T18:00:00Z");
    private static final Instant LOGGED = Instant.parse("2026-03-06T16:00:00Z");
    private static final Instant FRIDAY = Instant.parse("2026-03-06T18:00:00Z");
    private static final Instant SATURDAY = Instant.parse("2026-03-07T18:00:00Z");
    private static final Instant WEEK_AFTER = Instant.parse("2026-03-14T18:00:00Z");

    @Parameter
    Database database;

    private Log log;
    private String url;

    @BeforeParameterizedClassInvocation
    void happened() {
        log = new Log(database);
        url = database.freshUrl();
        meeting("S-met", "R-met");
        meeting("S-gone", "R-gone");
        log.appendRecordedAt(
                SATURDAY.plus(Duration.ofDays(1)),
                SATURDAY.plus(Duration.ofDays(1)),
                new EntryRetracted(
                        new RelationshipId("R-gone"), new EntryId("I-1"), EntryKind.INTERACTION, "nobody came"));
    }

    private void meeting(String stakeholder, String relationship) {
        log.appendRecordedAt(
                SUNDAY, SUNDAY, stakeholder(stakeholder, "Acme"), relationship(relationship, stakeholder, "manager1"));
        log.appendRecordedAt(
                LOGGED,
                MEETING,
                new InteractionLogged(
                        new RelationshipId(relationship),
                        new EntryId("I-1"),
                        Channel.MEETING,
                        "We met",
                        List.of("Ann"),
                        1));
    }

    @AfterParameterizedClassInvocation
    void end() {
        log.close();
    }

    @Test
    void answer_four_questions_rightly_and_after_a_restart_and_a_rebuild() {
        try (var queries = RunningQuerySide.of(log, database, url)) {
            queries.catchUp();
            assertFourQuestions(queries, "R-met");
        }
        try (var restarted = RunningQuerySide.of(log, database, url)) {
            assertFourQuestions(restarted, "R-met");
        }
        try (var rebuilt = RunningQuerySide.of(log, database, database.freshUrl())) {
            rebuilt.catchUp();
            assertFourQuestions(rebuilt, "R-met");
        }
    }

    @Test
    void keep_what_was_believed_before_a_retraction_and_take_it_from_every_time_after() {
        try (var queries = RunningQuerySide.of(log, database, url)) {
            assertFourQuestions(queries, "R-gone");
            for (Instant valid : List.of(MONDAY, FRIDAY, WEEK_AFTER)) {
                assertState(queries, "R-gone", WEEK_AFTER, valid, 0);
                assertState(queries, "R-gone", null, valid, 0);
            }
        }
    }

    private static void assertFourQuestions(RunningQuerySide queries, String relationship) {
        assertState(queries, relationship, WEDNESDAY, MONDAY, 0);
        assertState(queries, relationship, WEDNESDAY, FRIDAY, 0);
        assertState(queries, relationship, SATURDAY, MONDAY, 1);
        assertState(queries, relationship, SATURDAY, FRIDAY, 1);
    }

    private static void assertState(
            RunningQuerySide queries, String relationship, Instant known, Instant valid, int meetings) {
        String knownAt = known == null ? "" : "&knownAt=" + known;
        String path = "/api/v1/audit/relationships/" + relationship;
        JsonNode state = queries.get("auditor", path + "/state?validAt=" + valid + knownAt)
                .ok()
                .json();
        assertThat(state.at("/counts/interactions").asInt()).isEqualTo(meetings);
        assertThat(state.path("lastInteractionAt").asString("never"))
                .isEqualTo(meetings == 0 ? "never" : MEETING.toString());
        assertThat(state.at("/trust/asOf").asString()).isEqualTo(valid.toString());
        assertThat(state.at("/trust/inThem/goodwill").asDouble()).isCloseTo(goodwill(valid, meetings), SAME);
        assertThat(state.at("/trust/inUs/goodwill").asDouble()).isCloseTo(goodwill(valid, meetings), SAME);
        JsonNode course = queries.get("auditor", path + "/trust?from=" + valid + "&to=" + valid + knownAt)
                .ok()
                .json();
        assertThat(course.at("/points/0/inThem/goodwill").asDouble()).isCloseTo(goodwill(valid, meetings), SAME);
        assertThat(course.at("/points/0/inUs/goodwill").asDouble()).isCloseTo(goodwill(valid, meetings), SAME);
    }

    /** By the domain's formula: a friendly meeting weighs 0.2 with an outcome of 0.75, and half of it is forgotten in 180 days. */
    private static double goodwill(Instant at, int meetings) {
        double left = meetings * Math.pow(2, -Duration.between(MEETING, at).toSeconds() / (180.0 * 86_400));
        double evidenceFor = left * 0.2 * 0.75;
        double evidenceAgainst = 2 * left * 0.2 * 0.25;
        return (evidenceFor + 1) / (evidenceFor + evidenceAgainst + 2);
    }
}
