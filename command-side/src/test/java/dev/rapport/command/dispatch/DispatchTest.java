package dev.rapport.command.dispatch;

import static dev.rapport.command.Asked.MANAGER;
import static dev.rapport.command.Asked.by;
import static dev.rapport.command.Asked.byAHead;
import static dev.rapport.command.Asked.byTheManager;
import static dev.rapport.command.Racers.race;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rapport.command.Asked;
import dev.rapport.command.Database;
import dev.rapport.command.Node;
import dev.rapport.command.Refusal.Reason;
import dev.rapport.command.dispatch.Answer.Accepted;
import dev.rapport.command.dispatch.Answer.Given;
import dev.rapport.command.dispatch.Answer.Refused;
import dev.rapport.command.relationship.RelationshipCommand.AssignManager;
import dev.rapport.command.relationship.RelationshipCommand.BreakCommitment;
import dev.rapport.command.relationship.RelationshipCommand.EndRelationship;
import dev.rapport.command.relationship.RelationshipCommand.EstablishRelationship;
import dev.rapport.command.relationship.RelationshipCommand.LogInteraction;
import dev.rapport.command.relationship.RelationshipCommand.RecordCommitment;
import dev.rapport.command.relationship.RelationshipCommand.ReopenRelationship;
import dev.rapport.command.relationship.RelationshipCommand.StateExpectation;
import dev.rapport.command.relationship.RelationshipCommand.UpgradeRelationship;
import dev.rapport.command.stakeholder.StakeholderCommand.ChangeStakeholderProfile;
import dev.rapport.command.stakeholder.StakeholderCommand.RegisterStakeholder;
import dev.rapport.events.Provenance;
import dev.rapport.events.StreamName;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.events.vocabulary.StakeholderKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;

/** From a command to an answer, once, whoever sends it how often and through whichever node. */
@ParameterizedClass
@EnumSource(Database.class)
@ExtendWith(Node.Sharing.class)
class DispatchTest {

    private static final int CROWD = 16;
    private static final LocalDate FAR = LocalDate.of(2999, 1, 1);

    private final Node node;
    private final Node other;

    DispatchTest(Database database) {
        node = Node.shared(database);
        other = Node.sharedBeside(database);
    }

    private static ReceiptKey key() {
        return key("k-" + UUID.randomUUID(), "a");
    }

    private static ReceiptKey key(String key, String request) {
        return ReceiptKey.ofCaller(MANAGER, key, request.repeat(64));
    }

    private static ReceiptKey contentKey() {
        return ReceiptKey.ofContent(
                UUID.randomUUID().toString().replace("-", "").repeat(2));
    }

    private static EntryId anEntry() {
        return new EntryId("E-" + UUID.randomUUID());
    }

    private static LogInteraction interaction(RelationshipId relationship) {
        return new LogInteraction(relationship, anEntry(), Channel.CALL, "we talked", null, null);
    }

    private static RecordCommitment promise(RelationshipId relationship, String id) {
        return new RecordCommitment(relationship, new EntryId(id), Party.US, "deliver on time", FAR);
    }

    private static BreakCommitment breakIt(RelationshipId relationship, String id) {
        return new BreakCommitment(relationship, new EntryId(id), "no stock");
    }

    private static Reason reasonOf(Given given) {
        assertThat(given.answer()).isInstanceOf(Refused.class);
        return ((Refused) given.answer()).reason();
    }

    private static long versionOf(Given given) {
        assertThat(given.answer()).isInstanceOf(Accepted.class);
        return ((Accepted) given.answer()).version();
    }

    /** Either of the two nodes. */
    private Node node(int number) {
        return number % 2 == 0 ? node : other;
    }

    private static void assertNoGap(List<RecordedEvent> events, int count) {
        assertThat(events.stream().mapToLong(RecordedEvent::version).toArray())
                .isEqualTo(LongStream.rangeClosed(1, count).toArray());
    }

    @Nested
    class A_command {

