package dev.rapport.query;

import static dev.rapport.query.Examples.commitment;
import static dev.rapport.query.Examples.interaction;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.CommitmentKept;
import dev.rapport.events.CommitmentRenegotiated;
import dev.rapport.events.DisclosureCorrected;
import dev.rapport.events.DisputeRaised;
import dev.rapport.events.DisputeSettled;
import dev.rapport.events.DomainEvent;
import dev.rapport.events.RelationshipEnded;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.StakeholderProfileChanged;
import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Holder;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@OnEachDatabase
class The_state_as_of extends QuerySideTest {

    private static final EntryId PROMISE = new EntryId("C-1");

    private static Instant on(int day) {
        return Instant.parse("2026-03-%02dT10:00:00Z".formatted(day));
    }

    private JsonNode state(String id, String parameters) {
        return queries.get("auditor", "/api/v1/audit/relationships/" + id + "/state?" + parameters)
                .ok()
                .json();
    }

    private JsonNode onDay(String id, int day) {
        return state(id, "validAt=" + on(day));
    }

    private RelationshipId established(String name) {
        log.append(
                on(1),
                stakeholder("S-asof-" + name, "Acme"),
                relationship("R-asof-" + name, "S-asof-" + name, "manager1"));
        return new RelationshipId("R-asof-" + name);
    }

    @Test
    void a_moment_takes_corrections_for_what_was_right_from_the_beginning() {
        RelationshipId id = established("right");
        log.append(on(2), Examples.disclosure(id.value(), "D-1", Party.THEM, DisclosureKind.ORDERS));
        log.append(on(2), Examples.objective(id.value(), "O-1", Holder.BOTH));
        log.append(
                on(9),
                new DisclosureCorrected(id, new EntryId("D-1"), null, DisclosureKind.STRATEGY, null, "not orders"));

        assertThat(onDay(id.value(), 3).get("practisedLevel").asString()).isEqualTo("JOINT_VALUE");
        assertThat(onDay(id.value(), 1).get("practisedLevel").asString()).isEqualTo("TRANSACTIONAL");
        assertThat(state(id.value(), "version=3").get("practisedLevel").asString())
                .isEqualTo("TRANSACTIONAL");
    }

    @Test
    void a_day_shows_a_promise_overdue_that_a_file_tells_the_end_of_only() {
        RelationshipId id = established("overdue");
        log.append(on(2), commitment(id.value(), "C-1", Party.THEM, "deliver", LocalDate.of(2026, 3, 5)));
        log.append(on(9), new CommitmentKept(id, PROMISE, true, null));

        assertThat(onDay(id.value(), 4).at("/counts/commitments").toString())
                .startsWith("{\"open\":1,\"overdue\":0,\"keptOnTime\":0,\"keptLate\":0,");
        assertThat(onDay(id.value(), 7).at("/counts/commitments").toString())
                .startsWith("{\"open\":1,\"overdue\":1,\"keptOnTime\":0,\"keptLate\":0,");
        assertThat(onDay(id.value(), 7).at("/nextDueCommitment/overdue").asBoolean())
                .isTrue();
        assertThat(onDay(id.value(), 7).at("/trust/inThem/contractual").asDouble())
                .isLessThan(0.5);
        assertThat(onDay(id.value(), 9).at("/counts/commitments").toString())
                .startsWith("{\"open\":0,\"overdue\":0,\"keptOnTime\":0,\"keptLate\":1,");
    }

    @Test
    void a_day_knows_nothing_of_what_is_about_an_entry_to_come() {
        RelationshipId id = established("early");
        log.append(on(8), commitment(id.value(), "C-1", Party.US, "pay", LocalDate.of(2026, 3, 20)));
        log.append(on(4), new CommitmentRenegotiated(id, PROMISE, LocalDate.of(2026, 3, 25), null, "by telephone"));

        assertThat(onDay(id.value(), 6).has("nextDueCommitment")).isFalse();
        assertThat(onDay(id.value(), 8).at("/nextDueCommitment/dueOn").asString())
                .isEqualTo("2026-03-25");
    }

