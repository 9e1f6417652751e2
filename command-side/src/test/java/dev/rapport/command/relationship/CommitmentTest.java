package dev.rapport.command.relationship;

import static dev.rapport.command.Asked.NOW;
import static dev.rapport.command.Asked.by;
import static dev.rapport.command.Asked.byAHead;
import static dev.rapport.command.Asked.byTheManager;
import static dev.rapport.command.relationship.Commands.breakIt;
import static dev.rapport.command.relationship.Commands.fulfil;
import static dev.rapport.command.relationship.Commands.promise;
import static dev.rapport.command.relationship.Commands.release;
import static dev.rapport.command.relationship.Commands.renegotiate;
import static dev.rapport.command.relationship.Commands.retract;
import static dev.rapport.command.relationship.Facts.DUE;
import static dev.rapport.command.relationship.Facts.broken;
import static dev.rapport.command.relationship.Facts.id;
import static dev.rapport.command.relationship.Facts.interaction;
import static dev.rapport.command.relationship.Facts.kept;
import static dev.rapport.command.relationship.Facts.keptLate;
import static dev.rapport.command.relationship.Facts.overdue;
import static dev.rapport.command.relationship.Facts.promised;
import static dev.rapport.command.relationship.Facts.released;
import static dev.rapport.command.relationship.Facts.releasedByEnding;
import static dev.rapport.command.relationship.Facts.renegotiated;
import static dev.rapport.command.relationship.Facts.retracted;
import static dev.rapport.command.relationship.RelationshipStory.R;
import static dev.rapport.command.relationship.RelationshipStory.aRelationship;
import static dev.rapport.events.vocabulary.Party.THEM;
import static dev.rapport.events.vocabulary.Party.US;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rapport.command.Refusal.Reason;
import dev.rapport.command.relationship.RelationshipCommand.DealsWithEntry;
import dev.rapport.command.relationship.RelationshipCommand.EndRelationship;
import dev.rapport.command.relationship.RelationshipCommand.FulfilCommitment;
import dev.rapport.command.relationship.RelationshipCommand.NoteOverdueCommitment;
import dev.rapport.command.relationship.RelationshipCommand.RecordCommitment;
import dev.rapport.command.relationship.RelationshipCommand.RenegotiateCommitment;
import dev.rapport.events.CommitmentKept;
import dev.rapport.events.CommitmentRecorded;
import dev.rapport.events.CommitmentRenegotiated;
import dev.rapport.events.Provenance;
import dev.rapport.events.RelationshipEnded;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.vocabulary.EntryKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A promise from its making to its end: rule 5 of the domain, when it is late, and how it becomes overdue by itself. */
class CommitmentTest {

    private static final String AUCKLAND = "Pacific/Auckland";

    /** The first moment at which what is due on {@link Facts#DUE} is overdue, in UTC and in Auckland, 13 hours ahead. */
    private static final Instant DAY_IS_OVER = Instant.parse("2026-03-21T00:00:00Z");

    private static final Instant DAY_IS_OVER_IN_AUCKLAND = Instant.parse("2026-03-20T11:00:00Z");
    private static final Duration A_MOMENT = Duration.ofNanos(1_000);
    private static final LocalDate LATER = DUE.plusDays(10);
    private static final Instant LATER_IS_OVER = DAY_IS_OVER.plus(Duration.ofDays(10));
    private static final LocalDate PAST = LocalDate.of(2026, 2, 10);
    private static final Instant PAST_IS_OVER = Instant.parse("2026-02-11T00:00:00Z");

    static Stream<DealsWithEntry> endings() {
        return Stream.of(fulfil("C-1"), breakIt("C-1"), release("C-1"));
    }

    static Stream<DealsWithEntry> dealings() {
        return Stream.concat(endings(), Stream.of(renegotiate("C-1", LATER)));
    }

    @Nested
    class A_new_commitment {