        @Test
        void is_answered_with_what_it_made_and_the_version_since() {
            RelationshipId relationship = node.aRelationship();
            LogInteraction command = interaction(relationship);
            assertThat(node.send(command))
                    .isEqualTo(Given.now(new Accepted(command.id().value(), StreamName.of(relationship), 2)));
        }

        @Test
        void of_a_stakeholder_is_answered_alike() {
            StakeholderId stakeholder = node.aStakeholder();
            assertThat(node.send(new ChangeStakeholderProfile(stakeholder, "Acme Ltd", null, null, null)))
                    .isEqualTo(Given.now(new Accepted(stakeholder.value(), StreamName.of(stakeholder), 2)));
        }

        @Test
        void on_a_relationship_that_is_not_there_is_refused() {
            assertThat(node.send(interaction(new RelationshipId("R-unknown"))))
                    .isEqualTo(
                            Given.now(new Refused(Reason.NOT_FOUND, "there is no relationship R-unknown", List.of())));
        }

        @Test
        void on_a_stakeholder_that_is_not_there_is_refused() {
            assertThat(node.send(
                            new ChangeStakeholderProfile(new StakeholderId("S-unknown"), "Acme", null, null, null)))
                    .isEqualTo(
                            Given.now(new Refused(Reason.NOT_FOUND, "there is no stakeholder S-unknown", List.of())));
        }

        @Test
        void that_is_refused_is_answered_with_every_unmet_criterion() {
            Given given = node.send(new UpgradeRelationship(node.aRelationship(), "it is time", null, null));
            assertThat(reasonOf(given)).isEqualTo(Reason.CRITERIA_UNMET);
            assertThat(((Refused) given.answer()).unmet()).hasSize(4);
        }

        @Test
        void may_concern_a_stakeholder_and_a_relationship_of_the_same_id() {
            String id = "X-" + UUID.randomUUID();
            assertThat(versionOf(node.send(new RegisterStakeholder(
                            new StakeholderId(id), "Acme", StakeholderKind.PARTNER, "steel", null))))
                    .isEqualTo(1);
            assertThat(versionOf(node.send(new EstablishRelationship(
                            new RelationshipId(id), new StakeholderId(id), null, null, null))))
                    .isEqualTo(1);
        }

        @Test
        void leaves_on_its_event_who_gave_it_and_when_it_occurred() {
            RelationshipId relationship = node.aRelationship();
            Instant lastWeek = Asked.NOW.minus(Duration.ofDays(7));
            node.send(interaction(relationship), byAHead().about(lastWeek), key("K-" + relationship, "a"));
            RecordedEvent event = node.recorded(relationship).getLast();
            assertThat(event.occurredAt()).isEqualTo(lastWeek);
            assertThat(event.metadata())
                    .containsEntry(Provenance.SUBJECT, "head")
                    .containsEntry(Provenance.ROLE, "HEAD_OF_RELATIONSHIPS")
                    .containsEntry(Provenance.OCCURRED_AT, lastWeek.toString())
                    .containsEntry(Provenance.IDEMPOTENCY_KEY, "K-" + relationship)
                    .containsKeys(Provenance.CORRELATION_ID, Provenance.CAUSATION_ID)
                    .hasSize(6);
        }

        @Test
        void that_is_imported_leaves_no_key_on_its_event() {
            RelationshipId relationship = node.aRelationship();
            node.send(interaction(relationship), byTheManager().inAnImport(), contentKey());
            assertThat(node.recorded(relationship).getLast().metadata()).doesNotContainKey(Provenance.IDEMPOTENCY_KEY);
        }
    }

    @Nested
    class A_request_with_a_key {

        @Test
        void takes_effect_once_and_is_answered_alike_ever_after() {
            RelationshipId relationship = node.aRelationship();
            LogInteraction command = interaction(relationship);
            ReceiptKey key = key();
            Given first = node.send(command, byTheManager(), key);
            Given second = node.send(command, byTheManager(), key);
            assertThat(first.replayed()).isFalse();
            assertThat(second).isEqualTo(Given.before(first.answer()));
            assertThat(node.eventsOf(relationship)).hasSize(2);
        }

