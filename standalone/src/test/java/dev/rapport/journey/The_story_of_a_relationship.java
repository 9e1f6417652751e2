package dev.rapport.journey;

import static dev.rapport.generated.model.Level.ADDED_VALUE;
import static dev.rapport.generated.model.Level.JOINT_VALUE;
import static dev.rapport.generated.model.Level.TRANSACTIONAL;
import static dev.rapport.generated.model.Party.THEM;
import static dev.rapport.generated.model.Party.US;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rapport.generated.CommandsApi;
import dev.rapport.generated.http.ApiException;
import dev.rapport.generated.model.*;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The story of the book's chapter on performance networks, walked over HTTP by a client that was generated from the OpenAPI document: a
 * relationship deepens as both parties earn it, and falls back when a promise is broken.
 */
class The_story_of_a_relationship {

    private static final String TARN = "tarn";

    @TempDir
    private static Path data;

    private static RunningRapport rapport;
    private static GeneratedClient manager;
    private static CommandsApi commands;

    @BeforeAll
    static void start() {
        rapport = RunningRapport.in(data);
        manager = new GeneratedClient(rapport.address(), "manager1", RunningRapport.PASSWORD);
        commands = manager.commands();
    }

    @AfterAll
    static void stop() {
        rapport.close();
    }

    @Test
    void leads_up_to_joint_value_and_half_the_way_down_again() {
        establish();
        theySayItIs(TRANSACTIONAL, "their sales director");

        upgradeIsRefusedFor(
                "the-stakeholder-sees-this-level",
                "each-party-has-kept-a-commitment",
                "each-party-has-made-a-disclosure",
                "an-indicator-of-each-party-is-agreed");

        theySayItIs(ADDED_VALUE, "their managing director");
        keepsAPromise(US, "Forecasts on the first of each month");
        keepsAPromise(THEM, "Deliveries within five days");
        shares(US, DisclosureKind.ORDERS, "Orders of the next quarter");
        shares(THEM, DisclosureKind.STATUS, "The state of our orders");
        measures(US, Requirement.FAST, "Days to deliver", Direction.LOWER);
        measures(THEM, Requirement.PROFIT, "Days to pay", Direction.LOWER);
        upgradesTo(ADDED_VALUE, "Both of us keep what we promise");

        mismatchIsShown(
                ADDED_VALUE,
                TRANSACTIONAL,
                "declared added value, but only orders and order status were exchanged and only transactional"
                        + " indicators were measured in the last 12 months");

        upgradeIsRefusedFor(
                "the-stakeholder-sees-this-level",
                "a-shared-objective-is-held",
                "values-were-assessed-lately",
                "alignment-was-assessed-lately",
                "each-party-has-disclosed-added-value");

        theySayItIs(JOINT_VALUE, "their managing director");
        shares(US, DisclosureKind.STRATEGY, "Where we want to be in five years");
        shares(THEM, DisclosureKind.COST_SAVINGS, "What a common pallet would save");
        holdsASharedObjective("A quarter of the stock on both sides");
        assessesValues();
        assessesAlignment();
        upgradesTo(JOINT_VALUE, "We plan the year together");

        breaksAPromise(THEM, "A second line by June", "The money went elsewhere");
        raisesAConcern("They told the papers before they told us");
        resolvesTheConcern("They apologized and changed who speaks for them");
        disputesThePromise("We never agreed on June");
        settlesTheDispute("The minutes say June");
        downgradesTo(ADDED_VALUE, "We do not plan together any more");

        historyTellsTheTurns();
    }

    private static void establish() {
        commands.registerStakeholder(
                new RegisterStakeholder()
                        .id(TARN)
                        .name("Tarn Bearings")
                        .kind(StakeholderKind.SUPPLIER)
                        .group("parts"),
                null);
        RelationshipChanged made = commands.establishRelationship(
                new EstablishRelationship().id(TARN).stakeholderId(TARN), null);

        assertThat(made.getVersion()).isEqualTo(1);
        assertThat(relationship().getDeclaredLevel()).isEqualTo(TRANSACTIONAL);
        assertThat(relationship().getManagerId()).isEqualTo("manager1");
        assertThat(relationship().getStatus()).isEqualTo(RelationshipStatus.ACTIVE);
    }

    private static void theySayItIs(Level level, String source) {
        commands.recordStakeholderLevel(
                TARN, new RecordStakeholderLevel().level(level).source(source), null, null);

        assertThat(relationship().getStakeholderLevel()).isEqualTo(level);
    }

