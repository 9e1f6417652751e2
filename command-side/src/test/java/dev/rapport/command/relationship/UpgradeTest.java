package dev.rapport.command.relationship;

import static dev.rapport.command.Asked.NOW;
import static dev.rapport.command.Asked.byAHead;
import static dev.rapport.command.Asked.byTheManager;
import static dev.rapport.command.relationship.Facts.DUE;
import static dev.rapport.command.relationship.Facts.alignmentAssessed;
import static dev.rapport.command.relationship.Facts.broken;
import static dev.rapport.command.relationship.Facts.dependencyAssessed;
import static dev.rapport.command.relationship.Facts.disclosed;
import static dev.rapport.command.relationship.Facts.id;
import static dev.rapport.command.relationship.Facts.indicator;
import static dev.rapport.command.relationship.Facts.kept;
import static dev.rapport.command.relationship.Facts.keptLate;
import static dev.rapport.command.relationship.Facts.objective;
import static dev.rapport.command.relationship.Facts.overdue;
import static dev.rapport.command.relationship.Facts.promised;
import static dev.rapport.command.relationship.Facts.released;
import static dev.rapport.command.relationship.Facts.renegotiated;
import static dev.rapport.command.relationship.Facts.retracted;
import static dev.rapport.command.relationship.Facts.theySay;
import static dev.rapport.command.relationship.Facts.valuesAssessed;
import static dev.rapport.command.relationship.RelationshipStory.EARLIER;
import static dev.rapport.command.relationship.RelationshipStory.R;
import static dev.rapport.command.relationship.RelationshipStory.aRelationship;
import static dev.rapport.events.vocabulary.DisclosureKind.BENCHMARK;
import static dev.rapport.events.vocabulary.DisclosureKind.OPPORTUNITIES;
import static dev.rapport.events.vocabulary.DisclosureKind.ORDERS;
import static dev.rapport.events.vocabulary.DisclosureKind.STRATEGY;
import static dev.rapport.events.vocabulary.Level.ADDED_VALUE;
import static dev.rapport.events.vocabulary.Level.JOINT_VALUE;
import static dev.rapport.events.vocabulary.Level.TRANSACTIONAL;
import static dev.rapport.events.vocabulary.Party.THEM;
import static dev.rapport.events.vocabulary.Party.US;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.command.Asked;
import dev.rapport.command.Refusal.Reason;
import dev.rapport.command.relationship.RelationshipCommand.UpgradeRelationship;
import dev.rapport.command.relationship.RelationshipStory.Outcome;
import dev.rapport.events.DisclosureCorrected;
import dev.rapport.events.ObjectiveRetired;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.RelationshipUpgraded;
import dev.rapport.events.vocabulary.CriteriaOverride;
import dev.rapport.events.vocabulary.CriteriaOverride.Unmet;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Holder;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.PolicyVersion;
import dev.rapport.events.vocabulary.TrustAtDecision;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 2 of the domain: how a relationship deepens, criterion by criterion. */
class UpgradeTest {

    private static final UpgradeRelationship UPGRADE = new UpgradeRelationship(R, "it is time", null, null);
    private static final Duration A_MOMENT = Duration.ofNanos(1_000);

    private static final Unmet NO_LEVEL =
            new Unmet("the-stakeholder-sees-this-level", "the stakeholder's level has not been recorded");
    private static final Unmet ONE_IS_OVERDUE = new Unmet("no-commitment-is-overdue", "1 commitment is overdue");
    private static final Unmet NO_SHARED_OBJECTIVE =
            new Unmet("a-shared-objective-is-held", "shared objectives held: 0 of 1");
    private static final Unmet VALUES_NOT_LATELY =
            new Unmet("values-were-assessed-lately", "no assessment of values in the last 12 months");
    private static final Unmet ALIGNMENT_NOT_LATELY =
            new Unmet("alignment-was-assessed-lately", "no assessment of alignment in the last 12 months");

    private static final UpgradePolicy NOTHING_NEEDED = new UpgradePolicy("mild", "3", 0, 0, 0, 0, 0, 12);

    private static Unmet level(Level said, Level wanted) {
        return new Unmet(
                "the-stakeholder-sees-this-level", "the stakeholder's level is " + said + ", not yet " + wanted);
    }

    private static Unmet notKept(Party... parties) {
        return lacking("each-party-has-kept-a-commitment", "kept commitments", parties);
    }