        @Test
        void is_awaited_until_its_day_is_over() {
            aRelationship()
                    .when(new RecordCommitment(R, id("C-1"), THEM, "deliver 40 parts", DUE))
                    .then(new CommitmentRecorded(R, id("C-1"), THEM, "deliver 40 parts", DUE))
                    .answers(2)
                    .awaits(DAY_IS_OVER, id("C-1"), DUE);
        }

        @Test
        void is_awaited_until_its_day_is_over_where_the_organization_is() {
            aRelationship().inZone(AUCKLAND).when(promise("C-1", DUE)).awaits(DAY_IS_OVER_IN_AUCKLAND, id("C-1"), DUE);
        }

        @Test
        void is_not_awaited_when_it_was_due_before_it_was_told() {
            aRelationship().when(promise("C-1", PAST)).awaits(PAST_IS_OVER, id("C-1"), PAST);
        }

        @Test
        void that_was_due_before_its_import_waits_an_hour_for_the_rest_of_the_file() {
            aRelationship()
                    .when(promise("C-1", PAST), byTheManager().inAnImport())
                    .awaits(NOW.plus(Duration.ofHours(1)), id("C-1"), PAST)
                    .doesNotAwait(PAST_IS_OVER);
        }

        @Test
        void that_is_due_within_an_hour_of_its_import_waits_an_hour_too() {
            Instant halfAnHourBefore = DAY_IS_OVER.minus(Duration.ofMinutes(30));
            aRelationship()
                    .when(
                            promise("C-1", DUE),
                            byTheManager().at(halfAnHourBefore).inAnImport())
                    .awaits(DAY_IS_OVER.plus(Duration.ofMinutes(30)), id("C-1"), DUE);
        }

        @Test
        void that_is_due_later_waits_no_longer_for_being_imported() {
            aRelationship()
                    .when(promise("C-1", DUE), byTheManager().inAnImport())
                    .awaits(DAY_IS_OVER, id("C-1"), DUE);
        }
    }

    @Nested
    class An_open_commitment {

        private RelationshipStory anOpenCommitment() {
            return aRelationship().after(promised("C-1", US));
        }

        private RelationshipStory anAwaitedCommitment() {
            return aRelationship().afterDeciding(promise("C-1", DUE));
        }

        @Test
        void is_kept_on_time_up_to_the_moment_its_day_is_over() {
            anOpenCommitment()
                    .when(
                            new FulfilCommitment(R, id("C-1"), "all of it"),
                            byTheManager().at(DAY_IS_OVER))
                    .then(new CommitmentKept(R, id("C-1"), false, "all of it"));
        }

        @Test
        void is_kept_late_from_a_moment_later() {
            anOpenCommitment()
                    .when(fulfil("C-1"), byTheManager().at(DAY_IS_OVER.plus(A_MOMENT)))
                    .then(keptLate("C-1"));
        }

        @Test
        void is_kept_on_time_where_the_organization_is() {
            anOpenCommitment()
                    .inZone(AUCKLAND)
                    .when(fulfil("C-1"), byTheManager().at(DAY_IS_OVER_IN_AUCKLAND))
                    .then(kept("C-1"));
        }

        @Test
        void is_kept_late_where_the_organization_is() {
            anOpenCommitment()
                    .inZone(AUCKLAND)
                    .when(fulfil("C-1"), byTheManager().at(DAY_IS_OVER_IN_AUCKLAND.plus(A_MOMENT)))
                    .then(keptLate("C-1"));
        }

        @Test
        void is_kept_when_that_happened_and_not_when_it_was_told() {
            anOpenCommitment()
                    .when(fulfil("C-1"), byTheManager().at(LATER_IS_OVER).about(DAY_IS_OVER))
                    .then(kept("C-1"));
        }

        @Test
        void may_be_broken_for_a_reason() {
            anOpenCommitment().when(breakIt("C-1")).then(broken("C-1"));
        }

