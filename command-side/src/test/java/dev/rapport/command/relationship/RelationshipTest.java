package dev.rapport.command.relationship;

import static dev.rapport.command.Asked.HEAD;
import static dev.rapport.command.Asked.MANAGER;
import static dev.rapport.command.Asked.NOW;
import static dev.rapport.command.Asked.by;
import static dev.rapport.command.Asked.byAHead;
import static dev.rapport.command.Asked.byTheManager;
import static dev.rapport.command.relationship.Commands.fulfil;
import static dev.rapport.command.relationship.Commands.promise;
import static dev.rapport.command.relationship.Facts.DUE;
import static dev.rapport.command.relationship.Facts.broken;
import static dev.rapport.command.relationship.Facts.id;
import static dev.rapport.command.relationship.Facts.interaction;
import static dev.rapport.command.relationship.Facts.kept;
import static dev.rapport.command.relationship.Facts.promised;
import static dev.rapport.command.relationship.Facts.released;
import static dev.rapport.command.relationship.Facts.releasedByEnding;
import static dev.rapport.command.relationship.Facts.retracted;
import static dev.rapport.command.relationship.RelationshipStory.R;
import static dev.rapport.command.relationship.RelationshipStory.S;
import static dev.rapport.command.relationship.RelationshipStory.aRelationship;
import static dev.rapport.command.relationship.RelationshipStory.aStakeholder;
import static dev.rapport.command.relationship.RelationshipStory.nothing;
import static dev.rapport.events.vocabulary.Level.ADDED_VALUE;
import static dev.rapport.events.vocabulary.Level.JOINT_VALUE;
import static dev.rapport.events.vocabulary.Level.TRANSACTIONAL;
import static dev.rapport.events.vocabulary.Party.THEM;
import static dev.rapport.events.vocabulary.Party.US;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.command.Refusal.Reason;
import dev.rapport.command.relationship.RelationshipCommand.AssignManager;
import dev.rapport.command.relationship.RelationshipCommand.DowngradeRelationship;
import dev.rapport.command.relationship.RelationshipCommand.EndRelationship;
import dev.rapport.command.relationship.RelationshipCommand.EstablishRelationship;
import dev.rapport.command.relationship.RelationshipCommand.RecordStakeholderLevel;
import dev.rapport.command.relationship.RelationshipCommand.ReopenRelationship;
import dev.rapport.command.relationship.RelationshipCommand.SetDesiredLevel;
import dev.rapport.events.CommitmentKept;
import dev.rapport.events.DesiredLevelSet;
import dev.rapport.events.ManagerAssigned;
import dev.rapport.events.Provenance;
import dev.rapport.events.RelationshipDowngraded;
import dev.rapport.events.RelationshipEnded;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.RelationshipReopened;
import dev.rapport.events.StakeholderLevelRecorded;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.RelationshipId;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The life of a relationship: rules 1, 3, 4 and 6 of the domain, and the version that a caller expects. */
class RelationshipTest {

    private static final ManagerId SOMEBODY_ELSE = new ManagerId("manager2");
    private static final EndRelationship END = new EndRelationship(R, "no more business");
    private static final ReopenRelationship REOPEN = new ReopenRelationship(R, "they came back");

    static Stream<RelationshipCommand> allButEstablishing() {
        return Commands.all().filter(command -> !(command instanceof EstablishRelationship));
    }

    static Stream<RelationshipCommand> allButEstablishingAndReopening() {
        return allButEstablishing().filter(command -> !(command instanceof ReopenRelationship));
    }