    private static Unmet notDisclosed(Party... parties) {
        return lacking("each-party-has-made-a-disclosure", "disclosures", parties);
    }

    private static Unmet noIndicator(Party... parties) {
        return lacking("an-indicator-of-each-party-is-agreed", "indicators of its requirements", parties);
    }

    private static Unmet noAddedValueDisclosed(Party... parties) {
        return lacking("each-party-has-disclosed-added-value", "disclosures of an added-value kind or higher", parties);
    }

    private static Unmet lacking(String criterion, String of, Party... parties) {
        return new Unmet(
                criterion,
                String.join(
                        "; ",
                        Arrays.stream(parties)
                                .map(party -> party + " has 0 of 1 " + of)
                                .toList()));
    }

    /** A past that is told but for some entries. */
    private static RelationshipStory relationship(
            Level at, List<RelationshipEvent> past, RelationshipEvent... without) {
        List<RelationshipEvent> told = new ArrayList<>(past);
        told.removeAll(List.of(without));
        return aRelationship().atLevel(at).after(told);
    }

    @Nested
    class A_transactional_relationship {

        private static final List<RelationshipEvent> READY = List.of(
                theySay(ADDED_VALUE),
                promised("C-1", US),
                kept("C-1"),
                promised("C-2", THEM),
                kept("C-2"),
                disclosed("D-1", US, ORDERS),
                disclosed("D-2", THEM, ORDERS),
                indicator("N-1", US),
                indicator("N-2", THEM));

        private RelationshipStory ready(RelationshipEvent... without) {
            return relationship(TRANSACTIONAL, READY, without);
        }

        private Outcome upgraded(RelationshipStory story) {
            return story.when(UPGRADE).thenUpgraded(TRANSACTIONAL, ADDED_VALUE, "it is time", null);
        }

        private Outcome refused(RelationshipStory story, Unmet... unmet) {
            return story.when(UPGRADE)
                    .refused(
                            Reason.CRITERIA_UNMET,
                            "the relationship does not meet " + unmet.length + " of the criteria for ADDED_VALUE",
                            unmet);
        }

        @Test
        void goes_one_level_up_when_every_criterion_is_met() {
            upgraded(ready());
        }

        @Test
        void goes_one_level_up_when_that_is_said() {
            ready().when(new UpgradeRelationship(R, "it is time", ADDED_VALUE, null))
                    .thenUpgraded(TRANSACTIONAL, ADDED_VALUE, "it is time", null);
        }

        @Test
        void does_not_go_two_levels_up() {
            ready().when(new UpgradeRelationship(R, "it is time", JOINT_VALUE, "we like them"), byAHead())
                    .refused(
                            Reason.AGAINST_A_RULE,
                            "an upgrade goes one level up: from TRANSACTIONAL to ADDED_VALUE, not to JOINT_VALUE");
        }

        @Test
        void does_not_go_up_to_where_it_is() {
            ready().when(new UpgradeRelationship(R, "it is time", TRANSACTIONAL, null))
                    .refused(
                            Reason.AGAINST_A_RULE,
                            "an upgrade goes one level up: from TRANSACTIONAL to ADDED_VALUE, not to TRANSACTIONAL");
        }

        @Test
        void is_told_every_criterion_that_it_does_not_meet() {
            refused(
                    aRelationship().after(promised("C-1", US, LocalDate.of(2026, 2, 10))),
                    NO_LEVEL,
                    notKept(US, THEM),
                    ONE_IS_OVERDUE,
                    notDisclosed(US, THEM),
                    noIndicator(US, THEM));
        }

        @Test
        void needs_the_stakeholder_to_have_said_its_level() {
            refused(ready(theySay(ADDED_VALUE)), NO_LEVEL);
        }

        @Test
        void needs_the_stakeholder_to_see_added_value() {
            refused(ready().after(theySay(TRANSACTIONAL)), level(TRANSACTIONAL, ADDED_VALUE));
        }

        @Test
        void may_be_more_to_the_stakeholder() {
            upgraded(ready().after(theySay(JOINT_VALUE)));
        }

        @Test
        void needs_us_to_have_kept_a_commitment() {
            refused(ready(kept("C-1")), notKept(US));
        }

        @Test
        void needs_them_to_have_kept_a_commitment() {
            refused(ready(kept("C-2")), notKept(THEM));
        }

        @Test
        void counts_a_commitment_kept_late() {
            upgraded(ready(kept("C-1")).after(keptLate("C-1")));
        }

