package dev.rapport.command.relationship;

import static dev.rapport.command.Asked.NOW;
import static dev.rapport.command.Asked.by;
import static dev.rapport.command.Asked.byTheManager;
import static dev.rapport.command.relationship.Commands.retract;
import static dev.rapport.command.relationship.Facts.concern;
import static dev.rapport.command.relationship.Facts.disclosed;
import static dev.rapport.command.relationship.Facts.entry;
import static dev.rapport.command.relationship.Facts.id;
import static dev.rapport.command.relationship.Facts.indicator;
import static dev.rapport.command.relationship.Facts.interaction;
import static dev.rapport.command.relationship.Facts.kept;
import static dev.rapport.command.relationship.Facts.number;
import static dev.rapport.command.relationship.Facts.objective;
import static dev.rapport.command.relationship.Facts.overdue;
import static dev.rapport.command.relationship.Facts.promised;
import static dev.rapport.command.relationship.Facts.renegotiated;
import static dev.rapport.command.relationship.Facts.retracted;
import static dev.rapport.command.relationship.RelationshipStory.R;
import static dev.rapport.command.relationship.RelationshipStory.aRelationship;
import static dev.rapport.events.vocabulary.Party.THEM;
import static dev.rapport.events.vocabulary.Party.US;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rapport.command.Refusal.Reason;
import dev.rapport.command.relationship.RelationshipCommand.AgreeIndicator;
import dev.rapport.command.relationship.RelationshipCommand.AssessAlignment;
import dev.rapport.command.relationship.RelationshipCommand.AssessAlignment.Dimension;
import dev.rapport.command.relationship.RelationshipCommand.AssessDependency;
import dev.rapport.command.relationship.RelationshipCommand.AssessValues;
import dev.rapport.command.relationship.RelationshipCommand.CorrectEntry;
import dev.rapport.command.relationship.RelationshipCommand.DealsWithEntry;
import dev.rapport.command.relationship.RelationshipCommand.HoldObjective;
import dev.rapport.command.relationship.RelationshipCommand.LogInteraction;
import dev.rapport.command.relationship.RelationshipCommand.MakesEntry;
import dev.rapport.command.relationship.RelationshipCommand.RaiseConcern;
import dev.rapport.command.relationship.RelationshipCommand.RaiseDispute;
import dev.rapport.command.relationship.RelationshipCommand.RecordContribution;
import dev.rapport.command.relationship.RelationshipCommand.RecordDisclosure;
import dev.rapport.command.relationship.RelationshipCommand.RecordMeasurement;
import dev.rapport.command.relationship.RelationshipCommand.ResolveConcern;
import dev.rapport.command.relationship.RelationshipCommand.RetireObjective;
import dev.rapport.command.relationship.RelationshipCommand.SettleDispute;
import dev.rapport.command.relationship.RelationshipCommand.StateExpectation;
import dev.rapport.events.AlignmentAssessed;
import dev.rapport.events.ConcernRaised;
import dev.rapport.events.ConcernResolved;
import dev.rapport.events.ContributionCorrected;
import dev.rapport.events.ContributionRecorded;
import dev.rapport.events.DependencyAssessed;
import dev.rapport.events.DisclosureCorrected;
import dev.rapport.events.DisclosureRecorded;
import dev.rapport.events.DisputeRaised;
import dev.rapport.events.DisputeSettled;
import dev.rapport.events.ExpectationStated;
import dev.rapport.events.IndicatorAgreed;
import dev.rapport.events.InteractionCorrected;
import dev.rapport.events.InteractionLogged;
import dev.rapport.events.MeasurementRecorded;
import dev.rapport.events.ObjectiveHeld;
import dev.rapport.events.ObjectiveRetired;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.ValuesAssessed;
import dev.rapport.events.vocabulary.AlignmentDimension;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.ConcernSubject;
import dev.rapport.events.vocabulary.Direction;
import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Holder;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Money;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.Requirement;
import dev.rapport.events.vocabulary.SwitchingCost;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a relationship keeps entries of, how they are disputed, corrected and retracted, and that an id is taken once. */
class EntryTest {