    private static void upgradeIsRefusedFor(String... criteria) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() ->
                        commands.upgradeRelationship(TARN, new UpgradeRelationship().rationale("Now"), null, null))
                .satisfies(refused -> {
                    Problem problem = GeneratedClient.problem(refused);
                    assertThat(problem.getStatus()).isEqualTo(422);
                    assertThat(problem.getType()).isEqualTo("/problems/criteria-unmet");
                    assertThat(problem.getUnmet())
                            .extracting(UnmetCriterion::getCriterion)
                            .containsExactly(criteria);
                });
        assertThat(unmet()).containsExactly(criteria);
    }

    private static void keepsAPromise(Party party, String statement) {
        String id = promise(party, statement);
        commands.fulfilCommitment(TARN, id, new FulfilCommitment(), null, null);

        CommitmentEntry kept = manager.ask(queries -> queries.showCommitment(TARN, id, null));
        assertThat(kept.getState()).isEqualTo(CommitmentState.KEPT);
        assertThat(kept.getLate()).isFalse();
    }

    private static void breaksAPromise(Party party, String statement, String reason) {
        String id = promise(party, statement);
        commands.breakCommitment(TARN, id, new BreakCommitment().reason(reason), null, null);

        CommitmentEntry broken = brokenPromise();
        assertThat(broken.getId()).isEqualTo(id);
        assertThat(broken.getReason()).isEqualTo(reason);
        assertThat(relationship().getCounts().getCommitments().getBroken()).isEqualTo(1);
    }

    private static String promise(Party party, String statement) {
        RecordCommitment promise =
                new RecordCommitment().madeBy(party).statement(statement).dueOn(today().plusMonths(1));
        return commands.recordCommitment(TARN, promise, null, null).getId();
    }

    private static void shares(Party party, DisclosureKind kind, String subject) {
        RecordDisclosure disclosure =
                new RecordDisclosure().madeBy(party).kind(kind).subject(subject);
        String id = commands.recordDisclosure(TARN, disclosure, null, null).getId();

        assertThat(manager.ask(queries -> queries.showDisclosure(TARN, id, null))
                        .getKind())
                .isEqualTo(kind);
    }

    /** An indicator as a service level agreement has it, and a first value that meets it. */
    private static void measures(Party owner, Requirement requirement, String name, Direction better) {
        AgreeIndicator indicator = new AgreeIndicator()
                .owner(owner)
                .requirement(requirement)
                .level(TRANSACTIONAL)
                .name(name)
                .target(BigDecimal.valueOf(30))
                .better(better)
                .unit("days");
        String id = commands.agreeIndicator(TARN, indicator, null, null).getId();
        RecordMeasurement value =
                new RecordMeasurement().value(BigDecimal.valueOf(5)).measuredOn(today());
        String measurement =
                commands.recordMeasurement(TARN, id, value, null, null).getId();

        assertThat(manager.ask(queries -> queries.showMeasurement(TARN, id, measurement, null))
                        .getMeetsTarget())
                .isTrue();
    }

    private static void upgradesTo(Level level, String rationale) {
        assertThat(unmet()).isEmpty();

        commands.upgradeRelationship(TARN, new UpgradeRelationship().rationale(rationale), null, null);

        assertThat(relationship().getDeclaredLevel()).isEqualTo(level);
    }

    private static void mismatchIsShown(Level declared, Level practised, String summary) {
        Relationship shown = relationship();
        assertThat(shown.getMismatch()).isTrue();
        assertThat(shown.getDeclaredLevel()).isEqualTo(declared);
        assertThat(shown.getStakeholderLevel()).isEqualTo(declared);
        assertThat(shown.getPractisedLevel()).isEqualTo(practised);
        RelationshipPage portfolio = manager.ask(queries -> queries.listRelationships(
                null, null, null, null, null, true, null, null, null, null, null, null, null, null));
        assertThat(portfolio.getItems()).extracting(Relationship::getId).containsExactly(TARN);
        MismatchPage report = manager.ask(queries -> queries.listMismatches(null, null, null, null, null, null, null));
        assertThat(report.getItems()).extracting(Mismatch::getSummary).containsExactly(summary);
    }

    private static void holdsASharedObjective(String statement) {
        HoldObjective objective = new HoldObjective().heldBy(Holder.BOTH).statement(statement);
        String id = commands.holdObjective(TARN, objective, null, null).getId();

        assertThat(manager.ask(queries -> queries.showObjective(TARN, id, null)).getHeldBy())
                .isEqualTo(Holder.BOTH);
    }

    private static void assessesValues() {
        AssessValues values = new AssessValues()
                .overlap(BigDecimal.valueOf(60))
                .complement(BigDecimal.valueOf(30))
                .conflict(BigDecimal.valueOf(10));
        String id = commands.assessValues(TARN, values, null, null).getId();

        assertThat(manager.ask(queries -> queries.showValuesAssessment(TARN, id, null))
                        .getConflict())
                .isEqualByComparingTo("10");
    }

    private static void assessesAlignment() {
        AssessAlignment alignment = new AssessAlignment()
                .addDimensionsItem(new Dimension()
                        .name("reliability")
                        .self(BigDecimal.valueOf(70))
                        .selfPerception(BigDecimal.valueOf(90))
                        .externalPerception(BigDecimal.valueOf(60)));
        String id = commands.assessAlignment(TARN, alignment, null, null).getId();

        assertThat(manager.ask(queries -> queries.showAlignmentAssessment(TARN, id, null))
                        .getDimensions())
                .extracting(AlignmentDimension::getName)
                .containsExactly("reliability");
    }

    private static void raisesAConcern(String statement) {
        commands.raiseConcern(
                TARN,
                new RaiseConcern()
                        .id("papers")
                        .raisedBy(US)
                        .about(ConcernSubject.OPENNESS)
                        .statement(statement),
                null,
                null);

        assertThat(manager.ask(queries -> queries.showConcern(TARN, "papers", null))
                        .getResolvedAt())
                .isNull();
    }

    private static void resolvesTheConcern(String resolution) {
        commands.resolveConcern(TARN, "papers", new ResolveConcern().resolution(resolution), null, null);

        ConcernEntry resolved = manager.ask(queries -> queries.showConcern(TARN, "papers", null));
        assertThat(resolved.getResolvedAt()).isNotNull();
        assertThat(resolved.getResolution()).isEqualTo(resolution);
    }

    private static void disputesThePromise(String reason) {
        commands.raiseDispute(
                TARN,
                new RaiseDispute()
                        .entryId(brokenPromise().getId())
                        .raisedBy(THEM)
                        .reason(reason),
                null,
                null);

        EntryDispute open = brokenPromise().getDispute();
        assertThat(open.getReason()).isEqualTo(reason);
        assertThat(open.getUpheld()).isNull();
    }

    private static void settlesTheDispute(String outcome) {
        commands.settleDispute(
                TARN,
                brokenPromise().getId(),
                new SettleDispute().outcome(outcome).upheld(true),
                null,
                null);

        EntryDispute settled = brokenPromise().getDispute();
        assertThat(settled.getOutcome()).isEqualTo(outcome);
        assertThat(settled.getUpheld()).isTrue();
    }

    private static void downgradesTo(Level level, String reason) {
        commands.downgradeRelationship(
                TARN, new DowngradeRelationship().to(level).reason(reason), null, null);

        assertThat(relationship().getDeclaredLevel()).isEqualTo(level);
    }

    private static void historyTellsTheTurns() {
        List<String> turns = List.of(
                "RelationshipDowngraded",
                "DisputeSettled",
                "DisputeRaised",
                "ConcernResolved",
                "CommitmentBroken",
                "RelationshipUpgraded",
                "RelationshipEstablished");
        HistoryItemPage history =
                manager.ask(queries -> queries.showHistory(TARN, turns, null, null, null, null, null));

        assertThat(history.getItems())
                .extracting(HistoryItem::getSummary)
                .containsExactly(
                        "The relationship was downgraded from joint value to added value: “We do not plan together any"
                                + " more”.",
                        "The dispute about the commitment “A second line by June” was settled and it counts again:"
                                + " “The minutes say June”.",
                        "Tarn Bearings disputes the commitment “A second line by June”: “We never agreed on June”.",
                        "The concern “They told the papers before they told us” was resolved: “They apologized and"
                                + " changed who speaks for them”.",
                        "Tarn Bearings broke the promise “A second line by June”: “The money went elsewhere”.",
                        "The relationship was upgraded from added value to joint value: “We plan the year together”.",
                        "The relationship was upgraded from transactional to added value: “Both of us keep what we"
                                + " promise”.",
                        "The relationship with Tarn Bearings began at the transactional level, managed by manager1.");
    }

    private static Relationship relationship() {
        return manager.ask(queries -> queries.showRelationship(TARN, null));
    }

    private static List<String> unmet() {
        return manager.ask(queries -> queries.showReadiness(TARN, null, null)).getCriteria().stream()
                .filter(criterion -> !criterion.getMet())
                .map(JudgedCriterion::getCriterion)
                .toList();
    }

    private static CommitmentEntry brokenPromise() {
        CommitmentPage broken = manager.ask(queries -> queries.listCommitmentsOfRelationship(
                TARN, CommitmentState.BROKEN, null, null, null, null, null, null, null, null));
        assertThat(broken.getItems()).hasSize(1);
        return broken.getItems().getFirst();
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }
}