        @Test
        void is_answered_alike_when_the_id_was_left_to_us() {
            RelationshipId relationship = node.aRelationship();
            ReceiptKey key = key();
            Given first = node.send(interaction(relationship), byTheManager(), key);
            assertThat(node.send(interaction(relationship), byTheManager(), key).answer())
                    .isEqualTo(first.answer());
            assertThat(node.eventsOf(relationship)).hasSize(2);
        }

        @Test
        void is_answered_alike_by_another_node() {
            RelationshipId relationship = node.aRelationship();
            LogInteraction command = interaction(relationship);
            ReceiptKey key = key();
            Given first = node.send(command, byTheManager(), key);
            assertThat(other.send(command, byTheManager(), key)).isEqualTo(Given.before(first.answer()));
            assertThat(node.eventsOf(relationship)).hasSize(2);
        }

        @Test
        void is_refused_when_the_key_belongs_to_another_request() {
            RelationshipId relationship = node.aRelationship();
            String key = "k-" + relationship;
            node.send(interaction(relationship), byTheManager(), key(key, "a"));
            Given given = node.send(interaction(relationship), byTheManager(), key(key, "b"));
            assertThat(given)
                    .isEqualTo(Given.now(new Refused(
                            Reason.KEY_REUSED, "the idempotency key was sent before with another request", List.of())));
            assertThat(node.eventsOf(relationship)).hasSize(2);
        }

        @Test
        void keeps_its_answer_when_the_key_was_abused_since() {
            RelationshipId relationship = node.aRelationship();
            String key = "k-" + relationship;
            Given first = node.send(interaction(relationship), byTheManager(), key(key, "a"));
            node.send(interaction(relationship), byTheManager(), key(key, "b"));
            assertThat(node.send(interaction(relationship), byTheManager(), key(key, "a")))
                    .isEqualTo(Given.before(first.answer()));
        }

        @Test
        void has_nothing_to_do_with_the_same_key_of_another_caller() {
            RelationshipId relationship = node.aRelationship();
            String key = "k-" + relationship;
            node.send(interaction(relationship), byTheManager(), key(key, "a"));
            Given given =
                    node.send(interaction(relationship), byAHead(), ReceiptKey.ofCaller("head", key, "b".repeat(64)));
            assertThat(versionOf(given)).isEqualTo(3);
        }

        @Test
        void keeps_its_refusal_even_when_it_could_be_carried_out_since() {
            RelationshipId relationship = node.aRelationship();
            ReceiptKey key = key();
            Given first = node.send(breakIt(relationship, "C-1"), byTheManager(), key);
            node.send(promise(relationship, "C-1"));
            Given second = node.send(breakIt(relationship, "C-1"), byTheManager(), key);
            assertThat(reasonOf(first)).isEqualTo(Reason.NOT_FOUND);
            assertThat(second).isEqualTo(Given.before(first.answer()));
        }

        @Test
        void keeps_its_refusal_with_every_unmet_criterion() {
            RelationshipId relationship = node.aRelationship();
            ReceiptKey key = key();
            UpgradeRelationship upgrade = new UpgradeRelationship(relationship, "it is time", null, null);
            Given first = node.send(upgrade, byTheManager(), key);
            assertThat(node.send(upgrade, byTheManager(), key)).isEqualTo(Given.before(first.answer()));
        }

        @Test
        void may_be_sent_again_when_the_version_was_stale() {
            RelationshipId relationship = node.aRelationship();
            LogInteraction command = interaction(relationship);
            ReceiptKey key = key();
            assertThat(reasonOf(node.send(command, byTheManager().expecting(7), key)))
                    .isEqualTo(Reason.STALE_VERSION);
            Given again = node.send(command, byTheManager().expecting(1), key);
            assertThat(versionOf(again)).isEqualTo(2);
            assertThat(again.replayed()).isFalse();
        }