    private static final Currency EUR = Currency.getInstance("EUR");
    private static final RaiseDispute DISPUTE = new RaiseDispute(R, id("E-1"), THEM, "never agreed");
    private static final SettleDispute SETTLE = new SettleDispute(R, id("E-1"), "it stands", true);
    private static final RelationshipEvent DISPUTED = new DisputeRaised(R, id("E-1"), THEM, "never agreed");
    private static final RelationshipEvent SETTLED = new DisputeSettled(R, id("E-1"), "it stands", true);

    static Stream<MakesEntry> making() {
        return Commands.making(Commands.ENTRY);
    }

    static Stream<DealsWithEntry> dealingWith() {
        return Commands.dealingWith(Commands.ENTRY);
    }

    @Nested
    class An_id {

        static Stream<Arguments> takenByEach() {
            return Stream.of(EntryKind.values())
                    .flatMap(kind -> Stream.of(entry("E-1", kind))
                            .flatMap(taken -> making().map(command -> arguments(taken, command))));
        }

        @ParameterizedTest
        @MethodSource("takenByEach")
        void is_taken_once(RelationshipEvent taken, MakesEntry command) {
            aRelationship()
                    .after(indicator("N-1", US), taken)
                    .when(command)
                    .refused(Reason.ID_TAKEN, "relationship R-1 has an entry E-1 already");
        }

        @ParameterizedTest
        @MethodSource("dev.rapport.command.relationship.EntryTest#making")
        void stays_taken_when_its_entry_was_retracted(MakesEntry command) {
            aRelationship()
                    .after(indicator("N-1", US), interaction("E-1"), retracted("E-1", EntryKind.INTERACTION))
                    .when(command)
                    .refused(Reason.ID_TAKEN);
        }

        @ParameterizedTest
        @MethodSource("dev.rapport.command.relationship.EntryTest#dealingWith")
        void that_is_unknown_is_not_found(DealsWithEntry command) {
            aRelationship().when(command).refused(Reason.NOT_FOUND, "relationship R-1 has no entry E-1");
        }
    }

    @Nested
    class An_interaction {

        @Test
        void is_logged_with_all_that_was_told() {
            aRelationship()
                    .when(new LogInteraction(R, id("I-1"), Channel.VISIT, "saw the plant", List.of("Ann", "Bob"), -2))
                    .then(new InteractionLogged(
                            R, id("I-1"), Channel.VISIT, "saw the plant", List.of("Ann", "Bob"), -2))
                    .answers(2);
        }

        @Test
        void may_have_nobody_named_and_no_sentiment() {
            aRelationship()
                    .when(new LogInteraction(R, id("I-1"), Channel.CALL, "we talked", null, null))
                    .then(interaction("I-1"));
        }
    }

    @Nested
    class A_disclosure {

        @Test
        void is_recorded_with_who_made_it() {
            aRelationship()
                    .when(new RecordDisclosure(R, id("D-1"), THEM, DisclosureKind.STRATEGY, "plans for 2027"))
                    .then(new DisclosureRecorded(R, id("D-1"), THEM, DisclosureKind.STRATEGY, "plans for 2027"));
        }
    }

    @Nested
    class An_objective {

        @Test
        void is_held_for_a_motive() {
            aRelationship()
                    .when(new HoldObjective(R, id("O-1"), Holder.BOTH, "halve the waste", "it costs us both"))
                    .then(new ObjectiveHeld(R, id("O-1"), Holder.BOTH, "halve the waste", "it costs us both"));
        }

        @Test
        void is_retired_for_a_reason() {
            aRelationship()
                    .after(objective("O-1", Holder.US))
                    .when(new RetireObjective(R, id("O-1"), "reached"))
                    .then(new ObjectiveRetired(R, id("O-1"), "reached"));
        }

