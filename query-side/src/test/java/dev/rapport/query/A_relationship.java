package dev.rapport.query;

import static dev.rapport.query.Examples.SOME_DAY;
import static dev.rapport.query.Examples.assigned;
import static dev.rapport.query.Examples.commitment;
import static dev.rapport.query.Examples.interaction;
import static dev.rapport.query.Examples.kept;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.retracted;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.CommitmentBecameOverdue;
import dev.rapport.events.CommitmentRenegotiated;
import dev.rapport.events.DesiredLevelSet;
import dev.rapport.events.RelationshipEnded;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.RelationshipReopened;
import dev.rapport.events.RelationshipUpgraded;
import dev.rapport.events.StakeholderLevelRecorded;
import dev.rapport.events.StakeholderProfileChanged;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.PolicyVersion;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnEachDatabase
class A_relationship extends QuerySideTest {

    private static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-03-03T10:00:00.123456Z");

    private JsonNode shown(String id) {
        queries.catchUp();
        return queries.get("head", "/api/v1/relationships/" + id).ok().json();
    }

    @Test
    void is_shown_with_its_stakeholder_its_manager_and_its_version() {
        log.append(stakeholder("S-life-1", "Acme"), relationship("R-life-1", "S-life-1", "manager1"));
        queries.catchUp();

        var answer = queries.get("head", "/api/v1/relationships/R-life-1").ok();

        assertThat(answer.header("ETag")).isEqualTo("\"1\"");
        assertThat(answer.json().toString()).isEqualTo("""
            {"id":"R-life-1","stakeholderId":"S-life-1","stakeholderName":"Acme","stakeholderKind":"SUPPLIER",\
            "stakeholderGroup":"IT","managerId":"manager1","status":"ACTIVE","declaredLevel":"TRANSACTIONAL",\
            "practisedLevel":"TRANSACTIONAL","mismatch":false,"practice":{"policy":{"name":"standard","version":"1"},\
            "since":"2025-05-04T09:00:00Z","kinds":[\
            {"evidence":"INFORMATION_EXCHANGED","level":"TRANSACTIONAL","detail":"nothing"},\
            {"evidence":"INDICATORS_MEASURED","level":"TRANSACTIONAL","detail":"nothing"},\
            {"evidence":"OBJECTIVES_HELD","level":"TRANSACTIONAL","detail":"nothing"}]},\
            "trust":{"asOf":"2026-05-04T09:00:00Z","policy":{"name":"prudent","version":"1"},\
            "inThem":{"overall":0.5,"contractual":0.5,"competence":0.5,"goodwill":0.5,"uncertainty":1.0,\
            "low":0.05000000000000001,"high":0.9500000000000001},\
            "inUs":{"overall":0.5,"contractual":0.5,"competence":0.5,"goodwill":0.5,"uncertainty":1.0,\
            "low":0.05000000000000001,"high":0.9500000000000001},\
            "trend":"UNKNOWN","trendInUs":"UNKNOWN","trendDays":90},"counts":{"interactions":0,"commitments":{"open":0,"overdue":0,"keptOnTime":0,\
            "keptLate":0,"broken":0,"released":0},"disclosures":0,"objectives":0,"expectations":0,\
            "contributions":0,"indicators":0,"measurements":0,"assessments":0,"concerns":0},\
            "establishedAt":"2026-03-02T12:00:00Z","version":1}\
            """);
    }

    @Test
    void takes_the_stakeholders_new_name() {
        log.append(stakeholder("S-life-2", "Acme"), relationship("R-life-2", "S-life-2", "manager1"));
        log.append(new StakeholderProfileChanged(new StakeholderId("S-life-2"), "Acme & Sons", null, null, null));

        assertThat(shown("R-life-2").get("stakeholderName").asString()).isEqualTo("Acme & Sons");
    }

    @Test
    void shows_the_levels_that_we_declare_and_desire_and_that_the_stakeholder_sees() {
        var id = new RelationshipId("R-life-3");
        log.append(stakeholder("S-life-3", "Acme"), relationship("R-life-3", "S-life-3", "manager1"));
        log.append(
                new StakeholderLevelRecorded(id, Level.ADDED_VALUE, null),
                new DesiredLevelSet(id, Level.JOINT_VALUE, null));
        log.append(new RelationshipUpgraded(
                id,
                Level.TRANSACTIONAL,
                Level.ADDED_VALUE,
                "it works",
                new PolicyVersion("standard", "1"),
                null,
                null));

        assertThat(shown("R-life-3").get("declaredLevel").asString()).isEqualTo("ADDED_VALUE");
        assertThat(shown("R-life-3").get("stakeholderLevel").asString()).isEqualTo("ADDED_VALUE");
        assertThat(shown("R-life-3").get("desiredLevel").asString()).isEqualTo("JOINT_VALUE");
    }

