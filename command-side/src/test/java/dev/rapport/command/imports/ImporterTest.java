package dev.rapport.command.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.rapport.command.Asked;
import dev.rapport.command.Caller;
import dev.rapport.command.Caller.Role;
import dev.rapport.command.Database;
import dev.rapport.command.Node;
import dev.rapport.command.Racers;
import dev.rapport.command.Refusal.Reason;
import dev.rapport.command.dispatch.Answer.Accepted;
import dev.rapport.command.dispatch.Answer.Given;
import dev.rapport.command.dispatch.Answer.Refused;
import dev.rapport.command.dispatch.CommandDispatcher;
import dev.rapport.command.intake.MalformedCommand;
import dev.rapport.command.relationship.RelationshipCommand.LogInteraction;
import dev.rapport.command.relationship.RelationshipCommand.RecordCommitment;
import dev.rapport.events.CommitmentBecameOverdue;
import dev.rapport.events.CommitmentBroken;
import dev.rapport.events.CommitmentKept;
import dev.rapport.events.CommitmentRecorded;
import dev.rapport.events.CommitmentReleased;
import dev.rapport.events.CommitmentRenegotiated;
import dev.rapport.events.DomainEvent;
import dev.rapport.events.EntryRetracted;
import dev.rapport.events.InteractionLogged;
import dev.rapport.events.Provenance;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.StreamName;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A file of commands, line by line. */
@ExtendWith(Node.Sharing.class)
class ImporterTest {

    private static final Caller TELLER = new Caller(Asked.MANAGER, Role.RELATIONSHIP_MANAGER);

    private final Node node = Node.shared(Database.H2);

    /** Keeps what it is told. */
    private static class Notes implements ImportListener {

        final List<Long> lines = new ArrayList<>();
        final List<Object> outcomes = new ArrayList<>();
        final List<ImportSummary> summaries = new ArrayList<>();

        @Override
        public void decided(long line, Given given) throws IOException {
            lines.add(line);
            outcomes.add(given);
        }

        @Override
        public void failed(long line, Exception failure) {
            lines.add(line);
            outcomes.add(failure);
        }

        @Override
        public void finished(ImportSummary summary) {
            summaries.add(summary);
        }

        Reason reason(int index) {
            return ((Refused) ((Given) outcomes.get(index)).answer()).reason();
        }

        String fault(int index) {
            return ((MalformedCommand) outcomes.get(index)).detail();
        }

        boolean accepted(int index) {
            return outcomes.get(index) instanceof Given given
                    && !given.replayed()
                    && given.answer() instanceof Accepted;
        }

        boolean repeated(int index) {
            return outcomes.get(index) instanceof Given given && given.replayed();
        }
    }

    private Notes imported(String... lines) {
        return imported(String.join("\n", lines));
    }

    private Notes imported(String file) {
        Notes notes = new Notes();
        run(file, notes);
        return notes;
    }