        @Test
        void is_retired_once() {
            aRelationship()
                    .after(objective("O-1", Holder.US), new ObjectiveRetired(R, id("O-1"), "reached"))
                    .when(new RetireObjective(R, id("O-1"), "reached"))
                    .refused(Reason.ENDED_ALREADY, "objective O-1 was retired already");
        }

        @Test
        void is_not_found_under_the_id_of_something_else() {
            aRelationship()
                    .after(interaction("O-1"))
                    .when(new RetireObjective(R, id("O-1"), "reached"))
                    .refused(Reason.NOT_FOUND, "relationship R-1 has no objective O-1");
        }
    }

    @Nested
    class An_expectation {

        @Test
        void is_stated_of_a_party_by_a_party() {
            aRelationship()
                    .when(new StateExpectation(R, id("X-1"), THEM, US, "pay in 30 days"))
                    .then(new ExpectationStated(R, id("X-1"), THEM, US, "pay in 30 days"));
        }

        @Test
        void may_be_one_of_ourselves() {
            aRelationship()
                    .when(new StateExpectation(R, id("X-1"), US, US, "answer within a day"))
                    .then(new ExpectationStated(R, id("X-1"), US, US, "answer within a day"));
        }
    }

    @Nested
    class A_contribution {

        @Test
        void is_recorded_to_the_cent() {
            aRelationship()
                    .when(new RecordContribution(R, id("B-1"), THEM, "saved freight", number("1250.50"), EUR))
                    .then(new ContributionRecorded(
                            R, id("B-1"), THEM, "saved freight", new Money(number("1250.50"), EUR)));
        }

        @Test
        void may_have_no_amount() {
            aRelationship()
                    .when(new RecordContribution(R, id("B-1"), THEM, "saved freight", null, null))
                    .then(new ContributionRecorded(R, id("B-1"), THEM, "saved freight", null));
        }

        @Test
        void has_no_amount_without_a_currency() {
            aRelationship()
                    .when(new RecordContribution(R, id("B-1"), THEM, "saved freight", number("1"), null))
                    .refused(Reason.AGAINST_A_RULE, "an amount and its currency come together");
        }

        @Test
        void has_no_currency_without_an_amount() {
            aRelationship()
                    .when(new RecordContribution(R, id("B-1"), THEM, "saved freight", null, EUR))
                    .refused(Reason.AGAINST_A_RULE, "an amount and its currency come together");
        }
    }

    @Nested
    class An_indicator {

        private static final LocalDate DAY = LocalDate.of(2026, 2, 1);

        private static RecordMeasurement measure(String value, LocalDate on) {
            return new RecordMeasurement(R, id("N-1"), id("M-1"), number(value), on);
        }

        @Test
        void is_agreed_with_its_target() {
            aRelationship()
                    .when(new AgreeIndicator(
                            R,
                            id("N-1"),
                            THEM,
                            Requirement.CHEAP,
                            Level.ADDED_VALUE,
                            "unit cost",
                            number("3.70"),
                            Direction.LOWER,
                            "EUR"))
                    .then(new IndicatorAgreed(
                            R,
                            id("N-1"),
                            THEM,
                            Requirement.CHEAP,
                            Level.ADDED_VALUE,
                            "unit cost",
                            number("3.70"),
                            Direction.LOWER,
                            "EUR"));
        }

        @ParameterizedTest
        @CsvSource({
            "HIGHER, 95.1, true",
            "HIGHER, 95.000, true",
            "HIGHER, 94.9, false",
            "LOWER, 94.9, true",
            "LOWER, 95.000, true",
            "LOWER, 95.1, false"
        })
        void is_met_or_missed_by_a_measurement(Direction better, String value, boolean met) {
            aRelationship()
                    .after(indicator("N-1", US, "95.0", better))
                    .when(measure(value, DAY))
                    .then(new MeasurementRecorded(R, id("M-1"), id("N-1"), number(value), DAY, met));
        }

        @Test
        void cannot_be_measured_when_it_was_not_agreed() {
            aRelationship().when(measure("96", DAY)).refused(Reason.NOT_FOUND, "relationship R-1 has no entry N-1");
        }