        @Test
        void may_be_released_for_a_reason() {
            anOpenCommitment().when(release("C-1")).then(released("C-1"));
        }

        @Test
        void may_be_renegotiated_for_a_reason() {
            anOpenCommitment()
                    .when(new RenegotiateCommitment(R, id("C-1"), LATER, "both agreed", "deliver half of it"))
                    .then(new CommitmentRenegotiated(R, id("C-1"), LATER, "deliver half of it", "both agreed"));
        }

        @ParameterizedTest
        @MethodSource("dev.rapport.command.relationship.CommitmentTest#endings")
        void is_not_awaited_any_more_when_it_ends(DealsWithEntry ending) {
            anAwaitedCommitment().when(ending).awaitsNothing();
        }

        @Test
        void is_not_awaited_any_more_when_it_is_retracted() {
            anAwaitedCommitment().when(retract("C-1")).awaitsNothing();
        }

        @Test
        void is_awaited_until_its_new_day_when_it_is_renegotiated() {
            anAwaitedCommitment()
                    .when(renegotiate("C-1", LATER))
                    .awaits(LATER_IS_OVER, id("C-1"), LATER)
                    .doesNotAwait(DAY_IS_OVER);
        }

        @Test
        void is_awaited_again_when_it_was_overdue_and_is_renegotiated_to_the_same_day() {
            aRelationship()
                    .after(promised("C-1", US), overdue("C-1", DUE))
                    .when(renegotiate("C-1", DUE))
                    .awaits(DAY_IS_OVER, id("C-1"), DUE);
        }

        @Test
        void waits_an_hour_for_the_rest_of_the_file_when_its_renegotiation_is_imported() {
            anAwaitedCommitment()
                    .when(renegotiate("C-1", PAST), byTheManager().inAnImport())
                    .awaits(NOW.plus(Duration.ofHours(1)), id("C-1"), PAST);
        }

        @Test
        void is_awaited_apart_from_others() {
            anAwaitedCommitment()
                    .afterDeciding(promise("C-2", DUE))
                    .when(fulfil("C-1"))
                    .awaits(DAY_IS_OVER, id("C-2"), DUE);
        }

        @Test
        void becomes_overdue_by_itself_when_its_day_is_over() {
            anAwaitedCommitment().whenTimeComesTo(DAY_IS_OVER).then(overdue("C-1", DUE));
        }

        @Test
        void becomes_overdue_by_itself_where_the_organization_is() {
            anAwaitedCommitment()
                    .inZone(AUCKLAND)
                    .whenTimeComesTo(DAY_IS_OVER_IN_AUCKLAND)
                    .then(overdue("C-1", DUE))
                    .with(Provenance.OCCURRED_AT, DAY_IS_OVER_IN_AUCKLAND.toString());
        }

        @Test
        void tells_that_it_became_overdue_at_that_moment_and_by_nobody() {
            anAwaitedCommitment()
                    .whenTimeComesTo(LATER_IS_OVER)
                    .with(Provenance.OCCURRED_AT, DAY_IS_OVER.toString())
                    .with(Provenance.SUBJECT, Provenance.RAPPORT)
                    .with(Provenance.ROLE, Provenance.RAPPORT);
        }

        @Test
        void does_not_become_overdue_before() {
            anAwaitedCommitment().whenTimeComesTo(DAY_IS_OVER.minus(A_MOMENT)).thenNothing();
        }

        @Test
        void becomes_overdue_once() {
            anAwaitedCommitment()
                    .whenTimeComesTo(LATER_IS_OVER)
                    .then(overdue("C-1", DUE))
                    .awaitsNothing();
        }

        @Test
        void that_was_imported_becomes_overdue_by_itself_when_the_file_never_told_its_end() {
            aRelationship()
                    .afterDeciding(promise("C-1", PAST), byTheManager().inAnImport())
                    .whenTimeComesTo(NOW.plus(Duration.ofHours(1)))
                    .then(overdue("C-1", PAST))
                    .with(Provenance.OCCURRED_AT, PAST_IS_OVER.toString());
        }