    @Test
    void a_day_knows_nothing_of_the_settlement_of_a_dispute_to_come() {
        RelationshipId id = established("dispute");
        log.append(on(2), commitment(id.value(), "C-1", Party.US, "pay", LocalDate.of(2026, 3, 20)));
        log.append(on(8), new DisputeRaised(id, PROMISE, Party.THEM, "not so"));
        log.append(on(4), new DisputeSettled(id, PROMISE, "it was", true));

        assertThat(onDay(id.value(), 6).at("/counts/commitments/open").asInt()).isEqualTo(1);
        assertThat(onDay(id.value(), 8).at("/counts/commitments/open").asInt()).isEqualTo(1);
    }

    @Test
    void a_day_takes_the_level_and_the_measurement_of_its_own() {
        RelationshipId id = established("measured");
        log.append(
                on(9),
                Examples.indicator(id.value(), "N-1", Party.US, Level.JOINT_VALUE),
                Examples.measurement(id.value(), "M-1", "N-1", "99.9", LocalDate.of(2026, 3, 4)));
        log.append(on(3), Examples.objective(id.value(), "O-1", Holder.BOTH));

        assertThat(onDay(id.value(), 5).get("practisedLevel").asString()).isEqualTo("JOINT_VALUE");
        assertThat(onDay(id.value(), 5).at("/counts/measurements").asInt()).isEqualTo(1);
        assertThat(onDay(id.value(), 5).at("/counts/indicators").asInt()).isZero();
        assertThat(onDay(id.value(), 3).get("practisedLevel").asString()).isEqualTo("TRANSACTIONAL");
        assertThat(onDay(id.value(), 5).at("/trust/inThem/competence").asDouble())
                .isGreaterThan(0.5);
    }

    @Test
    void a_day_is_before_the_ending_and_before_the_other_name() {
        RelationshipId id = established("ended");
        log.append(on(5), new StakeholderProfileChanged(new StakeholderId("S-asof-ended"), "Bcme", null, null, null));
        log.append(on(9), new RelationshipEnded(id, "over"));

        assertThat(onDay(id.value(), 8).get("status").asString()).isEqualTo("ACTIVE");
        assertThat(onDay(id.value(), 8).has("endedAt")).isFalse();
        assertThat(onDay(id.value(), 9).get("status").asString()).isEqualTo("ENDED");
        assertThat(onDay(id.value(), 4).get("stakeholderName").asString()).isEqualTo("Acme");
        assertThat(onDay(id.value(), 5).get("stakeholderName").asString()).isEqualTo("Bcme");
        assertThat(state(id.value(), "version=1").get("stakeholderName").asString())
                .isEqualTo("Acme");
    }

    @Test
    void now_is_what_the_query_tells() {
        log.append(Examples.everythingThatCanHappen("S-asof-all", "R-asof-all").toArray(DomainEvent[]::new));
        assertNowIsWhatTheQueryTells("R-asof-all");
    }

    @Test
    void now_has_every_text_that_the_query_tells() {
        var id = new RelationshipId("R-asof-texts");
        log.append(
                stakeholder("S-asof-texts", "Acme"),
                new RelationshipEstablished(
                        id,
                        new StakeholderId("S-asof-texts"),
                        new ManagerId("manager1"),
                        Level.TRANSACTIONAL,
                        "to be on time",
                        null),
                new StakeholderProfileChanged(new StakeholderId("S-asof-texts"), "Bcme", null, null, null),
                interaction(id.value(), "I-1", "we met", "Ann"),
                commitment(id.value(), "C-1", Party.US, "pay", LocalDate.of(2026, 3, 20)),
                commitment(id.value(), "C-2", Party.US, "pay more", LocalDate.of(2026, 4, 20)),
                new CommitmentRenegotiated(id, PROMISE, LocalDate.of(2026, 3, 25), "pay half", "by telephone"));
        assertNowIsWhatTheQueryTells(id.value());
        assertThat(state(id.value(), "").toString()).contains("\"Bcme\"", "\"pay half\"", "\"to be on time\"");
    }