        @Test
        void cannot_be_measured_when_it_is_something_else() {
            aRelationship()
                    .after(interaction("N-1"))
                    .when(measure("96", DAY))
                    .refused(Reason.NOT_FOUND, "relationship R-1 has no indicator N-1");
        }

        @Test
        void cannot_be_measured_any_more_when_it_was_retracted() {
            aRelationship()
                    .after(indicator("N-1", US), retracted("N-1", EntryKind.INDICATOR))
                    .when(measure("96", DAY))
                    .refused(Reason.ENDED_ALREADY, "entry N-1 was retracted");
        }

        @Test
        void can_be_measured_on_the_day_that_has_just_begun_where_the_organization_is() {
            LocalDate tomorrow = LocalDate.of(2026, 3, 3);
            Instant begun = Instant.parse("2026-03-02T11:00:00Z");
            aRelationship()
                    .inZone("Pacific/Auckland")
                    .after(indicator("N-1", US))
                    .when(measure("96", tomorrow), byTheManager().at(begun))
                    .then(new MeasurementRecorded(R, id("M-1"), id("N-1"), number("96"), tomorrow, true));
        }

        @Test
        void cannot_be_measured_on_a_day_that_has_not_begun() {
            LocalDate tomorrow = LocalDate.of(2026, 3, 3);
            Instant notYet = Instant.parse("2026-03-02T11:00:00Z").minusNanos(1_000);
            aRelationship()
                    .inZone("Pacific/Auckland")
                    .after(indicator("N-1", US))
                    .when(measure("96", tomorrow), byTheManager().at(notYet))
                    .refused(Reason.AGAINST_A_RULE, "measuredOn is a day that has not come yet: 2026-03-03");
        }

        @Test
        void may_be_measured_on_a_day_after_that_which_the_command_is_about() {
            aRelationship()
                    .after(indicator("N-1", US))
                    .when(
                            measure("96", LocalDate.of(2026, 3, 1)),
                            byTheManager().about(NOW.minus(Duration.ofDays(9))))
                    .then(new MeasurementRecorded(
                            R, id("M-1"), id("N-1"), number("96"), LocalDate.of(2026, 3, 1), true));
        }
    }

    @Nested
    class An_assessment {

        private static Dimension scored(String name) {
            return new Dimension(name, number("70.5"), number("90"), number("60"));
        }

        @Test
        void of_alignment_keeps_every_score() {
            aRelationship()
                    .when(new AssessAlignment(R, id("A-1"), List.of(scored("quality"), scored("openness"))))
                    .then(new AlignmentAssessed(
                            R,
                            id("A-1"),
                            List.of(
                                    new AlignmentDimension("quality", number("70.5"), number("90"), number("60")),
                                    new AlignmentDimension("openness", number("70.5"), number("90"), number("60")))));
        }

        @Test
        void of_alignment_scores_no_dimension_twice() {
            aRelationship()
                    .when(new AssessAlignment(R, id("A-1"), List.of(scored("quality"), scored("quality"))))
                    .refused(Reason.AGAINST_A_RULE, "a dimension is assessed twice; each name may occur once");
        }

        @Test
        void of_values_keeps_every_score() {
            aRelationship()
                    .when(new AssessValues(R, id("V-1"), number("60"), number("30"), number("10"), "workshop"))
                    .then(new ValuesAssessed(R, id("V-1"), number("60"), number("30"), number("10"), "workshop"));
        }

        @Test
        void of_dependency_keeps_both_ways() {
            aRelationship()
                    .when(new AssessDependency(
                            R, id("Y-1"), number("80"), number("15"), SwitchingCost.NO_SWITCH_POSSIBLE))
                    .then(new DependencyAssessed(
                            R, id("Y-1"), number("80"), number("15"), SwitchingCost.NO_SWITCH_POSSIBLE));
        }
    }

    @Nested
    class A_concern {

