package dev.rapport.query;

import static dev.rapport.query.Examples.disclosure;
import static dev.rapport.query.Examples.indicator;
import static dev.rapport.query.Examples.measurement;
import static dev.rapport.query.Examples.objective;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.retired;
import static dev.rapport.query.Examples.retracted;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.DisclosureCorrected;
import dev.rapport.events.RelationshipEnded;
import dev.rapport.events.RelationshipUpgraded;
import dev.rapport.events.StakeholderLevelRecorded;
import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Holder;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.PolicyVersion;
import dev.rapport.events.vocabulary.RelationshipId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

/** What the practised level rests on, and that filter, report and relationship never say different things of it. */
@OnEachDatabase
class The_practice_of_a_relationship {

    private static final Instant JANUARY = Instant.parse("2026-01-05T12:00:00Z");
    private static final Instant FEBRUARY = Instant.parse("2026-02-05T12:00:00Z");
    private static final Instant MARCH = Instant.parse("2026-03-05T12:00:00Z");
    private static final Instant APRIL = Instant.parse("2026-04-05T12:00:00Z");

    @Parameter
    Database database;

    private Log log;
    private RunningQuerySide queries;
    private int relationships;
    private String id;

    @BeforeParameterizedClassInvocation
    void start() {
        log = new Log(database);
        queries = RunningQuerySide.of(log, database);
    }

    @AfterParameterizedClassInvocation
    void end() {
        queries.close();
        log.close();
    }

    /** With an indicator of joint value that was measured in April: what is exchanged or held makes it joint value or not. */
    @BeforeEach
    void a_relationship_that_shows_one_kind_of_evidence() {
        id = "R-" + ++relationships;
        log.append(JANUARY, stakeholder("S-" + id, "Acme"), relationship(id, "S-" + id, "manager1"));
        log.append(
                APRIL,
                indicator(id, "N-1", Party.US, Level.JOINT_VALUE),
                measurement(id, "M-1", "N-1", "99.9", LocalDate.of(2026, 4, 5)));
        queries.clock.set(APRIL);
    }

    private static Instant aYearAfter(Instant moment) {
        return Instant.parse(moment.toString().replace("2026", "2027"));
    }

    /** The level by all who tell it, after they were found to agree. */
    private Level practised() {
        queries.catchUp();
        JsonNode one = shown();
        String filter = "&limit=500&managerId=manager1";
        List<String> mismatched = queries.all("head", "/api/v1/relationships?mismatch=true" + filter).stream()
                .map(item -> item.get("id").asString())
                .toList();
        List<String> matched = queries.all("head", "/api/v1/relationships?mismatch=false" + filter).stream()
                .map(item -> item.get("id").asString())
                .toList();
        List<String> reported = queries.all("head", "/api/v1/reports/mismatches").stream()
                .map(item -> item.get("relationshipId").asString())
                .toList();
        boolean mismatch = one.get("mismatch").asBoolean();
        assertThat(mismatched.contains(id)).isEqualTo(mismatch);
        assertThat(matched.contains(id)).isEqualTo(!mismatch);
        assertThat(reported.contains(id)).isEqualTo(mismatch);
        return Level.valueOf(one.get("practisedLevel").asString());
    }

    private JsonNode shown() {
        return queries.get("head", "/api/v1/relationships/" + id).ok().json();
    }

    @Test
    void is_told_with_what_shows_it() {
        log.append(
                MARCH,
                disclosure(id, "D-1", Party.THEM, DisclosureKind.STATUS),
                disclosure(id, "D-2", Party.US, DisclosureKind.INVOICES),
                disclosure(id, "D-3", Party.US, DisclosureKind.INVOICES),
                objective(id, "O-1", Holder.THEM));

        assertThat(practised()).isEqualTo(Level.TRANSACTIONAL);
        assertThat(shown().get("practice").toString()).isEqualTo("""
            {"policy":{"name":"standard","version":"1"},"since":"2025-04-05T12:00:00Z","kinds":[\
            {"evidence":"INFORMATION_EXCHANGED","level":"TRANSACTIONAL","detail":"invoices and order status"},\
            {"evidence":"INDICATORS_MEASURED","level":"JOINT_VALUE","detail":"joint value indicators"},\
            {"evidence":"OBJECTIVES_HELD","level":"TRANSACTIONAL","detail":"their own objectives"}]}\
            """);
    }