        @Test
        void is_not_noted_as_overdue_before_its_day_is_over() {
            anAwaitedCommitment()
                    .when(
                            new NoteOverdueCommitment(R, id("C-1")),
                            byTheManager().at(DAY_IS_OVER.minus(A_MOMENT)))
                    .thenNothing()
                    .awaits(DAY_IS_OVER, id("C-1"), DUE);
        }

        @Test
        void is_noted_as_overdue_when_its_day_is_over() {
            anAwaitedCommitment()
                    .when(
                            new NoteOverdueCommitment(R, id("C-1")),
                            byTheManager().at(DAY_IS_OVER))
                    .then(overdue("C-1", DUE))
                    .with(Provenance.OCCURRED_AT, DAY_IS_OVER.toString())
                    .with(Provenance.SUBJECT, Provenance.RAPPORT)
                    .with(Provenance.ROLE, Provenance.RAPPORT)
                    .awaitsNothing();
        }

        @Test
        void is_not_touched_by_strangers() {
            anOpenCommitment().when(fulfil("C-1"), by("manager2")).refused(Reason.NOT_FOUND);
        }
    }

    @Nested
    class A_renegotiated_commitment {

        private RelationshipStory aRenegotiatedCommitment() {
            return aRelationship().after(promised("C-1", US), renegotiated("C-1", LATER));
        }

        @Test
        void is_kept_on_time_by_its_new_day() {
            aRenegotiatedCommitment()
                    .when(fulfil("C-1"), byTheManager().at(LATER_IS_OVER))
                    .then(kept("C-1"));
        }

        @Test
        void is_kept_late_after_its_new_day() {
            aRenegotiatedCommitment()
                    .when(fulfil("C-1"), byTheManager().at(LATER_IS_OVER.plus(A_MOMENT)))
                    .then(keptLate("C-1"));
        }

        @Test
        void does_not_become_overdue_when_its_former_day_is_over() {
            aRelationship()
                    .afterDeciding(promise("C-1", DUE))
                    .afterDeciding(renegotiate("C-1", LATER))
                    .whenTimeComesTo(LATER_IS_OVER.minus(A_MOMENT))
                    .thenNothing();
        }

        @Test
        void becomes_overdue_when_its_new_day_is_over() {
            aRelationship()
                    .afterDeciding(promise("C-1", DUE))
                    .afterDeciding(renegotiate("C-1", LATER))
                    .whenTimeComesTo(LATER_IS_OVER)
                    .then(overdue("C-1", LATER));
        }

        @Test
        void takes_no_notice_of_a_deadline_of_its_former_day() {
            aRenegotiatedCommitment().whenADeadlineFires(id("C-1"), DUE).thenNothing();
        }

        @Test
        void may_be_renegotiated_again() {
            aRenegotiatedCommitment().when(renegotiate("C-1", DUE)).then(renegotiated("C-1", DUE));
        }
    }

    @Nested
    class An_overdue_commitment {

        private RelationshipStory anOverdueCommitment() {
            return aRelationship().after(promised("C-1", US, PAST)).after(PAST_IS_OVER, overdue("C-1", PAST));
        }

        @Test
        void can_still_be_kept_late() {
            anOverdueCommitment().when(fulfil("C-1")).then(keptLate("C-1"));
        }

        @Test
        void turns_out_to_be_kept_on_time_when_that_is_told_later() {
            anOverdueCommitment()
                    .when(fulfil("C-1"), byTheManager().about(PAST_IS_OVER.minus(Duration.ofHours(9))))
                    .then(kept("C-1"));
        }

        @Test
        void does_not_become_overdue_again() {
            anOverdueCommitment().whenADeadlineFires(id("C-1"), PAST).thenNothing();
        }