        @Test
        void may_be_sent_again_when_the_caller_was_not_allowed_to() {
            RelationshipId relationship = node.aRelationship();
            AssignManager command = new AssignManager(relationship, new ManagerId("manager2"), null);
            ReceiptKey key = key();
            assertThat(reasonOf(node.send(command, byTheManager(), key))).isEqualTo(Reason.NOT_ALLOWED);
            assertThat(versionOf(node.send(command, byAHead(), key))).isEqualTo(2);
        }

        @Test
        void is_answered_from_its_receipt_whatever_version_is_expected_since() {
            RelationshipId relationship = node.aRelationship();
            LogInteraction command = interaction(relationship);
            ReceiptKey key = key();
            Given first = node.send(command, byTheManager().expecting(1), key);
            assertThat(node.send(command, byTheManager().expecting(1), key)).isEqualTo(Given.before(first.answer()));
        }

        @Test
        void leaves_neither_event_nor_receipt_when_the_receipt_cannot_be_kept() {
            RelationshipId relationship = node.aRelationship();
            ReceiptKey unkeepable = key("k".repeat(300), "a");
            assertThatExceptionOfType(DataIntegrityViolationException.class)
                    .isThrownBy(() -> node.send(interaction(relationship), byTheManager(), unkeepable));
            assertThat(node.eventsOf(relationship)).hasSize(1);
            assertThat(versionOf(node.send(interaction(relationship)))).isEqualTo(2);
        }

        @Test
        void leaves_no_receipt_when_the_event_cannot_be_kept() {
            RelationshipId relationship = node.aRelationship();
            ReceiptKey key = key();
            StateExpectation command = new StateExpectation(relationship, anEntry(), Party.US, Party.THEM, "answer");
            node.sql()
                    .sql("alter table event_log add constraint full_up check (event_type <> 'ExpectationStated')")
                    .update();
            try {
                assertThatException().isThrownBy(() -> node.send(command, byTheManager(), key));
            } finally {
                node.sql().sql("alter table event_log drop constraint full_up").update();
            }
            assertThat(node.get(ReceiptTable.class).find(key)).isEmpty();
            assertThat(versionOf(node.send(command, byTheManager(), key))).isEqualTo(2);
        }
    }

    @Nested
    class A_line_of_an_import {

        @Test
        void takes_effect_once_whoever_sends_it() {
            RelationshipId relationship = node.aRelationship();
            LogInteraction command = interaction(relationship);
            ReceiptKey key = contentKey();
            Given first = node.send(command, byTheManager(), key);
            assertThat(node.send(command, byAHead(), key)).isEqualTo(Given.before(first.answer()));
            assertThat(node.eventsOf(relationship)).hasSize(2);
        }

        @Test
        void that_was_refused_is_tried_again() {
            RelationshipId relationship = node.aRelationship();
            ReceiptKey key = contentKey();
            assertThat(reasonOf(node.send(breakIt(relationship, "C-1"), byTheManager(), key)))
                    .isEqualTo(Reason.NOT_FOUND);
            node.send(promise(relationship, "C-1"));
            assertThat(versionOf(node.send(breakIt(relationship, "C-1"), byTheManager(), key)))
                    .isEqualTo(3);
        }
    }

    @Nested
    class A_receipt {

        private static final Duration A_WEEK = Duration.ofDays(7);

        /** Decided so long before the present of the node. */
        private Given sent(LogInteraction command, Duration ago, ReceiptKey key) {
            return node.send(command, byTheManager().at(Instant.now().minus(ago)), key);
        }

        @Test
        void is_kept_for_a_week() {
            ReceiptKey key = key();
            Given first = sent(interaction(node.aRelationship()), A_WEEK.minusSeconds(60), key);
            node.get(Receipts.class).forgetOld();
            assertThat(node.get(ReceiptTable.class).find(key)).contains(first.answer());
        }