    @Test
    void counts_what_either_party_discloses() {
        log.append(MARCH, disclosure(id, "D-1", Party.THEM, DisclosureKind.STRATEGY));

        assertThat(practised()).isEqualTo(Level.JOINT_VALUE);
    }

    @Test
    void ages_with_the_clock_and_without_any_event() {
        log.append(MARCH, disclosure(id, "D-1", Party.US, DisclosureKind.STRATEGY));
        queries.clock.set(aYearAfter(MARCH));
        assertThat(practised()).isEqualTo(Level.JOINT_VALUE);

        queries.clock.set(aYearAfter(MARCH).plusNanos(1_000));
        assertThat(practised()).isEqualTo(Level.TRANSACTIONAL);
    }

    @Test
    void counts_measurements_through_their_day() {
        log.append(APRIL, objective(id, "O-1", Holder.BOTH));
        queries.clock.set(Instant.parse("2027-04-05T23:59:59Z"));
        assertThat(practised()).isEqualTo(Level.JOINT_VALUE);

        queries.clock.set(Instant.parse("2027-04-06T00:00:00Z"));
        assertThat(practised()).isEqualTo(Level.TRANSACTIONAL);
    }

    @Test
    void counts_an_objective_until_a_year_after_it_is_retired() {
        log.append(JANUARY, objective(id, "O-1", Holder.BOTH));
        queries.clock.set(aYearAfter(MARCH));
        assertThat(practised()).isEqualTo(Level.JOINT_VALUE);

        log.append(FEBRUARY, retired(id, "O-1"));
        assertThat(practised()).isEqualTo(Level.TRANSACTIONAL);

        queries.clock.set(aYearAfter(FEBRUARY));
        assertThat(practised()).isEqualTo(Level.JOINT_VALUE);
    }

    @Test
    void hears_late_news() {
        log.append(APRIL, disclosure(id, "D-1", Party.US, DisclosureKind.STRATEGY));
        log.append(JANUARY, disclosure(id, "D-2", Party.US, DisclosureKind.STRATEGY));
        queries.clock.set(aYearAfter(MARCH));
        assertThat(practised()).isEqualTo(Level.JOINT_VALUE);

        log.append(retracted(id, "D-1", EntryKind.DISCLOSURE));
        assertThat(practised()).isEqualTo(Level.TRANSACTIONAL);
        queries.clock.set(aYearAfter(JANUARY));
        assertThat(practised()).isEqualTo(Level.JOINT_VALUE);
    }

    @Test
    void loses_what_is_retracted() {
        log.append(
                MARCH,
                disclosure(id, "D-1", Party.US, DisclosureKind.STRATEGY),
                objective(id, "O-1", Holder.BOTH),
                retracted(id, "M-1", EntryKind.MEASUREMENT));
        assertThat(practised()).isEqualTo(Level.JOINT_VALUE);

        log.append(retracted(id, "O-1", EntryKind.OBJECTIVE));
        assertThat(practised()).isEqualTo(Level.TRANSACTIONAL);
    }

    @Test
    void loses_the_measurements_of_an_indicator_that_is_retracted() {
        log.append(MARCH, objective(id, "O-1", Holder.BOTH));
        assertThat(practised()).isEqualTo(Level.JOINT_VALUE);

        log.append(retracted(id, "N-1", EntryKind.INDICATOR));
        assertThat(practised()).isEqualTo(Level.TRANSACTIONAL);
    }

    @Test
    void takes_a_disclosure_for_what_it_was_corrected_to() {
        log.append(MARCH, disclosure(id, "D-1", Party.US, DisclosureKind.STRATEGY));
        assertThat(practised()).isEqualTo(Level.JOINT_VALUE);

        log.append(new DisclosureCorrected(
                new RelationshipId(id), new EntryId("D-1"), null, DisclosureKind.BENCHMARK, null, "a comparison"));
        assertThat(practised()).isEqualTo(Level.ADDED_VALUE);
    }