        @Test
        void is_raised_by_a_party() {
            aRelationship()
                    .when(new RaiseConcern(R, id("K-1"), THEM, ConcernSubject.OPENNESS, "late forecasts"))
                    .then(new ConcernRaised(R, id("K-1"), THEM, ConcernSubject.OPENNESS, "late forecasts"));
        }

        @Test
        void is_resolved() {
            aRelationship()
                    .after(concern("K-1"))
                    .when(new ResolveConcern(R, id("K-1"), "replaced"))
                    .then(new ConcernResolved(R, id("K-1"), "replaced"));
        }

        @Test
        void is_resolved_once() {
            aRelationship()
                    .after(concern("K-1"), new ConcernResolved(R, id("K-1"), "replaced"))
                    .when(new ResolveConcern(R, id("K-1"), "replaced"))
                    .refused(Reason.ENDED_ALREADY, "concern K-1 was resolved already");
        }

        @Test
        void is_not_found_under_the_id_of_something_else() {
            aRelationship()
                    .after(interaction("K-1"))
                    .when(new ResolveConcern(R, id("K-1"), "replaced"))
                    .refused(Reason.NOT_FOUND, "relationship R-1 has no concern K-1");
        }
    }

    @Nested
    class A_dispute {

        /** What may be disputed, and all that may happen to it without ending a dispute. */
        static Stream<Arguments> disputables() {
            return Stream.of(
                    arguments(promised("E-1", US), kept("E-1")),
                    arguments(promised("E-1", THEM), overdue("E-1", Facts.DUE)),
                    arguments(promised("E-1", THEM), renegotiated("E-1", Facts.DUE.plusDays(3))),
                    arguments(concern("E-1"), new ConcernResolved(R, id("E-1"), "replaced")));
        }

        @ParameterizedTest
        @MethodSource("disputables")
        void is_raised_about_a_commitment_or_a_concern(RelationshipEvent made, RelationshipEvent since) {
            aRelationship().after(made, since).when(DISPUTE).then(DISPUTED);
        }

        @ParameterizedTest
        @MethodSource("disputables")
        void goes_on_whatever_else_happens_to_its_entry(RelationshipEvent made, RelationshipEvent since) {
            aRelationship()
                    .after(made, DISPUTED, since)
                    .when(DISPUTE)
                    .refused(Reason.NOT_NOW, "entry E-1 is under dispute already");
        }

        @ParameterizedTest
        @MethodSource("disputables")
        void is_settled(RelationshipEvent made, RelationshipEvent since) {
            aRelationship().after(made, DISPUTED, since).when(SETTLE).then(SETTLED);
        }

        @Test
        void may_be_settled_against_the_entry() {
            aRelationship()
                    .after(concern("E-1"), DISPUTED)
                    .when(new SettleDispute(R, id("E-1"), "a misunderstanding", false))
                    .then(new DisputeSettled(R, id("E-1"), "a misunderstanding", false));
        }

        @Test
        void does_not_keep_a_commitment_from_being_kept() {
            aRelationship()
                    .after(promised("E-1", US), DISPUTED)
                    .when(Commands.fulfil("E-1"))
                    .then(kept("E-1"));
        }

        @ParameterizedTest
        @EnumSource(
                value = EntryKind.class,
                mode = EnumSource.Mode.EXCLUDE,
                names = {"COMMITMENT", "CONCERN"})
        void is_about_nothing_else(EntryKind kind) {
            aRelationship()
                    .after(entry("E-1", kind))
                    .when(DISPUTE)
                    .refused(
                            Reason.AGAINST_A_RULE,
                            "only a commitment or a concern can be disputed; entry E-1 is neither");
        }

        @Test
        void is_settled_only_once() {
            aRelationship()
                    .after(concern("E-1"), DISPUTED, SETTLED)
                    .when(SETTLE)
                    .refused(Reason.NOT_NOW, "entry E-1 is not under dispute");
        }

        @Test
        void is_settled_only_when_it_was_raised() {
            aRelationship()
                    .after(promised("E-1", US))
                    .when(SETTLE)
                    .refused(Reason.NOT_NOW, "entry E-1 is not under dispute");
        }