        @Test
        void is_forgotten_after_a_week() {
            ReceiptKey key = key();
            RelationshipId relationship = node.aRelationship();
            LogInteraction command = interaction(relationship);
            sent(command, A_WEEK.plusSeconds(60), key);
            node.get(Receipts.class).forgetOld();
            assertThat(node.get(ReceiptTable.class).find(key)).isEmpty();
            assertThat(reasonOf(node.send(command, byTheManager(), key))).isEqualTo(Reason.ID_TAKEN);
        }

        @Test
        void of_an_import_is_kept_for_good() {
            ReceiptKey key = contentKey();
            Given first = sent(interaction(node.aRelationship()), Duration.ofDays(4_000), key);
            node.get(Receipts.class).forgetOld();
            assertThat(node.get(ReceiptTable.class).find(key)).contains(first.answer());
        }

        @Test
        void is_there_once() {
            ReceiptKey key = key();
            Answer answer = new Refused(Reason.NOT_FOUND, "not there", List.of());
            node.get(ReceiptTable.class).keep(key, answer, Asked.NOW);
            assertThatExceptionOfType(DuplicateKeyException.class)
                    .isThrownBy(() -> node.get(ReceiptTable.class).keep(key, answer, Asked.NOW));
        }
    }

    @Nested
    class A_crowd {

        @Test
        void that_sends_one_request_has_one_effect_and_equal_answers() {
            RelationshipId relationship = node.aRelationship();
            ReceiptKey key = key();
            LogInteraction command = interaction(relationship);
            List<Given> given = race(CROWD, _ -> node.send(command, byTheManager(), key));
            assertOneEffect(given, relationship);
        }

        @Test
        void that_sends_one_request_through_several_nodes_has_one_effect_and_equal_answers() {
            RelationshipId relationship = node.aRelationship();
            ReceiptKey key = key();
            List<Given> given = race(CROWD, i -> node(i).send(interaction(relationship), byTheManager(), key));
            assertOneEffect(given, relationship);
        }

        @Test
        void that_sends_one_request_for_a_version_through_several_nodes_has_one_effect_and_equal_answers() {
            RelationshipId relationship = node.aRelationship();
            ReceiptKey key = key();
            List<Given> given = race(
                    CROWD,
                    i -> node(i).send(interaction(relationship), byTheManager().expecting(1), key));
            assertOneEffect(given, relationship);
        }

        @Test
        void that_sends_one_refused_request_through_several_nodes_gets_equal_answers() {
            RelationshipId relationship = node.aRelationship();
            ReceiptKey key = key();
            List<Given> given = race(CROWD, i -> node(i).send(breakIt(relationship, "C-1"), byTheManager(), key));
            assertThat(given.stream().map(Given::answer).distinct()).hasSize(1);
            assertThat(given).filteredOn(one -> !one.replayed()).hasSize(1);
        }

        private void assertOneEffect(List<Given> given, RelationshipId relationship) {
            assertThat(given.stream().map(Given::answer).distinct()).hasSize(1);
            assertThat(given).filteredOn(one -> !one.replayed()).hasSize(1);
            assertThat(versionOf(given.getFirst())).isEqualTo(2);
            assertThat(node.eventsOf(relationship)).hasSize(2);
        }

        @Test
        void that_expects_one_version_has_one_winner() {
            RelationshipId relationship = node.aRelationship();
            assertOneWinner(
                    race(
                            CROWD,
                            _ -> node.send(
                                    interaction(relationship), byTheManager().expecting(1))),
                    Reason.STALE_VERSION);
            assertThat(node.eventsOf(relationship)).hasSize(2);
        }

        @Test
        void that_expects_one_version_through_several_nodes_has_one_winner() {
            RelationshipId relationship = node.aRelationship();
            assertOneWinner(
                    race(
                            CROWD,
                            i -> node(i).send(
                                            interaction(relationship),
                                            byTheManager().expecting(1))),
                    Reason.STALE_VERSION);
            assertThat(node.eventsOf(relationship)).hasSize(2);
        }