    private void assertNowIsWhatTheQueryTells(String id) {
        queries.catchUp();
        var live = queries.get("auditor", "/api/v1/relationships/" + id).ok();
        var told = queries.get("auditor", "/api/v1/audit/relationships/" + id + "/state")
                .ok();

        assertThat(told.response().body()).isEqualTo(live.response().body());
        assertThat(told.header("ETag")).isEqualTo(live.header("ETag"));
    }

    @Test
    void tells_what_was_promised_last() {
        RelationshipId id = established("promised");
        log.append(on(2), commitment(id.value(), "C-1", Party.US, "pay", LocalDate.of(2026, 3, 20)));
        log.append(
                on(4), new CommitmentRenegotiated(id, PROMISE, LocalDate.of(2026, 3, 25), "pay half", "by telephone"));

        assertThat(onDay(id.value(), 3).at("/nextDueCommitment/statement").asString())
                .isEqualTo("pay");
        assertThat(onDay(id.value(), 5).at("/nextDueCommitment/statement").asString())
                .isEqualTo("pay half");
    }

    @Test
    void a_long_history_is_told_to_its_end_and_up_to_any_version() {
        RelationshipId id = established("long");
        log.append(IntStream.rangeClosed(1, 999)
                .mapToObj(number -> interaction(id.value(), "I-" + number, "meeting " + number))
                .toArray(DomainEvent[]::new));
        log.append(new StakeholderProfileChanged(new StakeholderId("S-asof-long"), "Bcme", null, null, null));

        for (int version : new int[] {1, 2, 249, 250, 251, 499, 500, 501, 750, 751, 999, 1000}) {
            assertThat(state(id.value(), "version=" + version)
                            .at("/counts/interactions")
                            .asInt())
                    .isEqualTo(version - 1);
        }
        JsonNode now = state(id.value(), "");
        assertThat(now.get("version").asInt()).isEqualTo(1000);
        assertThat(now.at("/counts/interactions").asInt()).isEqualTo(999);
        assertThat(now.get("stakeholderName").asString()).isEqualTo("Bcme");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version=0 | 404",
                "version=3 | 404",
                "version=-1 | 400",
                "version=two | 400",
                "version=1&knownAt=2026-03-01 | 400",
                "knownAt=2001-01-01 | 404",
                "validAt=2001-01-01 | 404",
                "validAt=0000-01-01T00:00:00Z | 404",
                "validAt=9999-12-31T23:59:59-18:00 | 200",
                "validAt=yesterday | 400",
                "validat=2026-03-01 | 400",
                "version=999999999999999999 | 404",
                "version=9999999999999999999 | 400"
            })
    void what_never_was_is_refused(String parameters, int status) {
        if (queries.get("auditor", "/api/v1/audit/relationships/R-asof-refused/events")
                        .status()
                == 404) {
            RelationshipId id = established("refused");
            log.append(on(2), interaction(id.value(), "I-1", "we met"));
        }
        assertThat(queries.get("auditor", "/api/v1/audit/relationships/R-asof-refused/state?" + parameters)
                        .status())
                .isEqualTo(status);
    }

    @Test
    void a_relationship_that_nobody_established_is_not_found() {
        for (String of : new String[] {"events", "state", "trust", "diff?from=0&to=1"}) {
            assertThat(queries.get("auditor", "/api/v1/audit/relationships/R-nobody/" + of)
                            .status())
                    .isEqualTo(404);
            assertThat(queries.get("auditor", "/api/v1/audit/relationships/no%20id/" + of)
                            .status())
                    .isEqualTo(404);
        }
    }
}