        @Test
        void may_be_raised_again_once_it_was_settled() {
            aRelationship()
                    .after(promised("E-1", US), DISPUTED, SETTLED)
                    .when(DISPUTE)
                    .then(DISPUTED);
        }
    }

    @Nested
    class A_correction {

        /** Names all fields of interactions, of disclosures and of contributions. */
        private record Fields(
                Channel channel,
                String summary,
                List<String> participants,
                Integer sentiment,
                Party madeBy,
                DisclosureKind kind,
                String subject,
                Party givenBy,
                String statement,
                BigDecimal amount,
                Currency currency) {

            static Fields none() {
                return new Fields(null, null, null, null, null, null, null, null, null, null, null);
            }

            static Fields ofInteraction() {
                return new Fields(
                        Channel.EMAIL, "we wrote", List.of("Ann"), 1, null, null, null, null, null, null, null);
            }

            static Fields ofDisclosure() {
                return new Fields(
                        null, null, null, null, THEM, DisclosureKind.SALES, "sales of May", null, null, null, null);
            }

            static Fields ofContribution() {
                return new Fields(null, null, null, null, null, null, null, US, "saved a day", number("7.50"), EUR);
            }

            CorrectEntry correct() {
                return new CorrectEntry(
                        R,
                        id("E-1"),
                        "a typing error",
                        channel,
                        summary,
                        participants,
                        sentiment,
                        madeBy,
                        kind,
                        subject,
                        givenBy,
                        statement,
                        amount,
                        currency);
            }
        }

        @Test
        void puts_an_interaction_right() {
            aRelationship()
                    .after(interaction("E-1"))
                    .when(Fields.ofInteraction().correct())
                    .then(new InteractionCorrected(
                            R, id("E-1"), Channel.EMAIL, "we wrote", List.of("Ann"), 1, "a typing error"));
        }

        @Test
        void puts_a_disclosure_right() {
            aRelationship()
                    .after(disclosed("E-1", US, DisclosureKind.ORDERS))
                    .when(Fields.ofDisclosure().correct())
                    .then(new DisclosureCorrected(
                            R, id("E-1"), THEM, DisclosureKind.SALES, "sales of May", "a typing error"));
        }

        @Test
        void puts_a_contribution_right() {
            aRelationship()
                    .after(Facts.contribution("E-1"))
                    .when(Fields.ofContribution().correct())
                    .then(new ContributionCorrected(
                            R, id("E-1"), US, "saved a day", new Money(number("7.50"), EUR), "a typing error"));
        }

        @Test
        void may_name_one_field_and_leave_the_others_as_they_are() {
            aRelationship()
                    .after(interaction("E-1"))
                    .when(new Fields(null, null, null, -1, null, null, null, null, null, null, null).correct())
                    .then(new InteractionCorrected(R, id("E-1"), null, null, null, -1, "a typing error"));
        }

        @Test
        void may_say_that_nobody_took_part() {
            aRelationship()
                    .after(interaction("E-1"))
                    .when(new Fields(null, null, List.of(), null, null, null, null, null, null, null, null).correct())
                    .then(new InteractionCorrected(R, id("E-1"), null, null, List.of(), null, "a typing error"));
        }

        @Test
        void names_something() {
            aRelationship()
                    .after(interaction("E-1"))
                    .when(Fields.none().correct())
                    .refused(
                            Reason.AGAINST_A_RULE,
                            "a correction names at least one field that was wrong, of"
                                    + " [channel, participants, sentiment, summary]");
        }

        @Test
        void names_no_field_that_interactions_do_not_have() {
            aRelationship()
                    .after(interaction("E-1"))
                    .when(new Fields(Channel.CALL, null, null, null, THEM, null, "sales", null, null, null, null)
                            .correct())
                    .refused(
                            Reason.AGAINST_A_RULE,
                            "an entry of kind INTERACTION has no [madeBy, subject]; it has [channel, participants,"
                                    + " sentiment, summary]");
        }