    @Test
    void mismatches_when_it_is_not_what_is_declared() {
        assertThat(practised()).isEqualTo(Level.TRANSACTIONAL);
        assertThat(shown().get("mismatch").asBoolean()).isFalse();
        assertThat(shown().has("mismatchSummary")).isFalse();

        log.append(MARCH, objective(id, "O-1", Holder.BOTH));
        assertThat(practised()).isEqualTo(Level.JOINT_VALUE);
        assertThat(shown().get("mismatch").asBoolean()).isTrue();
        assertThat(shown().get("mismatchSummary").asString())
                .isEqualTo("declared transactional, but joint value indicators were measured and shared objectives were"
                        + " held in the last 12 months");
    }

    @Test
    void mismatches_when_the_stakeholder_sees_another_level_than_we_declare() {
        log.append(MARCH, new StakeholderLevelRecorded(new RelationshipId(id), Level.ADDED_VALUE, null));
        assertThat(practised()).isEqualTo(Level.TRANSACTIONAL);
        assertThat(shown().get("mismatchSummary").asString())
                .isEqualTo("we run it as transactional, but the stakeholder sees it as added value");

        log.append(MARCH, new StakeholderLevelRecorded(new RelationshipId(id), Level.TRANSACTIONAL, null));
        assertThat(practised()).isEqualTo(Level.TRANSACTIONAL);
        assertThat(shown().get("mismatch").asBoolean()).isFalse();
    }

    @Test
    void is_reported_with_how_the_levels_disagree() {
        log.append(
                MARCH,
                new RelationshipUpgraded(
                        new RelationshipId(id),
                        Level.TRANSACTIONAL,
                        Level.ADDED_VALUE,
                        "it works",
                        new PolicyVersion("standard", "1"),
                        null,
                        null),
                new StakeholderLevelRecorded(new RelationshipId(id), Level.TRANSACTIONAL, null),
                disclosure(id, "D-1", Party.US, DisclosureKind.INVOICES));
        assertThat(practised()).isEqualTo(Level.TRANSACTIONAL);

        JsonNode reported = queries.all("head", "/api/v1/reports/mismatches").stream()
                .filter(item -> item.get("relationshipId").asString().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(reported.toString()).isEqualTo("""
            {"relationshipId":"%s","stakeholderId":"S-%s","stakeholderName":"Acme","stakeholderKind":"SUPPLIER",\
            "stakeholderGroup":"IT","managerId":"manager1","status":"ACTIVE","declaredLevel":"ADDED_VALUE",\
            "stakeholderLevel":"TRANSACTIONAL","practisedLevel":"TRANSACTIONAL",\
            "disagreements":["PRACTISED_BELOW_DECLARED","STAKEHOLDER_BELOW_DECLARED"],\
            "summary":"declared added value, but only invoices were exchanged in the last 12 months; \
            we run it as added value, but the stakeholder sees it as transactional"}\
            """.formatted(id, id));
    }

    @Test
    void of_an_ended_relationship_is_judged_alike_but_reported_only_when_asked_for() {
        log.append(MARCH, objective(id, "O-1", Holder.BOTH), new RelationshipEnded(new RelationshipId(id), "for now"));
        queries.catchUp();

        assertThat(shown().get("mismatch").asBoolean()).isTrue();
        assertThat(reported("")).doesNotContain(id);
        assertThat(reported("?status=ACTIVE")).doesNotContain(id);
        assertThat(reported("?status=ENDED")).contains(id);
    }

    @Test
    void is_reported_by_manager_and_group_and_kind() {
        log.append(MARCH, objective(id, "O-1", Holder.BOTH));
        queries.catchUp();

        assertThat(reported("?managerId=manager1&group=IT&kind=SUPPLIER")).contains(id);
        assertThat(reported("?managerId=manager2")).doesNotContain(id);
        assertThat(reported("?group=Parts")).doesNotContain(id);
        assertThat(reported("?kind=CUSTOMER")).doesNotContain(id);
    }

    private List<String> reported(String filter) {
        return queries.all("head", "/api/v1/reports/mismatches" + filter).stream()
                .map(item -> item.get("relationshipId").asString())
                .toList();
    }
}