        @Test
        void that_expects_no_version_is_served_without_a_gap() {
            RelationshipId relationship = node.aRelationship();
            List<Given> given = race(CROWD, _ -> node.send(interaction(relationship)));
            assertThat(given.stream().map(DispatchTest::versionOf)).doesNotHaveDuplicates();
            assertNoGap(node.recorded(relationship), CROWD + 1);
        }

        @Test
        void that_expects_no_version_is_served_without_a_gap_through_several_nodes() {
            RelationshipId relationship = node.aRelationship();
            List<Given> given = race(CROWD, i -> node(i).send(interaction(relationship)));
            assertThat(given.stream().map(DispatchTest::versionOf)).doesNotHaveDuplicates();
            assertNoGap(node.recorded(relationship), CROWD + 1);
        }

        @Test
        void that_registers_one_stakeholder_has_one_winner() {
            StakeholderId id = new StakeholderId("S-" + UUID.randomUUID());
            assertOneWinner(
                    race(
                            CROWD,
                            i -> node(i).send(new RegisterStakeholder(
                                    id, "Acme", StakeholderKind.PARTNER, "steel", null))),
                    Reason.ID_TAKEN);
            assertNoGap(node.recorded(StreamName.of(id)), 1);
        }

        @Test
        void that_wants_one_stakeholder_has_one_winner() {
            StakeholderId stakeholder = node.aStakeholder();
            String prefix = "R-" + UUID.randomUUID() + "-";
            assertOneWinner(
                    race(
                            CROWD,
                            i -> node(i).send(new EstablishRelationship(
                                    new RelationshipId(prefix + i), stakeholder, null, null, null))),
                    Reason.STAKEHOLDER_HAS_RELATIONSHIP);
        }

        @Test
        void that_wants_one_relationship_with_several_stakeholders_has_one_winner() {
            List<StakeholderId> stakeholders = race(CROWD, _ -> node.aStakeholder());
            RelationshipId relationship = new RelationshipId("R-" + UUID.randomUUID());
            assertOneWinner(
                    race(
                            CROWD,
                            i -> node(i).send(new EstablishRelationship(
                                    relationship, stakeholders.get(i), null, null, null))),
                    Reason.ID_TAKEN);
            assertNoGap(node.recorded(relationship), 1);
            long claims = node.sql()
                    .sql("select count(*) from active_relationship where relationship_id = ?")
                    .param(relationship.value())
                    .query(Long.class)
                    .single();
            assertThat(claims).isEqualTo(1);
        }

        private void assertOneWinner(List<Given> given, Reason others) {
            assertThat(given)
                    .filteredOn(one -> one.answer() instanceof Accepted)
                    .hasSize(1);
            assertThat(given)
                    .filteredOn(one -> one.answer() instanceof Refused)
                    .extracting(DispatchTest::reasonOf)
                    .containsOnly(others);
        }
    }

    @Nested
    class The_rule_of_one_active_relationship {

        @Test
        void frees_the_stakeholder_when_the_relationship_ends_and_claims_it_when_it_is_reopened() {
            StakeholderId stakeholder = node.aStakeholder();
            RelationshipId first = new RelationshipId("R-1-" + stakeholder);
            RelationshipId second = new RelationshipId("R-2-" + stakeholder);
            assertThat(versionOf(establish(first, stakeholder))).isEqualTo(1);
            assertThat(establish(second, stakeholder))
                    .isEqualTo(Given.now(new Refused(
                            Reason.STAKEHOLDER_HAS_RELATIONSHIP,
                            "stakeholder " + stakeholder + " has an active relationship already: " + first,
                            List.of())));
            assertThat(versionOf(node.send(new EndRelationship(first, "over")))).isEqualTo(2);
            assertThat(versionOf(establish(second, stakeholder))).isEqualTo(1);
            assertThat(reasonOf(node.send(new ReopenRelationship(first, "back"))))
                    .isEqualTo(Reason.STAKEHOLDER_HAS_RELATIONSHIP);
            assertThat(versionOf(node.send(new EndRelationship(second, "over"))))
                    .isEqualTo(2);
            assertThat(versionOf(node.send(new ReopenRelationship(first, "back"))))
                    .isEqualTo(3);
        }