        @Test
        void does_not_count_a_broken_commitment() {
            refused(ready(kept("C-1")).after(broken("C-1")), notKept(US));
        }

        @Test
        void does_not_count_a_released_commitment() {
            refused(ready(kept("C-1")).after(released("C-1")), notKept(US));
        }

        @Test
        void does_not_count_a_commitment_that_was_retracted() {
            refused(ready().after(retracted("C-2", EntryKind.COMMITMENT)), notKept(THEM));
        }

        @Test
        void waits_while_a_commitment_is_overdue() {
            refused(
                    ready().after(
                                    promised("C-3", THEM, LocalDate.of(2026, 2, 10)),
                                    overdue("C-3", LocalDate.of(2026, 2, 10))),
                    ONE_IS_OVERDUE);
        }

        @Test
        void waits_while_commitments_of_either_party_are_overdue() {
            refused(
                    ready().after(
                                    promised("C-3", THEM, LocalDate.of(2026, 2, 10)),
                                    promised("C-4", US, LocalDate.of(2026, 2, 11))),
                    new Unmet("no-commitment-is-overdue", "2 commitments are overdue"));
        }

        @Test
        void goes_up_a_moment_before_a_commitment_is_overdue() {
            ready().after(promised("C-3", THEM))
                    .inZone("Pacific/Auckland")
                    .when(
                            UPGRADE,
                            byTheManager()
                                    .at(Instant.parse("2026-03-20T11:00:00Z").minus(A_MOMENT)))
                    .thenUpgraded(TRANSACTIONAL, ADDED_VALUE, "it is time", null);
        }

        @Test
        void waits_from_the_moment_that_a_commitment_is_overdue() {
            ready().after(promised("C-3", THEM))
                    .inZone("Pacific/Auckland")
                    .when(UPGRADE, byTheManager().at(Instant.parse("2026-03-20T11:00:00Z")))
                    .refused(
                            Reason.CRITERIA_UNMET,
                            "the relationship does not meet 1 of the criteria for ADDED_VALUE",
                            ONE_IS_OVERDUE);
        }

        @Test
        void goes_up_when_the_overdue_commitment_was_renegotiated() {
            upgraded(ready().after(
                            promised("C-3", THEM, LocalDate.of(2026, 2, 10)),
                            overdue("C-3", LocalDate.of(2026, 2, 10)),
                            renegotiated("C-3", DUE)));
        }

        @ParameterizedTest
        @EnumSource(Ending.class)
        void goes_up_when_the_overdue_commitment_has_ended(Ending ending) {
            upgraded(ready().after(promised("C-3", THEM, LocalDate.of(2026, 2, 10)), ending.of("C-3")));
        }

        @Test
        void needs_us_to_have_disclosed_something() {
            refused(ready(disclosed("D-1", US, ORDERS)), notDisclosed(US));
        }

        @Test
        void needs_them_to_have_disclosed_something() {
            refused(ready(disclosed("D-2", THEM, ORDERS)), notDisclosed(THEM));
        }

        @Test
        void counts_a_disclosure_for_the_party_that_made_it_after_all() {
            refused(
                    ready().after(new DisclosureCorrected(R, id("D-1"), THEM, null, null, "it was them")),
                    notDisclosed(US));
        }

        @Test
        void does_not_count_a_disclosure_that_was_retracted() {
            refused(ready().after(retracted("D-2", EntryKind.DISCLOSURE)), notDisclosed(THEM));
        }

        @Test
        void needs_an_indicator_of_our_requirements() {
            refused(ready(indicator("N-1", US)), noIndicator(US));
        }

        @Test
        void needs_an_indicator_of_their_requirements() {
            refused(ready(indicator("N-2", THEM)), noIndicator(THEM));
        }

        @Test
        void does_not_count_an_indicator_that_was_retracted() {
            refused(ready().after(retracted("N-1", EntryKind.INDICATOR)), noIndicator(US));
        }

        @Test
        void is_judged_by_the_policy_that_is_in_force() {
            refused(
                    ready().under(new UpgradePolicy("strict", "7", 2, 3, 4, 1, 1, 12)),
                    new Unmet(
                            "each-party-has-kept-a-commitment",
                            "US has 1 of 2 kept commitments; THEM has 1 of 2 kept commitments"),
                    new Unmet(
                            "each-party-has-made-a-disclosure",
                            "US has 1 of 3 disclosures; THEM has 1 of 3 disclosures"),
                    new Unmet(
                            "an-indicator-of-each-party-is-agreed",
                            "US has 1 of 4 indicators of its requirements; THEM has 1 of 4 indicators of its"
                                    + " requirements"));
        }

