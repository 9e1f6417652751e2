package dev.rapport.command.deadlines;

import static dev.rapport.command.Asked.byTheManager;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.rapport.command.Await;
import dev.rapport.command.Database;
import dev.rapport.command.Node;
import dev.rapport.command.dispatch.Answer.Accepted;
import dev.rapport.command.dispatch.Answer.Given;
import dev.rapport.command.relationship.RelationshipCommand;
import dev.rapport.command.relationship.RelationshipCommand.BreakCommitment;
import dev.rapport.command.relationship.RelationshipCommand.EndRelationship;
import dev.rapport.command.relationship.RelationshipCommand.FulfilCommitment;
import dev.rapport.command.relationship.RelationshipCommand.LogInteraction;
import dev.rapport.command.relationship.RelationshipCommand.RecordCommitment;
import dev.rapport.command.relationship.RelationshipCommand.ReleaseCommitment;
import dev.rapport.command.relationship.RelationshipCommand.RenegotiateCommitment;
import dev.rapport.command.relationship.RelationshipCommand.RetractEntry;
import dev.rapport.events.CommitmentBecameOverdue;
import dev.rapport.events.CommitmentRecorded;
import dev.rapport.events.CommitmentRenegotiated;
import dev.rapport.events.DomainEvent;
import dev.rapport.events.Provenance;
import dev.rapport.events.StreamName;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A commitment becomes overdue by itself, in the database's time, whichever node is there. */
@ParameterizedClass
@EnumSource(Database.class)
@ExtendWith(Node.Sharing.class)
class DeadlinesTest {

    private static final LocalDate LONG_AGO = LocalDate.of(2020, 2, 29);
    private static final LocalDate FAR = LocalDate.of(2999, 1, 1);
    private static final EntryId C = new EntryId("C-1");

    private final Database database;

    DeadlinesTest(Database database) {
        this.database = database;
    }

    private static RecordCommitment promise(RelationshipId relationship, EntryId id, LocalDate dueOn) {
        return new RecordCommitment(relationship, id, Party.US, "deliver on time", dueOn);
    }

    private static LogInteraction interaction(RelationshipId relationship, String id) {
        return new LogInteraction(relationship, new EntryId(id), Channel.CALL, "we talked", null, null);
    }

    private static List<RecordedEvent> overdue(Node node, RelationshipId relationship) {
        return node.recorded(relationship).stream()
                .filter(event -> event.payload() instanceof CommitmentBecameOverdue)
                .toList();
    }

    private static void awaitOverdue(Node node, RelationshipId relationship, EntryId commitment, LocalDate dueOn) {
        var expected = new CommitmentBecameOverdue(relationship, commitment, dueOn);
        Await.until(
                "the commitment is overdue", () -> node.eventsOf(relationship).contains(expected));
    }

    private static long awaited(Node node, RelationshipId relationship) {
        return node.sql()
                .sql("select count(*) from scheduled_tasks where task_instance like ?")
                .param("relationship/" + relationship + "/%")
                .query(Long.class)
                .single();
    }

    /** A day that ends soon, in a zone made for it. */
    private record ShortDay(ZoneOffset zone, LocalDate date, Instant end) {

        static ShortDay endingIn(Duration time) {
            Instant end = Instant.ofEpochSecond(Instant.now().plus(time).getEpochSecond() + 1);
            int past = end.atOffset(ZoneOffset.UTC).toLocalTime().toSecondOfDay();
            int halfADay = LocalTime.NOON.toSecondOfDay();
            ZoneOffset zone = ZoneOffset.ofTotalSeconds(past <= halfADay ? -past : 2 * halfADay - past);
            return new ShortDay(zone, LocalDate.ofInstant(end, zone).minusDays(1), end);
        }

        String setting() {
            return "rapport.zone=" + zone;
        }
    }

    @Nested
    class A_commitment_whose_day_is_over {

        private final Node node = Node.shared(database);

        @Test
        void becomes_overdue_at_once_and_once() {
            RelationshipId relationship = node.aRelationship();
            node.send(promise(relationship, C, LONG_AGO));
            awaitOverdue(node, relationship, C, LONG_AGO);
            Await.until("the deadline is done with", () -> awaited(node, relationship) == 0);
            assertThat(overdue(node, relationship)).singleElement().satisfies(event -> {
                assertThat(event.version()).isEqualTo(3);
                assertThat(event.occurredAt()).isEqualTo("2020-03-01T00:00:00Z");
                assertThat(event.subject()).isEqualTo(Provenance.RAPPORT);
            });
        }

