package dev.rapport.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rapport.command.Asked;
import dev.rapport.command.Database;
import dev.rapport.command.Node;
import dev.rapport.command.dispatch.Answer.Accepted;
import dev.rapport.command.dispatch.CommandDispatcher;
import dev.rapport.command.dispatch.CommandDispatcher.Order;
import dev.rapport.command.dispatch.CommandDispatcher.Outcome;
import dev.rapport.command.dispatch.ReceiptKey;
import dev.rapport.command.relationship.Readiness;
import dev.rapport.command.relationship.RelationshipCommand.EndRelationship;
import dev.rapport.command.relationship.RelationshipCommand.LogInteraction;
import dev.rapport.events.Provenance;
import dev.rapport.events.RelationshipReopened;
import dev.rapport.events.StreamName;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.UnknownEventException;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.transaction.support.TransactionTemplate;

/** A node on a database where a newer version of Rapport runs, too. */
@ParameterizedClass
@EnumSource(Database.class)
class OlderNodeTest {

    @Parameter
    Database database;

    private Node node;

    @BeforeEach
    void start() {
        node = Node.on(database);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static LogInteraction interaction(RelationshipId relationship) {
        return new LogInteraction(
                relationship, new EntryId("E-" + UUID.randomUUID()), Channel.CALL, "we talked", null, null);
    }

    /** As a newer version would have recorded it: one that this version knows nothing of. */
    private void celebrate(RelationshipId relationship) {
        String stream = StreamName.of(relationship).value();
        String id = UUID.randomUUID().toString();
        node.get(TransactionTemplate.class).executeWithoutResult(_ -> {
            EventStorageEngine engine = node.get(EventStorageEngine.class);
            engine.appendEvents(new GenericDomainEventMessage<>(
                    "Relationship",
                    stream,
                    engine.lastSequenceNumberFor(stream).orElseThrow() + 1,
                    new RelationshipReopened(relationship, "a celebration"),
                    MetaData.from(Map.of(Provenance.OCCURRED_AT, "2026-01-01T00:00:00Z")),
                    id,
                    Instant.now()));
            node.sql()
                    .sql("update event_log set event_type = 'RelationshipCelebrated' where event_id = ?")
                    .param(id)
                    .update();
        });
    }

    private long versionsOf(RelationshipId relationship) {
        return node.get(EventLog.class)
                .readStream(StreamName.of(relationship).value(), 0, 100)
                .size();
    }

    @Test
    void decides_nothing_without_an_event_that_it_cannot_read_whatever_it_remembers() {
        RelationshipId celebrated = node.aRelationship();
        node.send(interaction(celebrated));
        celebrate(celebrated);

        assertThatExceptionOfType(UnknownEventException.class).isThrownBy(() -> node.send(interaction(celebrated)));
        assertThatExceptionOfType(UnknownEventException.class).isThrownBy(() -> node.send(interaction(celebrated)));
        assertThatException()
                .isThrownBy(() -> node.get(Readiness.class).ask(celebrated, null, Instant.now(), _ -> true))
                .matches(failure -> UnknownEventException.in(failure).isPresent());

        assertThat(versionsOf(celebrated)).isEqualTo(3);
        assertThat(node.get(EventLog.class).newerVersion().isMet()).isTrue();
    }

    @Test
    void refuses_nothing_either_by_what_it_remembers() {
        RelationshipId reopened = node.aRelationship();
        node.send(new EndRelationship(reopened, "done"));
        celebrate(reopened); // which may well have reopened it

        assertThatExceptionOfType(UnknownEventException.class).isThrownBy(() -> node.send(interaction(reopened)));
    }

    @Test
    void goes_on_deciding_on_all_else() {
        RelationshipId celebrated = node.aRelationship();
        RelationshipId other = node.aRelationship();
        celebrate(celebrated);
        assertThatExceptionOfType(UnknownEventException.class).isThrownBy(() -> node.send(interaction(celebrated)));

        assertThat(node.send(interaction(other)).answer()).isInstanceOf(Accepted.class);
    }

    @Test
    void imports_the_lines_that_it_can_decide_on() {
        RelationshipId celebrated = node.aRelationship();
        RelationshipId other = node.aRelationship();
        celebrate(celebrated);

        List<Outcome> outcomes = node.get(CommandDispatcher.class)
                .dispatchTogether(List.of(order(other), order(celebrated), order(other)));

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Decided.class);
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(UnknownEventException.in(failed.failure()))
                                .isPresent());
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Decided.class);
        assertThat(versionsOf(other)).isEqualTo(3);
    }

    private static Order order(RelationshipId relationship) {
        return new Order(
                interaction(relationship),
                Asked.byTheManager().at(Instant.now()).circumstances(),
                ReceiptKey.ofContent(
                        UUID.randomUUID().toString().replace("-", "").repeat(2)));
    }

    @Test
    void starts_on_tables_to_which_newer_scripts_have_added() {
        node.sql()
                .sql("insert into \"flyway_schema_history\" (\"installed_rank\", \"version\", \"description\","
                        + " \"type\", \"script\", \"checksum\", \"installed_by\", \"execution_time\", \"success\")"
                        + " values (1001, '99', 'of the log', 'SQL', 'V99__of_the_log.sql', 1, 'a newer version',"
                        + " 1, true), (1002, '199', 'of commands', 'SQL', 'V199__of_commands.sql', 1, 'a newer"
                        + " version', 1, true)")
                .update();

        try (Node older = node.another();
                Node thatMakesNoTables = node.another("rapport.events.migrate=false")) {
            assertThat(older.send(interaction(older.aRelationship())).answer()).isInstanceOf(Accepted.class);
            assertThat(thatMakesNoTables.send(interaction(node.aRelationship())).answer())
                    .isInstanceOf(Accepted.class);
        }
    }
}
