package dev.rapport.query;

import static dev.rapport.query.Examples.SOME_DAY;
import static dev.rapport.query.Examples.assigned;
import static dev.rapport.query.Examples.commitment;
import static dev.rapport.query.Examples.everythingThatCanHappen;
import static dev.rapport.query.Examples.interaction;
import static dev.rapport.query.Examples.kept;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.DomainEvent;
import dev.rapport.events.problem.Problem;
import dev.rapport.events.vocabulary.Party;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@OnEachDatabase
class The_stream extends QuerySideTest {

    private long end() {
        return log.log.lastStablePosition();
    }

    private static JsonNode asInHistory(Following.Event event) {
        return ((ObjectNode) event.data()).without("relationshipId");
    }

    @Test
    void tells_every_event_from_the_first_one_on_as_the_history_does() {
        log.append(everythingThatCanHappen("S-str-1", "R-str-1").toArray(DomainEvent[]::new));
        queries.catchUp();

        try (var head = Following.stream(queries, "head", "?relationshipId=R-str-1")) {
            List<JsonNode> history =
                    queries.all("head", "/api/v1/relationships/R-str-1/history").reversed();
            var told = head.until(history.getLast().get("position").asLong());

            assertThat(told.stream().map(Following.Event::id))
                    .containsExactlyElementsOf(history.stream()
                            .map(item -> item.get("position").asLong())
                            .toList());
            assertThat(told).allSatisfy(event -> {
                assertThat(event.type()).isEqualTo(event.data().get("type").asString());
                assertThat(event.data().get("relationshipId").asString()).isEqualTo("R-str-1");
            });
            assertThat(told.stream().map(The_stream::asInHistory)).containsExactlyElementsOf(history);
            assertThat(head.header("Content-Type")).startsWith("text/event-stream");
            assertThat(head.header("Cache-Control")).isEqualTo("no-store");
        }
    }