        @Test
        void tells_which_command_led_to_it() {
            RelationshipId relationship = node.aRelationship();
            node.send(promise(relationship, C, LONG_AGO));
            awaitOverdue(node, relationship, C, LONG_AGO);
            List<RecordedEvent> events = node.recorded(relationship);
            RecordedEvent recorded = events.stream()
                    .filter(event -> event.payload() instanceof CommitmentRecorded)
                    .findFirst()
                    .orElseThrow();
            assertThat(events.getLast().metadata())
                    .containsEntry(
                            Provenance.CORRELATION_ID, recorded.metadata().get(Provenance.CORRELATION_ID))
                    .containsEntry(Provenance.ROLE, Provenance.RAPPORT)
                    .doesNotContainKey(Provenance.IDEMPOTENCY_KEY);
        }

        @Test
        void becomes_overdue_again_when_it_was_renegotiated_to_another_day_that_is_over() {
            RelationshipId relationship = node.aRelationship();
            node.send(promise(relationship, C, LONG_AGO));
            awaitOverdue(node, relationship, C, LONG_AGO);
            node.send(new RenegotiateCommitment(relationship, C, LONG_AGO.plusDays(1), "both agreed", null));
            awaitOverdue(node, relationship, C, LONG_AGO.plusDays(1));
            assertThat(overdue(node, relationship)).hasSize(2);
        }
    }

    @Nested
    class A_commitment_that_is_awaited {

        private final Node node = Node.shared(database);

        static Stream<RelationshipCommand> ends() {
            RelationshipId any = new RelationshipId("R-1");
            return Stream.of(
                    new FulfilCommitment(any, C, null),
                    new BreakCommitment(any, C, "no stock"),
                    new ReleaseCommitment(any, C, "not needed"),
                    new RetractEntry(any, C, "entered twice"),
                    new EndRelationship(any, "no more business"));
        }

        private static RelationshipCommand on(RelationshipId relationship, RelationshipCommand command) {
            return switch (command) {
                case FulfilCommitment c -> new FulfilCommitment(relationship, c.commitmentId(), c.note());
                case BreakCommitment c -> new BreakCommitment(relationship, c.commitmentId(), c.reason());
                case ReleaseCommitment c -> new ReleaseCommitment(relationship, c.commitmentId(), c.reason());
                case RetractEntry c -> new RetractEntry(relationship, c.entryId(), c.reason());
                case EndRelationship c -> new EndRelationship(relationship, c.reason());
                default -> throw new IllegalArgumentException("ends no commitment: " + command);
            };
        }

        @ParameterizedTest
        @MethodSource("ends")
        void is_awaited_no_more_when_it_has_ended(RelationshipCommand end) {
            RelationshipId relationship = node.aRelationship();
            node.send(promise(relationship, C, FAR));
            assertThat(awaited(node, relationship)).isEqualTo(1);
            assertThat(node.send(on(relationship, end)).answer()).isInstanceOf(Accepted.class);
            assertThat(awaited(node, relationship)).isZero();
        }

        @Test
        void is_awaited_once_when_it_is_renegotiated() {
            RelationshipId relationship = node.aRelationship();
            node.send(promise(relationship, C, FAR));
            node.send(new RenegotiateCommitment(relationship, C, FAR.plusDays(1), "both agreed", null));
            assertThat(awaited(node, relationship)).isEqualTo(1);
        }

        @Test
        void is_awaited_apart_from_those_of_other_relationships() {
            RelationshipId one = node.aRelationship();
            RelationshipId other = node.aRelationship();
            node.send(promise(one, C, FAR));
            node.send(promise(other, C, FAR));
            node.send(new FulfilCommitment(one, C, null));
            assertThat(awaited(node, one)).isZero();
            assertThat(awaited(node, other)).isEqualTo(1);
        }

        @Test
        void that_comes_to_nothing_is_not_awaited() {
            RelationshipId relationship = node.aRelationship();
            node.send(promise(relationship, C, FAR), byTheManager().expecting(7));
            assertThat(awaited(node, relationship)).isZero();
        }

        @Test
        void that_was_imported_waits_for_the_rest_of_the_file() {
            RelationshipId relationship = node.aRelationship();
            RelationshipId told = node.aRelationship();
            node.send(promise(relationship, C, LONG_AGO), byTheManager().inAnImport());
            node.send(promise(told, C, LONG_AGO));
            awaitOverdue(node, told, C, LONG_AGO);
            assertThat(overdue(node, relationship)).isEmpty();
            assertThat(awaited(node, relationship)).isEqualTo(1);
        }
    }

    @Nested
    class A_day {