        @Test
        void is_not_noted_again() {
            anOverdueCommitment().when(new NoteOverdueCommitment(R, id("C-1"))).thenNothing();
        }

        @Test
        void becomes_overdue_again_when_it_was_renegotiated_and_that_day_is_over_too() {
            anOverdueCommitment()
                    .afterDeciding(renegotiate("C-1", DUE))
                    .whenTimeComesTo(DAY_IS_OVER)
                    .then(overdue("C-1", DUE));
        }

        @Test
        void is_released_when_the_relationship_ends() {
            anOverdueCommitment()
                    .when(new EndRelationship(R, "no more business"))
                    .then(releasedByEnding("C-1"), new RelationshipEnded(R, "no more business"));
        }
    }

    @Nested
    class An_ended_commitment {

        static Stream<Arguments> endsAndDealings() {
            return Stream.of(kept("C-1"), keptLate("C-1"), broken("C-1"), released("C-1"))
                    .flatMap(end -> dealings().map(dealing -> arguments(end, dealing)));
        }

        static Stream<RelationshipEvent> ends() {
            return Stream.of(kept("C-1"), broken("C-1"), released("C-1"), retracted("C-1", EntryKind.COMMITMENT));
        }

        @ParameterizedTest
        @MethodSource("endsAndDealings")
        void has_ended_for_good(RelationshipEvent end, DealsWithEntry dealing) {
            aRelationship()
                    .after(promised("C-1", US), end)
                    .when(dealing, byAHead())
                    .refused(Reason.ENDED_ALREADY);
        }

        @Test
        void says_how_it_ended() {
            aRelationship()
                    .after(promised("C-1", US), broken("C-1"))
                    .when(fulfil("C-1"))
                    .refused(Reason.ENDED_ALREADY, "commitment C-1 is BROKEN; a commitment ends once");
        }

        @ParameterizedTest
        @MethodSource("ends")
        void does_not_become_overdue(RelationshipEvent end) {
            aRelationship()
                    .after(promised("C-1", US, PAST), end)
                    .whenADeadlineFires(id("C-1"), PAST)
                    .thenNothing();
        }

        @ParameterizedTest
        @MethodSource("dev.rapport.command.relationship.CommitmentTest#endings")
        void does_not_become_overdue_when_time_comes(DealsWithEntry ending) {
            aRelationship()
                    .afterDeciding(promise("C-1", DUE))
                    .afterDeciding(ending)
                    .whenTimeComesTo(LATER_IS_OVER)
                    .thenNothing();
        }

        @Test
        void is_not_noted_as_overdue() {
            aRelationship()
                    .after(promised("C-1", US, PAST), kept("C-1"))
                    .when(new NoteOverdueCommitment(R, id("C-1")))
                    .thenNothing();
        }
    }

    @Nested
    class Something_that_is_no_commitment {

        @ParameterizedTest
        @MethodSource("dev.rapport.command.relationship.CommitmentTest#dealings")
        void cannot_be_kept_or_ended_or_moved(DealsWithEntry dealing) {
            aRelationship()
                    .after(interaction("C-1"))
                    .when(dealing)
                    .refused(Reason.NOT_FOUND, "relationship R-1 has no commitment C-1");
        }

        @ParameterizedTest
        @MethodSource("dev.rapport.command.relationship.CommitmentTest#dealings")
        void is_not_found_when_nothing_has_its_id(DealsWithEntry dealing) {
            aRelationship().when(dealing).refused(Reason.NOT_FOUND, "relationship R-1 has no entry C-1");
        }

        @Test
        void does_not_become_overdue() {
            aRelationship()
                    .after(interaction("C-1"))
                    .whenADeadlineFires(id("C-1"), PAST)
                    .thenNothing();
        }

        @Test
        void is_not_noted_as_overdue() {
            aRelationship()
                    .after(interaction("C-1"))
                    .when(new NoteOverdueCommitment(R, id("C-1")))
                    .thenNothing();
        }
    }
}