        @Test
        void names_no_field_that_disclosures_do_not_have() {
            aRelationship()
                    .after(disclosed("E-1", US, DisclosureKind.ORDERS))
                    .when(Fields.ofContribution().correct())
                    .refused(
                            Reason.AGAINST_A_RULE,
                            "an entry of kind DISCLOSURE has no [amount, currency, givenBy, statement];"
                                    + " it has [kind, madeBy, subject]");
        }

        @Test
        void names_no_field_that_contributions_do_not_have() {
            aRelationship()
                    .after(Facts.contribution("E-1"))
                    .when(Fields.ofInteraction().correct())
                    .refused(
                            Reason.AGAINST_A_RULE,
                            "an entry of kind CONTRIBUTION has no [channel, participants, sentiment, summary];"
                                    + " it has [amount, currency, givenBy, statement]");
        }

        @Test
        void of_an_amount_names_its_currency() {
            aRelationship()
                    .after(Facts.contribution("E-1"))
                    .when(new Fields(null, null, null, null, null, null, null, null, null, number("8"), null).correct())
                    .refused(Reason.AGAINST_A_RULE, "an amount and its currency come together");
        }

        @ParameterizedTest
        @EnumSource(
                value = EntryKind.class,
                mode = EnumSource.Mode.EXCLUDE,
                names = {"INTERACTION", "DISCLOSURE", "CONTRIBUTION"})
        void is_not_for_other_entries(EntryKind kind) {
            aRelationship()
                    .after(entry("E-1", kind))
                    .when(Fields.ofContribution().correct())
                    .refused(
                            Reason.AGAINST_A_RULE,
                            "entry E-1 is of kind " + kind + ", and only interactions, disclosures and contributions"
                                    + " can be corrected; retract it and record it anew");
        }

        @Test
        void needs_an_entry() {
            aRelationship()
                    .when(Fields.ofInteraction().correct())
                    .refused(Reason.NOT_FOUND, "relationship R-1 has no entry E-1");
        }

        @Test
        void comes_too_late_for_what_was_retracted() {
            aRelationship()
                    .after(interaction("E-1"), retracted("E-1", EntryKind.INTERACTION))
                    .when(Fields.ofInteraction().correct())
                    .refused(Reason.ENDED_ALREADY, "entry E-1 was retracted");
        }

        @Test
        void may_be_corrected() {
            aRelationship()
                    .after(interaction("E-1"))
                    .after(new InteractionCorrected(R, id("E-1"), null, null, null, -1, "a typing error"))
                    .when(Fields.ofInteraction().correct())
                    .then(new InteractionCorrected(
                            R, id("E-1"), Channel.EMAIL, "we wrote", List.of("Ann"), 1, "a typing error"));
        }
    }

    @Nested
    class A_retraction {

        @ParameterizedTest
        @EnumSource(EntryKind.class)
        void takes_any_entry_back(EntryKind kind) {
            aRelationship().after(entry("E-1", kind)).when(retract("E-1")).then(retracted("E-1", kind));
        }

        @Test
        void takes_back_what_has_ended() {
            aRelationship()
                    .after(promised("E-1", US), kept("E-1"))
                    .when(retract("E-1"))
                    .then(retracted("E-1", EntryKind.COMMITMENT));
        }

        @ParameterizedTest
        @MethodSource("dev.rapport.command.relationship.EntryTest#dealingWith")
        void leaves_nothing_to_deal_with(DealsWithEntry command) {
            aRelationship()
                    .after(promised("E-1", US), DISPUTED, retracted("E-1", EntryKind.COMMITMENT))
                    .when(command)
                    .refused(Reason.ENDED_ALREADY, "entry E-1 was retracted");
        }

        @Test
        void is_for_the_relationship_manager_to_make() {
            aRelationship()
                    .after(interaction("E-1"))
                    .when(retract("E-1"), by("manager2"))
                    .refused(Reason.NOT_FOUND);
        }
    }
}