    @Test
    void begins_anywhere_and_goes_on_into_what_happens_now_without_a_hole_or_a_double() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        long before = end();
        List<Following> readers = new ArrayList<>();
        var history = new RandomHistory(seed, "str-2");
        var writer = Thread.ofVirtual().start(() -> {
            history.next(400).forEach(happening -> log.append("manager1", happening.occurredAt(), happening.events()));
        });
        List<Long> beginnings = new ArrayList<>();
        while (writer.isAlive() || beginnings.size() < 10) {
            long from = random.nextLong(before, end() + 1);
            beginnings.add(from);
            boolean byHeader = random.nextBoolean();
            readers.add(
                    byHeader
                            ? Following.stream(queries, "head", "?from=latest", "Last-Event-ID", "" + from)
                            : Following.stream(queries, "head", "?from=" + from));
            if (beginnings.size() == 15) {
                writer.join();
            }
        }
        long last = end();
        for (int i = 0; i < readers.size(); i++) {
            try (var reader = readers.get(i)) {
                if (beginnings.get(i) < last) {
                    reader.until(last);
                }
                assertThat(reader.ids())
                        .as("seed " + seed + ", from " + beginnings.get(i))
                        .containsExactlyElementsOf(LongStream.rangeClosed(beginnings.get(i) + 1, last)
                                .boxed()
                                .toList());
            }
        }
    }

    @Test
    void comments_at_once_and_when_nothing_happens() {
        try (var alone = new Log(database);
                var impatient =
                        RunningQuerySide.of(alone, database, database.freshUrl(), "--rapport.stream.heartbeat=100ms")) {
            try (var reader = Following.stream(impatient, "head", "")) {
                reader.untilComments(3);
                assertThat(reader.events()).isEmpty();
            }
        }
    }

    @Test
    void is_filtered_by_type_and_relationship() {
        long before = end();
        log.append(
                stakeholder("S-str-3", "Acme"),
                relationship("R-str-3", "S-str-3", "manager1"),
                relationship("R-str-3b", "S-str-3", "manager1"),
                commitment("R-str-3", "C-1", Party.US, "a promise", SOME_DAY),
                commitment("R-str-3b", "C-1", Party.US, "another", SOME_DAY),
                kept("R-str-3", "C-1"));
        try (var typed = Following.stream(
                        queries, "head", "?type=CommitmentKept&type=StakeholderRegistered&from=" + before);
                var both = Following.stream(queries, "head", "?type=CommitmentRecorded&relationshipId=R-str-3")) {
            long last = end();
            assertThat(typed.until(last).stream().map(Following.Event::type))
                    .containsExactly("StakeholderRegistered", "CommitmentKept");
            assertThat(typed.events().getFirst().data().get("stakeholderId").asString())
                    .isEqualTo("S-str-3");
            assertThat(typed.events().getFirst().data().get("summary").asString())
                    .isEqualTo("Acme was registered as a supplier in the group IT.");

            log.append(commitment("R-str-3", "C-2", Party.THEM, "a third", SOME_DAY));
            assertThat(both.until(end()).stream()
                            .map(event -> event.data().get("summary").asString()))
                    .containsExactly(
                            "We promised Acme by 2026-04-01: “a promise”.",
                            "Acme promised us by 2026-04-01: “a third”.");
        }
    }

    @Test
    void shows_managers_the_relationships_that_are_theirs_now() {
        long before = end();
        log.append(
                stakeholder("S-str-4", "Acme"),
                relationship("R-str-4", "S-str-4", "manager1"),
                relationship("R-str-4b", "S-str-4", "manager2"),
                interaction("R-str-4", "I-1", "the unsayable", "Annabel"));
        try (var first = Following.stream(queries, "manager1", "?from=" + before);
                var second = Following.stream(queries, "manager2", "?from=" + before)) {
            first.until(before + 4);
            second.until(before + 3);
            assertThat(first.ids()).containsExactly(before + 1, before + 2, before + 4);

            log.append(assigned("R-str-4", "manager2"));
            log.append(interaction("R-str-4", "I-2", "more"), stakeholder("S-str-4b", "Zulu"));
            first.until(before + 7);
            second.until(before + 7);
            assertThat(first.ids()).containsExactly(before + 1, before + 2, before + 4, before + 7);
            assertThat(second.ids()).containsExactly(before + 1, before + 3, before + 5, before + 6, before + 7);

            // whoever reads the past as the manager of today sees all of it
            try (var again = Following.stream(queries, "manager2", "?from=" + before);
                    var noMore = Following.stream(queries, "manager1", "?from=" + before)) {
                again.until(before + 7);
                noMore.until(before + 7);
                assertThat(again.ids()).hasSize(7);
                assertThat(noMore.ids()).containsExactly(before + 1, before + 7);
            }
        }
        assertThat(queries.get("manager1", "/api/v1/stream?relationshipId=R-str-4")
                        .status())
                .isEqualTo(404);
        assertThat(queries.get("head", "/api/v1/stream?relationshipId=R-never").status())
                .isEqualTo(404);
    }

    @Test
    void shows_reporters_no_texts_of_interactions_and_operators_nothing() {
        long before = end();
        log.append(
                stakeholder("S-str-5", "Acme"),
                relationship("R-str-5", "S-str-5", "manager1"),
                interaction("R-str-5", "I-1", "the unsayable", "Annabel"));
        try (var reporter = Following.stream(queries, "reporter", "?from=" + before);
                var manager = Following.stream(queries, "manager3", "?from=" + before);
                var auditor = Following.stream(queries, "auditor", "?from=" + before)) {
            assertThat(reporter.until(before + 3).getLast().data().toString())
                    .doesNotContain("unsayable", "Annabel")
                    .contains("A meeting took place, friendly.");
            assertThat(manager.until(before + 3).getLast().data().toString()).doesNotContain("unsayable", "Annabel");
            assertThat(auditor.until(before + 3).getLast().data().toString()).contains("the unsayable", "Annabel");
        }
        assertThat(queries.get("operator", "/api/v1/stream").status()).isEqualTo(403);
        assertThat(queries.get("nobody", "/api/v1/stream").status()).isEqualTo(403);
    }

    /** Tomcat uses what a reader left for the next one: whoever writes to the former for too long breaks off the latter. */
    @Test
    void breaks_off_no_reader_because_another_has_gone() {
        for (int round = 0; round < 100; round++) {
            long before = end();
            log.append(stakeholder("S-str-6-" + round, "Acme"));
            try (var one = Following.stream(queries, "head", "?from=" + before);
                    var another = Following.stream(queries, "manager1", "?from=" + before);
                    var third = Following.stream(queries, "auditor", "?from=" + before)) {
                for (var reader : List.of(one, another, third)) {
                    assertThat(reader.until(before + 1)).as("round " + round).isNotEmpty();
                }
            }
        }
    }

    @Test
    void tells_what_the_read_models_have_not_seen_or_cannot_take() {
        try (var alone = new Log(database);
                var side = RunningQuerySide.of(alone, database, database.freshUrl())) {
            alone.append(stakeholder("S-1", "Acme"), relationship("R-1", "S-1", "manager1"));
            side.catchUp();
            try (var first = Following.stream(side, "manager1", "");
                    var second = Following.stream(side, "manager2", "?from=2")) {
                first.until(2);
                alone.append(kept("R-1", "C-that-nobody-made"));
                alone.append(assigned("R-1", "manager2"));
                alone.append(commitment("R-1", "C-2", Party.THEM, "a promise", SOME_DAY), kept("R-1", "C-2"));

                second.until(6);
                assertThat(second.ids()).contains(4L, 5L, 6L).isSorted();
                assertThat(second.events().getLast().data().get("summary").asString())
                        .isEqualTo("Acme kept the promise “a promise”, on time.");
                assertThat(first.ids()).doesNotContain(5L, 6L);
                try (var late = Following.stream(side, "manager2", "")) {
                    late.until(6);
                    assertThat(late.ids()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
                    assertThat(late.events().get(2).data().get("summary").asString())
                            .isEqualTo("The promising party kept the promise C-that-nobody-made, on time.");
                }
            }
        }
    }

    @Test
    void refuses_positions_that_nobody_was_told() {
        for (String query : List.of("?from=-1", "?from=x", "?from=007", "?from=9999999999999999999", "?from=1e3")) {
            assertThat(queries.get("head", "/api/v1/stream" + query).status())
                    .as(query)
                    .isEqualTo(400);
        }
        for (String position : List.of("-1", "latest", "abc", "" + (end() + 1_000_000))) {
            var refused = queries.get("head", "/api/v1/stream", "Last-Event-ID", position);
            assertThat(refused.status()).as(position).isEqualTo(400);
            assertThat(refused.json().at("/errors/0/parameter").asString()).isEqualTo("Last-Event-ID");
        }
        assertThat(queries.get("head", "/api/v1/stream?type=Gossip").status()).isEqualTo(400);
        assertThat(queries.get("head", "/api/v1/stream?after=1").status()).isEqualTo(400);
    }

    @Test
    void is_open_to_a_caller_so_many_times_at_once() {
        try (var alone = new Log(database);
                var side = RunningQuerySide.of(
                        alone, database, database.freshUrl(), "--rapport.stream.most-per-caller=2")) {
            alone.append(stakeholder("S-1", "Acme"));
            try (var one = Following.stream(side, "head", "");
                    var other = Following.stream(side, "head", "")) {
                one.until(1);
                other.until(1);
                var refused = side.get("head", "/api/v1/stream");
                assertThat(refused.status()).isEqualTo(429);
                assertThat(refused.json().get("type").asString()).isEqualTo(Problem.TOO_MANY_REQUESTS.type());
                assertThat(refused.header("Retry-After")).isEqualTo("1");
                try (var somebodyElse = Following.stream(side, "auditor", "")) {
                    somebodyElse.until(1);
                }
                one.hangUp();
                Eventually.is(() -> {
                    alone.append("x", Instant.EPOCH, List.of(stakeholder("S-" + System.nanoTime(), "Acme")));
                    try (var again = Following.stream(side, "head", "")) {
                        again.until(1);
                        return true;
                    } catch (AssertionError stillTaken) {
                        return false;
                    }
                });
            }
        }
    }

    @Test
    void ends_before_the_server_does() {
        var alone = new Log(database);
        var side = RunningQuerySide.of(alone, database, database.freshUrl(), "--server.shutdown=graceful");
        alone.append(stakeholder("S-1", "Acme"));
        try (var reader = Following.stream(side, "head", "")) {
            reader.until(1);
            long begun = System.nanoTime();
            side.close();
            reader.untilEnd();
            assertThat(System.nanoTime() - begun).isLessThan(15_000_000_000L);
        }
        alone.close();
    }
}