    private void run(String file, ImportListener listener) {
        try {
            node.get(Importer.class)
                    .run(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), TELLER, listener);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line with a command on the relationship. */
    private static String line(String command, RelationshipId relationship, String fields) {
        return "{\"command\":\"" + command + "\",\"relationshipId\":\"" + relationship + "\"," + fields + "}";
    }

    private static String interaction(RelationshipId relationship, String id) {
        return line(
                "LogInteraction", relationship, "\"id\":\"" + id + "\",\"channel\":\"CALL\",\"summary\":\"we talked\"");
    }

    private static String promise(RelationshipId relationship, String id, String dueOn) {
        return line(
                "RecordCommitment",
                relationship,
                "\"id\":\"" + id + "\",\"madeBy\":\"US\",\"statement\":\"deliver\",\"dueOn\":\"" + dueOn
                        + "\",\"occurredAt\":\"2020-01-01T09:00:00Z\"");
    }

    private List<Class<?>> happened(RelationshipId relationship) {
        return node.eventsOf(relationship).stream()
                .<Class<?>>map(DomainEvent::getClass)
                .toList();
    }

    @Nested
    class A_file {

        @Test
        void is_told_line_by_line_in_its_order() {
            RelationshipId relationship = node.aRelationship();
            Notes notes = imported(interaction(relationship, "I-1"), interaction(relationship, "I-2"));
            assertThat(notes.lines).containsExactly(1L, 2L);
            assertThat(notes.outcomes)
                    .containsExactly(
                            Given.now(new Accepted("I-1", StreamName.of(relationship), 2)),
                            Given.now(new Accepted("I-2", StreamName.of(relationship), 3)));
            assertThat(notes.summaries).containsExactly(new ImportSummary(2, 2, 0, 0));
            assertThat(happened(relationship))
                    .containsExactly(RelationshipEstablished.class, InteractionLogged.class, InteractionLogged.class);
        }

        @Test
        void may_build_on_its_own_lines() {
            String id = "imported-" + System.nanoTime();
            Notes notes = imported(
                    "{\"command\":\"RegisterStakeholder\",\"id\":\"" + id
                            + "\",\"name\":\"Acme\",\"kind\":\"SUPPLIER\",\"group\":\"steel\"}",
                    "{\"command\":\"EstablishRelationship\",\"id\":\"" + id + "\",\"stakeholderId\":\"" + id + "\"}",
                    promise(new RelationshipId(id), "C-1", "2999-01-01"),
                    line("FulfilCommitment", new RelationshipId(id), "\"commitmentId\":\"C-1\""));
            assertThat(notes.summaries).containsExactly(new ImportSummary(4, 4, 0, 0));
        }

        @Test
        void of_nothing_sums_up_to_nothing() {
            assertThat(imported("").summaries).containsExactly(new ImportSummary(0, 0, 0, 0));
        }

        @Test
        void may_have_blank_lines_which_are_counted_over() {
            RelationshipId relationship = node.aRelationship();
            Notes notes = imported(
                    "\n  \t\r\n" + interaction(relationship, "I-1") + "\r\n\n" + interaction(relationship, "I-2"));
            assertThat(notes.lines).containsExactly(3L, 5L);
            assertThat(notes.summaries).containsExactly(new ImportSummary(2, 2, 0, 0));
        }

        @Test
        void goes_on_after_lines_that_are_refused() {
            RelationshipId relationship = node.aRelationship();
            Notes notes = imported(
                    line("FulfilCommitment", relationship, "\"commitmentId\":\"C-1\""),
                    "{\"command\":",
                    line("LogInteraction", relationship, "\"chanel\":\"CALL\""),
                    line(
                            "EndRelationship",
                            relationship,
                            "\"reason\":\"over\",\"occurredAt\":\"2999-01-01T00:00:00Z\""),
                    "{\"command\":\"NoSuchCommand\"}",
                    interaction(new RelationshipId("R-unknown"), "I-1"),
                    interaction(relationship, "I-1"));
            assertThat(notes.reason(0)).isEqualTo(Reason.NOT_FOUND);
            assertThat(notes.fault(1)).startsWith("not JSON");
            assertThat(notes.fault(2)).isEqualTo("the command has faults: 3");
            assertThat(notes.reason(3)).isEqualTo(Reason.AGAINST_A_RULE);
            assertThat(notes.fault(4)).isEqualTo("the line names no command that there is");
            assertThat(notes.reason(5)).isEqualTo(Reason.NOT_FOUND);
            assertThat(notes.accepted(6)).isTrue();
            assertThat(notes.summaries).containsExactly(new ImportSummary(7, 1, 0, 6));
        }

        @Test
        void goes_on_after_a_line_that_is_too_long() {
            RelationshipId relationship = node.aRelationship();
            String padded = interaction(relationship, "I-1");
            String longest = padded + " ".repeat(Importer.LONGEST_LINE - padded.length());
            Notes notes = imported(longest + " ", longest, interaction(relationship, "I-2"));
            assertThat(notes.fault(0)).isEqualTo("the line has more than 1048576 bytes");
            assertThat(notes.accepted(1)).isTrue();
            assertThat(notes.accepted(2)).isTrue();
            assertThat(notes.summaries).containsExactly(new ImportSummary(3, 2, 0, 1));
        }

        @Test
        void is_the_callers_who_sends_it() {
            RelationshipId relationship = node.aRelationship();
            imported(interaction(relationship, "I-1"));
            assertThat(node.recorded(relationship).getLast().subject()).isEqualTo(Asked.MANAGER);
        }

        @Test
        void stops_when_its_listener_has_gone_and_leaves_what_was_decided() {
            RelationshipId relationship = node.aRelationship();
            ImportListener gone = new Notes() {
                @Override
                public void decided(long line, Given given) throws IOException {
                    throw new IOException("gone");
                }
            };
            String file = IntStream.rangeClosed(1, 2 * Importer.MOST_LINES)
                    .mapToObj(number -> interaction(relationship, "I-" + number))
                    .collect(Collectors.joining("\n"));
            assertThatIOException()
                    .isThrownBy(() -> node.get(Importer.class)
                            .run(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), TELLER, gone))
                    .isNotInstanceOf(ImportBrokenOff.class);
            // the lines that were decided together with the first
            assertThat(happened(relationship)).hasSize(1 + Importer.MOST_LINES);
        }

        @Test
        void that_can_be_read_no_further_says_how_far_it_came() {
            RelationshipId relationship = node.aRelationship();
            String lines =
                    interaction(relationship, "I-1") + "\n" + interaction(relationship, "I-1") + "\nno command\n";
            InputStream broken = new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("gone");
                }

                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    throw new IOException("gone");
                }
            };
            InputStream in = new SequenceInputStream(
                    new ByteArrayInputStream((lines + "{\"comm").getBytes(StandardCharsets.UTF_8)), broken);

            assertThatExceptionOfType(ImportBrokenOff.class)
                    .isThrownBy(() -> node.get(Importer.class).run(in, TELLER, new Notes()))
                    .satisfies(failure -> assertThat(failure.soFar()).isEqualTo(new ImportSummary(3, 1, 1, 1)))
                    .havingCause()
                    .withMessage("gone");
            assertThat(happened(relationship)).hasSize(2);
        }

        @Test
        void answers_each_line_before_the_next_one_is_there() throws Exception {
            RelationshipId relationship = node.aRelationship();
            BlockingQueue<Long> told = new LinkedBlockingQueue<>();
            ImportListener listener = new Notes() {
                @Override
                public void decided(long line, Given given) {
                    told.add(line);
                }
            };
            CompletableFuture<Void> importing;
            try (var sender = new PipedOutputStream()) {
                var in = new PipedInputStream(sender);
                importing = CompletableFuture.runAsync(() -> {
                    try {
                        node.get(Importer.class).run(in, TELLER, listener);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                for (long line = 1; line <= 3; line++) {
                    String next = interaction(relationship, "I-" + (line + 1));
                    String sent =
                            line == 1 ? interaction(relationship, "I-1") : rest(interaction(relationship, "I-" + line));
                    sender.write((sent + "\n" + beginning(next)).getBytes(StandardCharsets.UTF_8));
                    sender.flush();
                    assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo(line);
                }
                sender.write(rest(interaction(relationship, "I-4")).getBytes(StandardCharsets.UTF_8));
            }
            importing.join();
            assertThat(told).containsExactly(4L);
        }

        private static String beginning(String line) {
            return line.substring(0, line.length() / 2);
        }

        private static String rest(String line) {
            return line.substring(line.length() / 2);
        }

        @Test
        void that_is_sent_twice_at_once_takes_effect_once_and_is_refused_by_nobody() {
            RelationshipId relationship = node.aRelationship();
            int lines = 300;
            String file = IntStream.rangeClosed(1, lines)
                    .mapToObj(number -> interaction(relationship, "I-" + number))
                    .collect(Collectors.joining("\n"));
            List<ImportSummary> summaries = Racers.race(4, racer -> imported(file)).stream()
                    .map(notes -> notes.summaries.getFirst())
                    .toList();
            assertThat(summaries)
                    .allSatisfy(summary -> assertThat(summary.refused()).isZero());
            assertThat(summaries.stream().mapToLong(ImportSummary::accepted).sum())
                    .isEqualTo(lines);
            assertThat(happened(relationship)).hasSize(1 + lines);
        }

        @Test
        void is_committed_at_once_though_lines_of_it_are_refused() {
            RelationshipId relationship = node.aRelationship();
            Notes notes = imported(
                    interaction(relationship, "I-1"),
                    interaction(new RelationshipId("R-unknown"), "I-1"),
                    line("FulfilCommitment", relationship, "\"commitmentId\":\"C-1\""),
                    interaction(relationship, "I-2"),
                    interaction(relationship, "I-2"));
            assertThat(notes.accepted(0)).isTrue();
            assertThat(notes.reason(1)).isEqualTo(Reason.NOT_FOUND);
            assertThat(notes.reason(2)).isEqualTo(Reason.NOT_FOUND);
            assertThat(notes.accepted(3)).isTrue();
            assertThat(notes.repeated(4)).isTrue();
            if (node.database() == Database.POSTGRESQL) { // which tells what was committed with what
                assertThat(node.sql()
                                .sql("select count(distinct xmin::text) from event_log where stream = ?"
                                        + " and sequence_number > 0")
                                .param(StreamName.of(relationship).value())
                                .query(Integer.class)
                                .single())
                        .isEqualTo(1);
            }
        }

        @Test
        void takes_effect_though_another_node_moved_on_what_it_is_about() {
            RelationshipId relationship = node.aRelationship();
            RelationshipId another = node.aRelationship();
            Node.sharedBeside(node.database())
                    .send(new LogInteraction(another, new EntryId("I-0"), Channel.CALL, "there", null, null));
            Notes notes = imported(
                    interaction(relationship, "I-1"), interaction(another, "I-1"), interaction(another, "I-2"));
            assertThat(notes.summaries).containsExactly(new ImportSummary(3, 3, 0, 0));
            assertThat(node.recorded(another).stream().map(RecordedEvent::version))
                    .containsExactly(1L, 2L, 3L, 4L);
        }
    }

    @Nested
    class A_file_that_is_imported_again {

        @Test
        void does_nothing_and_answers_alike() {
            RelationshipId relationship = node.aRelationship();
            String file = interaction(relationship, "I-1") + "\n" + promise(relationship, "C-1", "2020-02-01") + "\n"
                    + line(
                            "LogInteraction",
                            relationship,
                            "\"channel\":\"CALL\",\"summary\":\"its id is ours to make\"");
            Notes first = imported(file);
            List<DomainEvent> before = node.eventsOf(relationship);
            Notes second = imported(file);
            assertThat(node.eventsOf(relationship)).isEqualTo(before);
            assertThat(second.outcomes)
                    .isEqualTo(first.outcomes.stream()
                            .map(outcome -> Given.before(((Given) outcome).answer()))
                            .toList());
            assertThat(second.summaries).containsExactly(new ImportSummary(3, 0, 3, 0));
        }

        @Test
        void does_nothing_when_it_only_looks_different() {
            RelationshipId relationship = node.aRelationship();
            imported(interaction(relationship, "I-1"));
            Notes notes = imported("""
                {"summary": "we talked", "channel": "CALL", "id": "I-1", "relationshipId": "%s", "command": "LogInteraction"}\
                """.formatted(relationship));
            assertThat(notes.repeated(0)).isTrue();
            assertThat(node.eventsOf(relationship)).hasSize(2);
        }

        @Test
        void tries_again_what_was_refused() {
            RelationshipId relationship = node.aRelationship();
            String end = line("FulfilCommitment", relationship, "\"commitmentId\":\"C-1\"");
            String promise = promise(relationship, "C-1", "2999-01-01");
            assertThat(imported(end, promise).summaries).containsExactly(new ImportSummary(2, 1, 0, 1));
            assertThat(imported(end, promise).summaries).containsExactly(new ImportSummary(2, 1, 1, 0));
        }

        @Test
        void in_itself_takes_effect_once() {
            RelationshipId relationship = node.aRelationship();
            Notes notes = imported(interaction(relationship, "I-1"), interaction(relationship, "I-1"));
            assertThat(notes.repeated(1)).isTrue();
            assertThat(notes.summaries).containsExactly(new ImportSummary(2, 1, 1, 0));
        }
    }

    @Nested
    class A_commitment_that_was_due_before_its_import {

        private static final String END = "\"commitmentId\":\"C-1\",\"occurredAt\":\"2020-01-20T09:00:00Z\"";

        @Test
        void becomes_overdue_when_the_file_is_through() {
            RelationshipId relationship = node.aRelationship();
            imported(promise(relationship, "C-1", "2020-02-01"), interaction(relationship, "I-1"));
            assertThat(happened(relationship))
                    .containsExactly(
                            RelationshipEstablished.class,
                            CommitmentRecorded.class,
                            InteractionLogged.class,
                            CommitmentBecameOverdue.class);
            RecordedEvent overdue = node.recorded(relationship).getLast();
            assertThat(overdue.occurredAt()).isEqualTo("2020-02-02T00:00:00Z");
            assertThat(overdue.subject()).isEqualTo(Provenance.RAPPORT);
            assertThat(overdue.metadata()).doesNotContainKey(Provenance.IDEMPOTENCY_KEY);
        }

        @Test
        void is_not_overdue_while_the_file_is_read() {
            RelationshipId relationship = node.aRelationship();
            run(promise(relationship, "C-1", "2020-02-01") + "\n" + interaction(relationship, "I-1"), new Notes() {
                @Override
                public void decided(long line, Given given) {
                    assertThat(happened(relationship)).doesNotContain(CommitmentBecameOverdue.class);
                }

                @Override
                public void finished(ImportSummary summary) {
                    assertThat(happened(relationship)).contains(CommitmentBecameOverdue.class);
                }
            });
        }

        @Test
        void is_not_awaited_any_more_when_the_file_is_through() {
            RelationshipId relationship = node.aRelationship();
            imported(promise(relationship, "C-1", "2020-02-01"));
            long awaited = node.sql()
                    .sql("select count(*) from scheduled_tasks where task_instance like ?")
                    .param("relationship/" + relationship + "/%")
                    .query(Long.class)
                    .single();
            assertThat(awaited).isZero();
        }

        @Test
        void does_not_become_overdue_when_a_later_line_tells_that_it_was_kept() {
            assertEnd(line("FulfilCommitment", null, END), CommitmentKept.class);
        }

        @Test
        void does_not_become_overdue_when_a_later_line_tells_that_it_was_broken() {
            assertEnd(line("BreakCommitment", null, END + ",\"reason\":\"no stock\""), CommitmentBroken.class);
        }

        @Test
        void does_not_become_overdue_when_a_later_line_tells_that_it_was_released() {
            assertEnd(line("ReleaseCommitment", null, END + ",\"reason\":\"not needed\""), CommitmentReleased.class);
        }

        @Test
        void does_not_become_overdue_when_a_later_line_retracts_it() {
            assertEnd(line("RetractEntry", null, "\"entryId\":\"C-1\",\"reason\":\"twice\""), EntryRetracted.class);
        }

        @Test
        void does_not_become_overdue_when_a_later_line_moves_it() {
            assertEnd(
                    line("RenegotiateCommitment", null, END + ",\"reason\":\"agreed\",\"dueOn\":\"2999-01-01\""),
                    CommitmentRenegotiated.class);
        }

        private void assertEnd(String line, Class<?> end) {
            RelationshipId relationship = node.aRelationship();
            Notes notes = imported(
                    promise(relationship, "C-1", "2020-02-01"), line.replace("\"null\"", "\"" + relationship + "\""));
            assertThat(notes.summaries).containsExactly(new ImportSummary(2, 2, 0, 0));
            assertThat(happened(relationship))
                    .containsExactly(RelationshipEstablished.class, CommitmentRecorded.class, end);
        }

        @Test
        void becomes_overdue_by_the_day_that_it_was_moved_to() {
            RelationshipId relationship = node.aRelationship();
            imported(
                    promise(relationship, "C-1", "2020-02-01"),
                    line(
                            "RenegotiateCommitment",
                            relationship,
                            "\"commitmentId\":\"C-1\",\"reason\":\"agreed\",\"dueOn\":\"2020-03-01\",\"occurredAt\":\"2020-01-20T09:00:00Z\""));
            assertThat(node.eventsOf(relationship).getLast())
                    .isEqualTo(new CommitmentBecameOverdue(relationship, new EntryId("C-1"), LocalDate.of(2020, 3, 1)));
            assertThat(happened(relationship)).hasSize(4);
        }

        @Test
        void becomes_overdue_in_the_order_of_the_file() {
            RelationshipId relationship = node.aRelationship();
            imported(promise(relationship, "C-2", "2020-02-01"), promise(relationship, "C-1", "2020-01-15"));
            assertThat(node.eventsOf(relationship).stream()
                            .filter(CommitmentBecameOverdue.class::isInstance)
                            .map(event -> ((CommitmentBecameOverdue) event)
                                    .commitmentId()
                                    .value()))
                    .containsExactly("C-2", "C-1");
        }

        @Test
        void does_not_become_overdue_when_it_is_due_later() {
            RelationshipId relationship = node.aRelationship();
            imported(promise(relationship, "C-1", "2999-01-01"));
            assertThat(happened(relationship)).containsExactly(RelationshipEstablished.class, CommitmentRecorded.class);
        }

        @Test
        void is_waited_for_only_until_ten_thousand_others_wait() {
            PastDue pastDue = new PastDue(node.get(CommandDispatcher.class), TELLER, Clock.systemUTC());
            RelationshipId relationship = node.aRelationship();
            RecordCommitment first = recorded(relationship, "C-1");
            node.send(first, Asked.byTheManager().inAnImport());
            pastDue.consider(first);
            IntStream.rangeClosed(2, 10_000).forEach(i -> pastDue.consider(recorded(relationship, "C-" + i)));
            assertThat(happened(relationship)).doesNotContain(CommitmentBecameOverdue.class);
            pastDue.consider(recorded(relationship, "C-10001"));
            assertThat(happened(relationship)).contains(CommitmentBecameOverdue.class);
        }

        private static RecordCommitment recorded(RelationshipId relationship, String id) {
            return new RecordCommitment(relationship, new EntryId(id), Party.US, "deliver", LocalDate.of(2020, 2, 1));
        }
    }
}