    @Test
    void commands_of_every_kind_are_put_to_the_rules_that_hold_for_all() {
        assertThat(Commands.all().map(Object::getClass))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        kinds(RelationshipCommand.class).toList());
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Stream.of(type.getPermittedSubclasses()).flatMap(RelationshipTest::kinds);
    }

    @Nested
    class A_relationship_that_is_not_there {

        @Test
        void begins_transactional_and_managed_by_who_establishes_it() {
            aStakeholder()
                    .when(new EstablishRelationship(R, S, null, null, null), by("manager3"))
                    .then(new RelationshipEstablished(R, S, new ManagerId("manager3"), TRANSACTIONAL, null, null))
                    .answers(1)
                    .leavesTheStakeholderWith(R);
        }

        @Test
        void keeps_what_it_is_for_and_where_it_should_go() {
            aStakeholder()
                    .when(new EstablishRelationship(R, S, null, "steel", JOINT_VALUE))
                    .then(new RelationshipEstablished(
                            R, S, new ManagerId(MANAGER), TRANSACTIONAL, "steel", JOINT_VALUE));
        }

        @Test
        void tells_who_established_it_and_when() {
            aStakeholder()
                    .when(
                            new EstablishRelationship(R, S, null, null, null),
                            byTheManager().about(NOW.minus(Duration.ofDays(2))))
                    .with(Provenance.SUBJECT, MANAGER)
                    .with(Provenance.ROLE, "RELATIONSHIP_MANAGER")
                    .with(Provenance.OCCURRED_AT, "2026-02-28T12:00:00Z");
        }

        @Test
        void may_be_given_to_a_manager_by_a_head() {
            aStakeholder()
                    .when(new EstablishRelationship(R, S, SOMEBODY_ELSE, null, null), byAHead())
                    .then(new RelationshipEstablished(R, S, SOMEBODY_ELSE, TRANSACTIONAL, null, null));
        }

        @Test
        void may_name_the_manager_who_establishes_it() {
            aStakeholder()
                    .when(new EstablishRelationship(R, S, new ManagerId(MANAGER), null, null))
                    .then(new RelationshipEstablished(R, S, new ManagerId(MANAGER), TRANSACTIONAL, null, null));
        }

        @Test
        void cannot_be_given_to_another_manager_by_a_manager() {
            aStakeholder()
                    .when(new EstablishRelationship(R, S, SOMEBODY_ELSE, null, null))
                    .refused(
                            Reason.NOT_ALLOWED,
                            "only a head of relationships may make somebody else the relationship manager")
                    .leavesTheStakeholderFree();
        }

        @Test
        void needs_a_stakeholder_that_is_registered() {
            nothing()
                    .when(new EstablishRelationship(R, S, null, null, null))
                    .refused(Reason.NOT_FOUND, "there is no stakeholder S-1");
        }

        @Test
        void cannot_begin_beside_another_active_one_with_the_stakeholder() {
            RelationshipId other = new RelationshipId("R-2");
            aStakeholder()
                    .whileTheStakeholderHas(other)
                    .when(new EstablishRelationship(R, S, null, null, null))
                    .refused(Reason.STAKEHOLDER_HAS_RELATIONSHIP, "stakeholder S-1 has one")
                    .leavesTheStakeholderWith(other);
        }

        @ParameterizedTest
        @MethodSource("dev.rapport.command.relationship.RelationshipTest#allButEstablishing")
        void takes_no_other_command(RelationshipCommand command) {
            aStakeholder().when(command, byAHead()).findsNoRelationship();
        }
    }

    @Nested
    class An_active_relationship {

        @Test
        void keeps_its_id_to_itself() {
            aRelationship()
                    .when(new EstablishRelationship(R, S, null, null, null))
                    .refused(Reason.ID_TAKEN, "there is a relationship R-1 already")
                    .leavesTheStakeholderWith(R);
        }

        @Test
        void answers_with_the_number_of_its_events() {
            aRelationship()
                    .after(interaction("I-1"), interaction("I-2"))
                    .when(END)
                    .answers(4);
        }

        @Test
        void can_be_reopened_only_once_it_has_ended() {
            aRelationship()
                    .when(REOPEN)
                    .refused(Reason.NOT_NOW, "relationship R-1 is active and cannot be reopened")
                    .leavesTheStakeholderWith(R);
        }

        @Test
        void is_told_where_it_should_go() {
            aRelationship()
                    .when(new SetDesiredLevel(R, JOINT_VALUE, "they share our plans"))
                    .then(new DesiredLevelSet(R, JOINT_VALUE, "they share our plans"));
        }

        @Test
        void is_told_what_it_is_to_the_stakeholder() {
            aRelationship()
                    .when(new RecordStakeholderLevel(R, ADDED_VALUE, "their director"))
                    .then(new StakeholderLevelRecorded(R, ADDED_VALUE, "their director"));
        }
    }

    @Nested
    class A_relationship_of_another_manager {

        @ParameterizedTest
        @MethodSource("dev.rapport.command.relationship.RelationshipTest#allButEstablishing")
        void is_not_there(RelationshipCommand command) {
            aRelationship().when(command, by("manager2")).refused(Reason.NOT_FOUND, "there is no relationship R-1");
        }

        @Test
        void is_not_there_whatever_version_is_expected() {
            aRelationship().when(END, by("manager2").expecting(7)).refused(Reason.NOT_FOUND);
        }

        @Test
        void is_not_there_when_it_has_ended() {
            aRelationship()
                    .after(new RelationshipEnded(R, "no more business"))
                    .when(REOPEN, by("manager2"))
                    .refused(Reason.NOT_FOUND);
        }

        @Test
        void is_there_for_a_head() {
            aRelationship()
                    .when(new SetDesiredLevel(R, ADDED_VALUE, null), byAHead())
                    .then(new DesiredLevelSet(R, ADDED_VALUE, null))
                    .with(Provenance.SUBJECT, HEAD)
                    .with(Provenance.ROLE, "HEAD_OF_RELATIONSHIPS");
        }
    }

    @Nested
    class A_relationship_with_a_manager {

        @Test
        void is_given_to_another_one_by_a_head() {
            aRelationship()
                    .when(new AssignManager(R, SOMEBODY_ELSE, "knows steel"), byAHead())
                    .then(new ManagerAssigned(R, SOMEBODY_ELSE, "knows steel"));
        }

        @Test
        void cannot_be_given_away_by_its_manager() {
            aRelationship()
                    .when(new AssignManager(R, SOMEBODY_ELSE, null))
                    .refused(Reason.NOT_ALLOWED, "only a head of relationships may assign managers");
        }

        @Test
        void cannot_be_given_to_the_same_one() {
            aRelationship()
                    .when(new AssignManager(R, new ManagerId(MANAGER), null), byAHead())
                    .refused(Reason.AGAINST_A_RULE, "manager1 is the relationship manager already");
        }

        @Test
        void obeys_the_new_one_once_it_was_given_away() {
            aRelationship()
                    .after(new ManagerAssigned(R, SOMEBODY_ELSE, null))
                    .when(END, by("manager2"))
                    .then(new RelationshipEnded(R, "no more business"));
        }

        @Test
        void is_not_there_any_more_for_the_former_one() {
            aRelationship()
                    .after(new ManagerAssigned(R, SOMEBODY_ELSE, null))
                    .when(END)
                    .refused(Reason.NOT_FOUND, "there is no relationship R-1");
        }
    }

    @Nested
    class A_relationship_of_which_a_version_is_expected {

        @Test
        void decides_on_that_version() {
            aRelationship()
                    .after(interaction("I-1"))
                    .when(END, byTheManager().expecting(2))
                    .then(new RelationshipEnded(R, "no more business"))
                    .answers(3);
        }

        @ParameterizedTest
        @MethodSource("dev.rapport.command.relationship.RelationshipTest#allButEstablishing")
        void decides_nothing_on_an_older_one(RelationshipCommand command) {
            aRelationship()
                    .after(interaction("I-1"))
                    .when(command, byAHead().expecting(1))
                    .refused(Reason.STALE_VERSION, "relationship R-1 is at version 2, not at 1");
        }

        @Test
        void decides_nothing_on_one_that_is_yet_to_come() {
            aRelationship()
                    .when(END, byTheManager().expecting(2))
                    .refused(Reason.STALE_VERSION, "relationship R-1 is at version 1, not at 2");
        }
    }

    @Nested
    class A_relationship_that_goes_down {

        @Test
        void may_go_down_one_level() {
            aRelationship()
                    .atLevel(JOINT_VALUE)
                    .when(new DowngradeRelationship(R, ADDED_VALUE, "it soured"))
                    .thenDowngraded(JOINT_VALUE, ADDED_VALUE, "it soured");
        }

        @Test
        void may_go_down_all_levels() {
            aRelationship()
                    .atLevel(JOINT_VALUE)
                    .when(new DowngradeRelationship(R, TRANSACTIONAL, "it soured"))
                    .thenDowngraded(JOINT_VALUE, TRANSACTIONAL, "it soured");
        }

        @Test
        void goes_on_from_where_it_went() {
            aRelationship()
                    .atLevel(JOINT_VALUE)
                    .after(new RelationshipDowngraded(R, JOINT_VALUE, ADDED_VALUE, "it soured", null))
                    .when(new DowngradeRelationship(R, TRANSACTIONAL, "and more"))
                    .thenDowngraded(ADDED_VALUE, TRANSACTIONAL, "and more");
        }

        @ParameterizedTest
        @EnumSource(
                value = Level.class,
                names = {"ADDED_VALUE", "JOINT_VALUE"})
        void does_not_stay_and_does_not_go_up(Level to) {
            aRelationship()
                    .atLevel(ADDED_VALUE)
                    .when(new DowngradeRelationship(R, to, "it soured"))
                    .refused(
                            Reason.AGAINST_A_RULE,
                            "a downgrade goes down: the declared level is ADDED_VALUE, not above " + to);
        }
    }

    @Nested
    class A_relationship_that_ends {

        @Test
        void leaves_its_stakeholder_free() {
            aRelationship()
                    .when(END)
                    .then(new RelationshipEnded(R, "no more business"))
                    .answers(2)
                    .leavesTheStakeholderFree();
        }

        @Test
        void releases_the_commitments_that_are_open_in_their_order() {
            aRelationship()
                    .after(promised("C-2", THEM), promised("C-1", US))
                    .when(END)
                    .then(
                            releasedByEnding("C-2"),
                            releasedByEnding("C-1"),
                            new RelationshipEnded(R, "no more business"))
                    .answers(6);
        }

        @Test
        void leaves_the_commitments_that_ended_before_as_they_are() {
            aRelationship()
                    .after(promised("C-1", US), promised("C-2", US), promised("C-3", US), promised("C-4", US))
                    .after(kept("C-1"), broken("C-2"), released("C-3"), retracted("C-4", EntryKind.COMMITMENT))
                    .when(END)
                    .then(new RelationshipEnded(R, "no more business"));
        }

        @Test
        void waits_for_no_due_date_any_more() {
            aRelationship()
                    .afterDeciding(promise("C-1", DUE))
                    .afterDeciding(promise("C-2", DUE.plusDays(1)))
                    .when(END)
                    .then(
                            releasedByEnding("C-1"),
                            releasedByEnding("C-2"),
                            new RelationshipEnded(R, "no more business"))
                    .awaitsNothing();
        }
    }

    @Nested
    class An_ended_relationship {

        private RelationshipStory anEndedRelationship() {
            return aRelationship()
                    .whileTheStakeholderHas()
                    .after(promised("C-1", US), releasedByEnding("C-1"), new RelationshipEnded(R, "no more business"));
        }

        @ParameterizedTest
        @MethodSource("dev.rapport.command.relationship.RelationshipTest#allButEstablishingAndReopening")
        void takes_no_command_but_reopening(RelationshipCommand command) {
            anEndedRelationship()
                    .when(command, byAHead())
                    .refused(Reason.RELATIONSHIP_ENDED, "relationship R-1 has ended; reopen it before anything else");
        }

        @Test
        void keeps_its_id_to_itself() {
            anEndedRelationship()
                    .when(new EstablishRelationship(R, S, null, null, null))
                    .refused(Reason.ID_TAKEN, "there is a relationship R-1 already")
                    .leavesTheStakeholderFree();
        }

        @Test
        void goes_on_when_it_is_reopened() {
            anEndedRelationship()
                    .when(REOPEN)
                    .then(new RelationshipReopened(R, "they came back"))
                    .leavesTheStakeholderWith(R);
        }

        @Test
        void cannot_be_reopened_beside_another_one_with_the_stakeholder() {
            RelationshipId other = new RelationshipId("R-2");
            anEndedRelationship()
                    .whileTheStakeholderHas(other)
                    .when(REOPEN)
                    .refused(Reason.STAKEHOLDER_HAS_RELATIONSHIP)
                    .leavesTheStakeholderWith(other);
        }
    }

    @Nested
    class A_reopened_relationship {

        private RelationshipStory aReopenedRelationship() {
            return aRelationship()
                    .atLevel(ADDED_VALUE)
                    .after(promised("C-1", US), releasedByEnding("C-1"))
                    .after(new RelationshipEnded(R, "no more business"), new RelationshipReopened(R, "they came back"));
        }

        @Test
        void takes_commands_again() {
            aReopenedRelationship()
                    .after(promised("C-2", US))
                    .when(fulfil("C-2"))
                    .then(new CommitmentKept(R, id("C-2"), false, null));
        }

        @Test
        void is_at_the_level_that_it_had() {
            aReopenedRelationship()
                    .when(new DowngradeRelationship(R, TRANSACTIONAL, "begin anew"))
                    .thenDowngraded(ADDED_VALUE, TRANSACTIONAL, "begin anew");
        }

        @Test
        void does_not_take_up_the_commitments_that_its_end_released() {
            aReopenedRelationship()
                    .when(fulfil("C-1"))
                    .refused(Reason.ENDED_ALREADY, "commitment C-1 is RELEASED; a commitment ends once");
        }

        @Test
        void can_end_again() {
            aReopenedRelationship()
                    .when(END)
                    .then(new RelationshipEnded(R, "no more business"))
                    .leavesTheStakeholderFree();
        }
    }
}