        @Test
        void keeps_the_policy_that_it_was_judged_by() {
            ready().under(NOTHING_NEEDED)
                    .when(UPGRADE)
                    .thenEvents(events -> assertThat(events)
                            .singleElement(InstanceOfAssertFactories.type(RelationshipUpgraded.class))
                            .satisfies(upgraded ->
                                    assertThat(upgraded.criteriaPolicy()).isEqualTo(new PolicyVersion("mild", "3"))));
        }

        @Test
        void keeps_the_trust_that_it_was_decided_on() {
            aRelationship()
                    .under(NOTHING_NEEDED)
                    .after(theySay(ADDED_VALUE), promised("C-1", THEM), promised("C-2", US), promised("C-3", US))
                    .after(NOW, kept("C-1"), broken("C-2"))
                    .when(UPGRADE)
                    .thenEvents(events -> assertThat(events)
                            .singleElement(InstanceOfAssertFactories.type(RelationshipUpgraded.class))
                            .satisfies(upgraded -> {
                                TrustAtDecision trust = Objects.requireNonNull(upgraded.trust());
                                assertThat(trust.policy()).isEqualTo(new PolicyVersion("prudent", "1"));
                                assertThat(trust.version()).isEqualTo(7);
                                assertThat(trust.level()).isEqualTo(TRANSACTIONAL);
                                assertThat(trust.inThem().overall()).isEqualTo(2.0 / 3);
                                assertThat(trust.inThem().contractual()).isEqualTo(2.0 / 3);
                                assertThat(trust.inThem().goodwill()).isEqualTo(0.5);
                                assertThat(trust.inThem().uncertainty()).isEqualTo(2.0 / 3);
                                assertThat(trust.inUs().overall()).isEqualTo(0.25);
                                assertThat(trust.inUs().uncertainty()).isEqualTo(0.5);
                            }));
        }

        @Test
        void keeps_the_trust_as_of_when_it_was_decided_however_late_it_is_told() {
            aRelationship()
                    .under(NOTHING_NEEDED)
                    .after(theySay(ADDED_VALUE), promised("C-1", THEM))
                    .after(NOW, kept("C-1"))
                    .when(UPGRADE, byTheManager().about(EARLIER))
                    .thenEvents(events -> assertThat(events)
                            .singleElement(InstanceOfAssertFactories.type(RelationshipUpgraded.class))
                            .satisfies(upgraded -> assertThat(Objects.requireNonNull(upgraded.trust())
                                            .inThem()
                                            .overall())
                                    .isEqualTo(0.5)));
        }

        @Test
        void does_not_step_before_an_overdue_commitment_by_backdating() {
            ready().after(promised("C-3", THEM, LocalDate.of(2026, 2, 10)))
                    .when(UPGRADE, byTheManager().about(Instant.parse("2026-02-10T12:00:00Z")))
                    .refused(
                            Reason.CRITERIA_UNMET,
                            "the relationship does not meet 1 of the criteria for ADDED_VALUE",
                            ONE_IS_OVERDUE);
        }

        @Test
        void is_judged_as_of_then_in_a_file_whose_later_lines_may_keep_what_is_overdue_now() {
            Asked asked =
                    byTheManager().about(Instant.parse("2026-02-10T12:00:00Z")).inAnImport();
            ready().after(promised("C-3", THEM, LocalDate.of(2026, 2, 10)))
                    .when(UPGRADE, asked)
                    .thenUpgraded(TRANSACTIONAL, ADDED_VALUE, "it is time", null);
        }
    }

    /** How a commitment may have ended, so that it is overdue no more. */
    enum Ending {
        KEPT,
        BROKEN,
        RELEASED,
        RETRACTED;

        RelationshipEvent of(String commitment) {
            return switch (this) {
                case KEPT -> keptLate(commitment);
                case BROKEN -> broken(commitment);
                case RELEASED -> released(commitment);
                case RETRACTED -> retracted(commitment, EntryKind.COMMITMENT);
            };
        }
    }

    @Nested
    class An_upgrade_against_the_criteria {

        private static final UpgradeRelationship OVERRIDE =
                new UpgradeRelationship(R, "it is time", null, "they saved the season");

        private RelationshipStory allButReady() {
            return relationship(TRANSACTIONAL, A_transactional_relationship.READY, kept("C-2"), indicator("N-1", US));
        }