        @Test
        void that_ends_makes_overdue_what_was_due_on_it_and_has_not_ended() {
            ShortDay day = ShortDay.endingIn(Duration.ofSeconds(8));
            try (Node node = Node.on(database, day.setting())) {
                RelationshipId relationship = node.aRelationship();
                EntryId keptInTime = new EntryId("C-kept");
                EntryId moved = new EntryId("C-moved");
                node.send(promise(relationship, C, day.date()));
                node.send(promise(relationship, keptInTime, day.date()));
                node.send(promise(relationship, moved, day.date()));
                node.send(new FulfilCommitment(relationship, keptInTime, null));
                node.send(new RenegotiateCommitment(relationship, moved, FAR, "both agreed", null));
                awaitOverdue(node, relationship, C, day.date());
                assertThat(overdue(node, relationship)).singleElement().satisfies(event -> {
                    assertThat(event.occurredAt()).isEqualTo(day.end());
                    assertThat(event.recordedAt()).isAfterOrEqualTo(day.end());
                    assertThat(event.recordedAt()).isBefore(day.end().plusSeconds(20));
                });
                // who fired a deadline forgets it only after its events are there to be seen
                Await.until("only the moved one is awaited", () -> awaited(node, relationship) == 1);
            }
        }
    }

    @Nested
    class A_deadline_that_nobody_looked_for {

        @Test
        void fires_at_the_next_start() {
            Node first = Node.on(database);
            first.get(Scheduler.class).stop();
            RelationshipId relationship = first.aRelationship();
            first.send(promise(relationship, C, LONG_AGO));
            first.close();
            try (Node second = first.another()) {
                awaitOverdue(second, relationship, C, LONG_AGO);
                assertThat(overdue(second, relationship)).hasSize(1);
            }
        }
    }

    /** Of two nodes, only {@code there} looks for deadlines; commands are given to {@code here}. */
    @Nested
    class A_deadline_of_another_node {

        @Test
        void fires_there_though_the_relationship_moved_on_here() {
            try (Node here = Node.on(database);
                    Node there = here.another()) {
                here.get(Scheduler.class).stop();
                RelationshipId relationship = here.aRelationship();
                there.send(interaction(relationship, "I-1"));
                here.send(promise(relationship, C, LONG_AGO));
                awaitOverdue(here, relationship, C, LONG_AGO);
                assertThat(here.send(interaction(relationship, "I-2")).answer())
                        .isEqualTo(new Accepted("I-2", StreamName.of(relationship), 5));
            }
        }
    }

    @Nested
    class A_deadline_that_fires_while_its_commitment_moves {

        private final Node node = Node.shared(database);

        @Test
        void leaves_the_new_day_awaited() throws SQLException {
            RelationshipId relationship = node.aRelationship();
            node.send(promise(relationship, C, FAR));
            CompletableFuture<Given> renegotiation;
            try (var log = node.get(DataSource.class).getConnection();
                    var lock = log.createStatement()) {
                log.setAutoCommit(false);
                lock.execute(
                        database == Database.H2
                                ? "select id from event_log_head for update"
                                : "lock table event_log in share row exclusive mode");
                renegotiation = CompletableFuture.supplyAsync(
                        () -> node.send(new RenegotiateCommitment(relationship, C, LONG_AGO, "both agreed", null)));
                awaitThatARequestWaitsForTheLog();
                fireNow(relationship);
                log.rollback();
                log.setAutoCommit(true);
            }
            assertThat(renegotiation.join().answer()).isInstanceOf(Accepted.class);
            awaitOverdue(node, relationship, C, LONG_AGO);
            List<DomainEvent> events = node.eventsOf(relationship);
            int renegotiated =
                    events.indexOf(new CommitmentRenegotiated(relationship, C, LONG_AGO, null, "both agreed"));
            assertThat(events.subList(renegotiated + 1, events.size()))
                    .as("nothing is heard of the old day once the new one is agreed")
                    .containsExactly(new CommitmentBecameOverdue(relationship, C, LONG_AGO));
        }

        private void awaitThatARequestWaitsForTheLog() {
            String waiting = database == Database.H2
                    ? "select count(*) from information_schema.sessions where blocker_id is not null"
                    : "select count(*) from pg_locks where relation = 'event_log'::regclass and not granted";
            Await.until(
                    "the request waits for the log",
                    () -> node.sql().sql(waiting).query(Long.class).single() > 0);
        }

        private void fireNow(RelationshipId relationship) {
            String instance = "relationship/" + relationship + "/%";
            node.sql()
                    .sql("update scheduled_tasks set execution_time = ? where task_instance like ?")
                    .param(Timestamp.from(Instant.EPOCH))
                    .param(instance)
                    .update();
            Await.until(
                    "the deadline is being dealt with",
                    () -> node.sql()
                            .sql("select picked from scheduled_tasks where task_instance like ?")
                            .param(instance)
                            .query(Boolean.class)
                            .single());
        }
    }
}