        @Test
        void asks_for_a_registered_stakeholder() {
            assertThat(establish(new RelationshipId("R-" + UUID.randomUUID()), new StakeholderId("S-unknown")))
                    .isEqualTo(
                            Given.now(new Refused(Reason.NOT_FOUND, "there is no stakeholder S-unknown", List.of())));
        }

        @Test
        void claims_nothing_for_a_command_that_comes_to_nothing() {
            StakeholderId stakeholder = node.aStakeholder();
            RelationshipId relationship = new RelationshipId("R-" + UUID.randomUUID());
            assertThatException()
                    .isThrownBy(() -> node.send(
                            new EstablishRelationship(relationship, stakeholder, null, null, null),
                            byTheManager(),
                            key("k".repeat(300), "a")));
            assertThat(versionOf(establish(relationship, stakeholder))).isEqualTo(1);
        }

        private Given establish(RelationshipId relationship, StakeholderId stakeholder) {
            return node.send(new EstablishRelationship(relationship, stakeholder, null, null, null));
        }
    }

    @Nested
    class A_relationship_that_another_node_has_moved_on {

        /** In the memory of this node, at version 2. */
        private RelationshipId known() {
            RelationshipId relationship = node.aRelationship();
            node.send(interaction(relationship));
            return relationship;
        }

        @Test
        void is_decided_on_as_it_is() {
            RelationshipId relationship = known();
            assertThat(versionOf(other.send(interaction(relationship)))).isEqualTo(3);
            assertThat(versionOf(node.send(interaction(relationship)))).isEqualTo(4);
            assertThat(versionOf(other.send(interaction(relationship)))).isEqualTo(5);
            assertNoGap(node.recorded(relationship), 5);
        }

        @Test
        void is_stale_for_whoever_expects_the_former_version() {
            RelationshipId relationship = known();
            other.send(interaction(relationship));
            assertThat(reasonOf(
                            node.send(interaction(relationship), byTheManager().expecting(2))))
                    .isEqualTo(Reason.STALE_VERSION);
            assertThat(node.eventsOf(relationship)).hasSize(3);
        }

        @Test
        void is_not_stale_for_whoever_expects_its_present_version() {
            RelationshipId relationship = known();
            other.send(interaction(relationship));
            assertThat(versionOf(
                            node.send(interaction(relationship), byTheManager().expecting(3))))
                    .isEqualTo(4);
        }

        @Test
        void refuses_nothing_for_not_knowing_what_happened_since() {
            RelationshipId relationship = known();
            other.send(promise(relationship, "C-1"));
            assertThat(versionOf(node.send(breakIt(relationship, "C-1")))).isEqualTo(4);
        }

        @Test
        void obeys_the_manager_that_it_has_since() {
            RelationshipId relationship = known();
            other.send(new AssignManager(relationship, new ManagerId("manager2"), null), byAHead());
            assertThat(versionOf(node.send(interaction(relationship), by("manager2"))))
                    .isEqualTo(4);
        }

        @Test
        void does_not_obey_the_manager_that_it_had() {
            RelationshipId relationship = known();
            other.send(new AssignManager(relationship, new ManagerId("manager2"), null), byAHead());
            assertThat(reasonOf(node.send(interaction(relationship)))).isEqualTo(Reason.NOT_FOUND);
        }

        @Test
        void is_forgotten_by_the_node_that_was_behind() {
            RelationshipId relationship = known();
            other.send(new EndRelationship(relationship, "over"));
            assertThat(reasonOf(node.send(interaction(relationship)))).isEqualTo(Reason.RELATIONSHIP_ENDED);
            assertThat(reasonOf(node.send(interaction(relationship)))).isEqualTo(Reason.RELATIONSHIP_ENDED);
        }
    }
}