        @Test
        void is_for_a_head_to_make_and_keeps_what_was_unmet() {
            allButReady()
                    .when(OVERRIDE, byAHead())
                    .thenUpgraded(
                            TRANSACTIONAL,
                            ADDED_VALUE,
                            "it is time",
                            new CriteriaOverride("they saved the season", List.of(notKept(THEM), noIndicator(US))));
        }

        @Test
        void is_not_for_a_manager_to_make() {
            allButReady()
                    .when(OVERRIDE)
                    .refused(Reason.NOT_ALLOWED, "only a head of relationships may override unmet criteria");
        }

        @Test
        void needs_a_reason_even_of_a_head() {
            allButReady()
                    .when(UPGRADE, byAHead())
                    .refused(
                            Reason.CRITERIA_UNMET,
                            "the relationship does not meet 2 of the criteria for ADDED_VALUE",
                            notKept(THEM),
                            noIndicator(US));
        }

        @Test
        void is_none_when_nothing_is_unmet() {
            relationship(TRANSACTIONAL, A_transactional_relationship.READY)
                    .when(OVERRIDE, byAHead())
                    .thenUpgraded(TRANSACTIONAL, ADDED_VALUE, "it is time", null);
        }
    }

    @Nested
    class An_added_value_relationship {

        private static final Instant A_YEAR_AGO = Instant.parse("2025-03-02T12:00:00Z");
        private static final List<RelationshipEvent> READY = List.of(
                theySay(JOINT_VALUE),
                promised("C-1", US),
                kept("C-1"),
                promised("C-2", THEM),
                kept("C-2"),
                disclosed("D-1", US, BENCHMARK),
                disclosed("D-2", THEM, OPPORTUNITIES),
                indicator("N-1", US),
                indicator("N-2", THEM),
                objective("O-1", Holder.BOTH),
                valuesAssessed("V-1"),
                alignmentAssessed("A-1"));

        private RelationshipStory ready(RelationshipEvent... without) {
            return relationship(ADDED_VALUE, READY, without);
        }

        private Outcome upgraded(RelationshipStory story) {
            return story.when(UPGRADE).thenUpgraded(ADDED_VALUE, JOINT_VALUE, "it is time", null);
        }

        private Outcome refused(RelationshipStory story, Unmet... unmet) {
            return story.when(UPGRADE)
                    .refused(
                            Reason.CRITERIA_UNMET,
                            "the relationship does not meet " + unmet.length + " of the criteria for JOINT_VALUE",
                            unmet);
        }

        @Test
        void goes_one_level_up_when_every_criterion_is_met() {
            upgraded(ready());
        }

        @Test
        void is_told_every_criterion_that_it_does_not_meet() {
            refused(
                    aRelationship().atLevel(ADDED_VALUE),
                    NO_LEVEL,
                    notKept(US, THEM),
                    notDisclosed(US, THEM),
                    noIndicator(US, THEM),
                    NO_SHARED_OBJECTIVE,
                    VALUES_NOT_LATELY,
                    ALIGNMENT_NOT_LATELY,
                    noAddedValueDisclosed(US, THEM));
        }

        @Test
        void needs_the_stakeholder_to_see_joint_value() {
            refused(ready().after(theySay(ADDED_VALUE)), level(ADDED_VALUE, JOINT_VALUE));
        }

        @Test
        void waits_while_a_commitment_is_overdue() {
            refused(ready().after(promised("C-3", US, LocalDate.of(2026, 2, 10))), ONE_IS_OVERDUE);
        }

        @Test
        void needs_a_shared_objective() {
            refused(ready(objective("O-1", Holder.BOTH)), NO_SHARED_OBJECTIVE);
        }

        @ParameterizedTest
        @EnumSource(
                value = Holder.class,
                names = {"US", "THEM"})
        void does_not_count_an_objective_of_one_party(Holder holder) {
            refused(ready(objective("O-1", Holder.BOTH)).after(objective("O-2", holder)), NO_SHARED_OBJECTIVE);
        }

        @Test
        void does_not_count_a_shared_objective_that_was_retired() {
            refused(ready().after(new ObjectiveRetired(R, id("O-1"), "reached")), NO_SHARED_OBJECTIVE);
        }

        @Test
        void does_not_count_a_shared_objective_that_was_retracted() {
            refused(ready().after(retracted("O-1", EntryKind.OBJECTIVE)), NO_SHARED_OBJECTIVE);
        }