    @Test
    void owes_next_what_is_open_and_due_first() {
        var id = new RelationshipId("R-life-4");
        log.append(stakeholder("S-life-4", "Acme"), relationship("R-life-4", "S-life-4", "manager1"));
        log.append(
                commitment("R-life-4", "C-1", Party.US, "Deliver the plan", SOME_DAY.plusDays(2)),
                commitment("R-life-4", "C-2", Party.THEM, "Deliver the parts", SOME_DAY),
                commitment("R-life-4", "C-3", Party.THEM, "Invite us", SOME_DAY.plusDays(1)));
        assertThat(shown("R-life-4").get("nextDueCommitment").toString()).isEqualTo("""
            {"id":"C-2","madeBy":"THEM","statement":"Deliver the parts","dueOn":"2026-04-01","overdue":false}\
            """);

        log.append(new CommitmentBecameOverdue(id, new EntryId("C-2"), SOME_DAY));
        assertThat(shown("R-life-4").at("/nextDueCommitment/overdue").asBoolean())
                .isTrue();
        assertThat(shown("R-life-4").at("/counts/commitments/overdue").asInt()).isEqualTo(1);

        log.append(kept("R-life-4", "C-2"));
        assertThat(shown("R-life-4").at("/nextDueCommitment/id").asString()).isEqualTo("C-3");

        log.append(new CommitmentRenegotiated(id, new EntryId("C-3"), SOME_DAY.plusDays(9), null, "illness"));
        assertThat(shown("R-life-4").at("/nextDueCommitment/id").asString()).isEqualTo("C-1");

        log.append(retracted("R-life-4", "C-1", EntryKind.COMMITMENT), kept("R-life-4", "C-3"));
        assertThat(shown("R-life-4").has("nextDueCommitment")).isFalse();
        assertThat(shown("R-life-4").at("/counts/commitments").toString())
                .isEqualTo("{\"open\":0,\"overdue\":0,\"keptOnTime\":2,\"keptLate\":0,\"broken\":0,\"released\":0}");
    }

    @Test
    void was_last_met_at_the_latest_interaction_that_still_counts() {
        log.append(stakeholder("S-life-5", "Acme"), relationship("R-life-5", "S-life-5", "manager1"));
        log.append(TUESDAY, interaction("R-life-5", "I-1", "on Tuesday"));
        log.append(MONDAY, interaction("R-life-5", "I-2", "on Monday, told later"));
        assertThat(shown("R-life-5").get("lastInteractionAt").asString()).isEqualTo(TUESDAY.toString());

        log.append(retracted("R-life-5", "I-1", EntryKind.INTERACTION));
        assertThat(shown("R-life-5").get("lastInteractionAt").asString()).isEqualTo(MONDAY.toString());
        assertThat(shown("R-life-5").at("/counts/interactions").asInt()).isEqualTo(1);

        log.append(retracted("R-life-5", "I-2", EntryKind.INTERACTION));
        assertThat(shown("R-life-5").has("lastInteractionAt")).isFalse();
    }

    @Test
    void ends_and_goes_on() {
        var id = new RelationshipId("R-life-6");
        log.append(stakeholder("S-life-6", "Acme"), relationship("R-life-6", "S-life-6", "manager1"));
        log.append(TUESDAY, new RelationshipEnded(id, "they were bought"));
        assertThat(shown("R-life-6").get("status").asString()).isEqualTo("ENDED");
        assertThat(shown("R-life-6").get("endedAt").asString()).isEqualTo(TUESDAY.toString());

        log.append(new RelationshipReopened(id, "independent again"), assigned("R-life-6", "manager2"));
        assertThat(shown("R-life-6").get("status").asString()).isEqualTo("ACTIVE");
        assertThat(shown("R-life-6").has("endedAt")).isFalse();
        assertThat(shown("R-life-6").get("managerId").asString()).isEqualTo("manager2");
    }

    @Test
    void keeps_what_people_write_to_the_character() {
        String odd =
                "\u202e \u0000 \uD83D\uDC69\u200D\uD83D\uDCBB '; drop table \"relationship\"; -- %_\\ \t \u00e9e\u0301";
        log.append(
                stakeholder("S-life-7", odd),
                new RelationshipEstablished(
                        new RelationshipId("R-life-7"),
                        new StakeholderId("S-life-7"),
                        new ManagerId(odd),
                        Level.TRANSACTIONAL,
                        odd,
                        null));
        log.append(interaction("R-life-7", "I-1", odd, odd));

        assertThat(shown("R-life-7").get("purpose").asString()).isEqualTo(odd);
        assertThat(shown("R-life-7").get("managerId").asString()).isEqualTo(odd);
        assertThat(shown("R-life-7").get("stakeholderName").asString()).isEqualTo(odd);
        assertThat(queries.get("head", "/api/v1/relationships/R-life-7/interactions/I-1")
                        .ok()
                        .json()
                        .get("summary")
                        .asString())
                .isEqualTo(odd);
        assertThat(queries.get("head", "/api/v1/relationships?q=" + RunningQuerySide.encoded("%_\\"))
                        .ok()
                        .ids())
                .containsExactly("R-life-7");
    }

    @Test
    void that_nobody_established_is_not_found() {
        assertThat(queries.get("head", "/api/v1/relationships/R-nobody").status())
                .isEqualTo(404);
        assertThat(queries.get("head", "/api/v1/relationships/R-nobody/history").status())
                .isEqualTo(404);
        assertThat(queries.get("head", "/api/v1/relationships/R-nobody/commitments")
                        .status())
                .isEqualTo(404);
        assertThat(queries.get("head", "/api/v1/relationships/R-nobody/interactions/I-1")
                        .status())
                .isEqualTo(404);
        assertThat(queries.get("head", "/api/v1/relationships/R-nobody/alignment")
                        .status())
                .isEqualTo(404);
        assertThat(queries.get("head", "/api/v1/relationships/R-nobody/indicators")
                        .status())
                .isEqualTo(404);
        assertThat(queries.get("head", "/api/v1/relationships/no%20id").status())
                .isEqualTo(404);
    }
}