        @Test
        void needs_values_to_have_been_assessed() {
            refused(ready(valuesAssessed("V-1")), VALUES_NOT_LATELY);
        }

        @Test
        void counts_values_that_were_assessed_a_year_ago() {
            upgraded(ready(valuesAssessed("V-1")).after(A_YEAR_AGO, valuesAssessed("V-1")));
        }

        @Test
        void does_not_count_values_that_were_assessed_a_moment_longer_ago() {
            refused(
                    ready(valuesAssessed("V-1")).after(A_YEAR_AGO.minus(A_MOMENT), valuesAssessed("V-1")),
                    VALUES_NOT_LATELY);
        }

        @Test
        void does_not_count_values_that_were_assessed_after_what_it_decides_about() {
            ready().after(NOW, valuesAssessed("V-2"))
                    .after(retracted("V-1", EntryKind.VALUES_ASSESSMENT))
                    .when(UPGRADE, byTheManager().about(NOW.minus(A_MOMENT)))
                    .refused(
                            Reason.CRITERIA_UNMET,
                            "the relationship does not meet 1 of the criteria for JOINT_VALUE",
                            VALUES_NOT_LATELY);
        }

        @Test
        void counts_values_that_were_assessed_at_the_moment_that_it_decides_about() {
            upgraded(ready(valuesAssessed("V-1")).after(NOW, valuesAssessed("V-1")));
        }

        @Test
        void does_not_count_values_of_which_the_assessment_was_retracted() {
            refused(ready().after(retracted("V-1", EntryKind.VALUES_ASSESSMENT)), VALUES_NOT_LATELY);
        }

        @Test
        void needs_alignment_to_have_been_assessed() {
            refused(ready(alignmentAssessed("A-1")), ALIGNMENT_NOT_LATELY);
        }

        @Test
        void does_not_take_one_assessment_for_the_other() {
            refused(
                    ready(alignmentAssessed("A-1"), valuesAssessed("V-1")).after(dependencyAssessed("Y-1")),
                    VALUES_NOT_LATELY,
                    ALIGNMENT_NOT_LATELY);
        }

        @Test
        void looks_back_as_long_as_the_policy_says() {
            ready(valuesAssessed("V-1"), alignmentAssessed("A-1"))
                    .after(Instant.parse("2026-01-15T00:00:00Z"), valuesAssessed("V-1"))
                    .after(Instant.parse("2026-02-15T00:00:00Z"), alignmentAssessed("A-1"))
                    .under(new UpgradePolicy("hasty", "1", 1, 1, 1, 1, 1, 1))
                    .when(UPGRADE)
                    .refused(
                            Reason.CRITERIA_UNMET,
                            "the relationship does not meet 1 of the criteria for JOINT_VALUE",
                            new Unmet("values-were-assessed-lately", "no assessment of values in the last 1 months"));
        }

        @Test
        void needs_us_to_have_disclosed_added_value() {
            refused(
                    ready(disclosed("D-1", US, BENCHMARK)).after(disclosed("D-1", US, ORDERS)),
                    noAddedValueDisclosed(US));
        }

        @Test
        void needs_them_to_have_disclosed_added_value() {
            refused(
                    ready(disclosed("D-2", THEM, OPPORTUNITIES)).after(disclosed("D-2", THEM, ORDERS)),
                    noAddedValueDisclosed(THEM));
        }

        @Test
        void counts_a_disclosure_of_joint_value() {
            upgraded(ready(disclosed("D-1", US, BENCHMARK)).after(disclosed("D-1", US, STRATEGY)));
        }

        @Test
        void counts_a_disclosure_as_what_it_was_corrected_to() {
            refused(
                    ready().after(new DisclosureCorrected(R, id("D-1"), null, ORDERS, null, "only orders")),
                    noAddedValueDisclosed(US));
        }

        @Test
        void keeps_what_a_correction_does_not_mention() {
            upgraded(ready().after(new DisclosureCorrected(R, id("D-1"), null, null, "another subject", "a slip")));
        }
    }

    @Nested
    class A_joint_value_relationship {

        @Test
        void has_no_level_above() {
            relationship(JOINT_VALUE, An_added_value_relationship.READY)
                    .when(new UpgradeRelationship(R, "it is time", null, "because"), byAHead())
                    .refused(Reason.AGAINST_A_RULE, "the declared level is JOINT_VALUE, and there is none above it");
        }
    }
}
