package dev.rapport.query;

import static dev.rapport.query.Examples.assigned;
import static dev.rapport.query.Examples.kept;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.ConsistencyToken;
import dev.rapport.events.DomainEvent;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.StreamName;
import dev.rapport.query.projection.Faults;
import dev.rapport.query.projection.ReadModelProcessor;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import tools.jackson.databind.JsonNode;

@OnEachDatabase
class An_event_that_cannot_be_projected {

    private static final String LETTERS = "/api/v1/operations/dead-letters";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Parameter
    Database database;

    private final Faults faults = new Faults();
    private Log log;
    private String url;
    private RunningQuerySide queries;

    @BeforeEach
    void start() {
        log = new Log(database);
        url = database.freshUrl();
        queries = RunningQuerySide.faulty(log, database, url, faults);
    }

    @AfterEach
    void end() {
        queries.close();
        log.close();
    }

    private List<JsonNode> letters() {
        return queries.all("operator", LETTERS);
    }

    private List<JsonNode> oneLetter() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (letters().isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        List<JsonNode> letters = letters();
        assertThat(letters).hasSize(1);
        return letters;
    }

    private JsonNode post(JsonNode letter, String what, String body) {
        return queries.post("operator", LETTERS + "/" + letter.get("id").asString() + "/" + what, body)
                .ok()
                .json();
    }

    private long version(String relationship) {
        return queries.get("head", "/api/v1/relationships/" + relationship)
                .ok()
                .json()
                .get("version")
                .asLong();
    }

    /** Waits until the read models have seen everything but of one stream. */
    private void catchUpBut(String stream) {
        log.versions().forEach((name, version) -> {
            if (!name.value().equals(stream)) {
                queries.catchUp(name, version);
            }
        });
    }

    private void equalsACleanRebuild() {
        String other = database.freshUrl();
        try (var fromScratch = RunningQuerySide.of(log, database, other)) {
            fromScratch.catchUp();
            assertThat(Rows.of(url, database.user())).isEqualTo(Rows.of(other, database.user()));
        }
    }

    @Test
    void is_set_aside_with_what_comes_after_in_its_relationship_while_others_go_on() {
        log.append(stakeholder("S-1", "Acme"), relationship("R-1", "S-1", "manager1"));
        log.append(kept("R-1", "C-that-nobody-made"));
        ConsistencyToken after = log.append(assigned("R-1", "manager2"));
        log.append(stakeholder("S-2", "Bolt"), relationship("R-2", "S-2", "manager1"));
        catchUpBut("relationship/R-1");

        JsonNode letter = oneLetter().getFirst();
        assertThat(letter.get("stream").asString()).isEqualTo("relationship/R-1");
        assertThat(letter.get("position").asLong()).isEqualTo(3);
        assertThat(letter.get("version").asLong()).isEqualTo(2);
        assertThat(letter.get("type").asString()).isEqualTo("CommitmentKept");
        assertThat(letter.get("errorType").asString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(version("R-2")).isEqualTo(1);
        assertThat(queries.get("head", "/api/v1/relationships/R-1", ConsistencyToken.HEADER, after.encode())
                        .status())
                .isEqualTo(503);
        JsonNode shown = queries.get("head", "/api/v1/relationships/R-1").ok().json();
        assertThat(shown.get("version").asLong()).isEqualTo(1);
        assertThat(shown.get("managerId").asString()).isEqualTo("manager1");
        assertThat(queries.bean(ReadModelProcessor.class).isRunning()).isTrue();
        assertThat(letters().getFirst().get("behind").asInt()).isEqualTo(1);
    }

    @Test
    void is_one_dead_letter_among_a_thousand_events_and_none_once_it_is_mended_and_tried_again() {
        long seed = 20261127;
        System.out.println("seed " + seed);
        var history = new RandomHistory(seed, "thousand");
        List<RandomHistory.Happening> happenings = new ArrayList<>();
        for (int events = 0;
                events < 1_000;
                events += happenings.getLast().events().size()) {
            happenings.addAll(history.next(1));
        }
        List<DomainEvent> all =
                happenings.stream().flatMap(each -> each.events().stream()).toList();
        var random = new Random(seed);
        DomainEvent poison = all.get(random.nextInt(300, 700));
        while (!(poison instanceof RelationshipEvent)) {
            poison = all.get(random.nextInt(300, 700));
        }
        DomainEvent poisoned = poison;
        faults.poison(event -> event.payload().equals(poisoned));
        happenings.forEach(each -> log.append(Log.SOMEBODY, each.occurredAt(), each.events()));
        StreamName stream = poisoned.stream();
        catchUpBut(stream.value());

        JsonNode letter = oneLetter().getFirst();
        assertThat(letter.get("stream").asString()).isEqualTo(stream.value());
        long shownVersion = version(stream.value().substring("relationship/".length()));
        assertThat(shownVersion).isEqualTo(letter.get("version").asLong() - 1);
        assertThat(letters().toString()).doesNotContain("quotes the event");

        JsonNode failedAgain = post(letter, "retries", "");
        assertThat(failedAgain.get("projected").asInt()).isZero();
        faults.mend();
        JsonNode outcome = post(letter, "retries", "");

        assertThat(outcome.get("left").asInt()).isZero();
        assertThat(outcome.get("projected").asLong()).isEqualTo(log.versions().get(stream) - shownVersion);
        assertThat(letters()).isEmpty();
        queries.catchUp();
        equalsACleanRebuild();
    }

    @Test
    void can_be_left_out_for_good() {
        log.append(stakeholder("S-1", "Acme"), relationship("R-1", "S-1", "manager1"));
        log.append(kept("R-1", "C-that-nobody-made"));
        log.append(assigned("R-1", "manager2"));
        JsonNode letter = oneLetter().getFirst();

        assertThat(queries.post("operator", LETTERS + "/" + letter.get("id").asString() + "/discards", "{}")
                        .status())
                .isEqualTo(400);
        catchUpBut("relationship/R-1");
        JsonNode outcome = post(letter, "discards", "{\"reason\": \"a slip of an importer\"}");

        assertThat(outcome.get("left").asInt()).isZero();
        log.append(assigned("R-1", "manager3"));
        queries.catchUp();
        assertThat(version("R-1")).isEqualTo(4);
        assertThat(letters()).isEmpty();
        String id = queries.post("operator", "/api/v1/operations/rebuilds", "{}")
                .json()
                .get("id")
                .asString();
        assertThat(rebuilt(id).get("state").asString()).isEqualTo("DONE");
        assertThat(letters()).isEmpty();
    }

    @Test
    void is_a_dead_letter_of_a_new_generation_too_unless_that_can_project_it() {
        log.append(stakeholder("S-1", "Acme"), relationship("R-1", "S-1", "manager1"));
        var poisoned = assigned("R-1", "manager2");
        faults.poison(event -> event.payload().equals(poisoned));
        log.append(poisoned);
        oneLetter();

        assertThat(rebuilt(queries.post("operator", "/api/v1/operations/rebuilds", "{}")
                                .json()
                                .get("id")
                                .asString())
                        .get("state")
                        .asString())
                .isEqualTo("DONE");
        oneLetter();
        faults.mend();
        JsonNode shown = rebuilt(queries.post("operator", "/api/v1/operations/rebuilds", "{}")
                .json()
                .get("id")
                .asString());

        assertThat(shown.get("state").asString()).as(shown.toString()).isEqualTo("DONE");
        assertThat(letters()).isEmpty();
        assertThat(version("R-1")).isEqualTo(2);
    }

    private JsonNode rebuilt(String id) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        JsonNode shown = queries.get("operator", "/api/v1/operations/rebuilds/" + id)
                .ok()
                .json();
        while (shown.get("finishedAt") == null && System.nanoTime() < deadline) {
            shown = queries.get("operator", "/api/v1/operations/rebuilds/" + id)
                    .ok()
                    .json();
        }
        return shown;
    }

    @Test
    void of_a_stakeholder_is_set_aside_once_though_all_segments_get_it() {
        var poisoned = stakeholder("S-1", "Acme");
        faults.poison(event -> event.payload().equals(poisoned));
        log.append(poisoned);
        log.append(relationship("R-1", "S-1", "manager1"));
        for (int number = 2; number < 20; number++) {
            log.append(stakeholder("S-" + number, "N"), relationship("R-" + number, "S-" + number, "manager1"));
        }
        catchUpBut("stakeholder/S-1");

        JsonNode letter = oneLetter().getFirst();
        assertThat(letter.get("behind").asInt()).isZero();
        faults.mend();
        post(letter, "retries", "");
        queries.catchUp();
        equalsACleanRebuild();
    }

    @Test
    void is_not_one_that_only_failed_for_want_of_a_database() throws InterruptedException {
        var failures = new AtomicInteger();
        var failedTwice = new CountDownLatch(2);
        faults.beforeEachBatch(_ -> {
            if (failures.incrementAndGet() <= 2) {
                failedTwice.countDown();
                throw new CannotGetJdbcConnectionException("away", new SQLTransientConnectionException("away"));
            }
        });

        log.append(stakeholder("S-1", "Acme"), relationship("R-1", "S-1", "manager1"));

        assertThat(failedTwice.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        queries.catchUp();
        assertThat(letters()).isEmpty();
    }

    @Test
    void is_for_operators_only() {
        for (String user : List.of("head", "auditor", "reporter", "manager1", "nobody")) {
            assertThat(queries.get(user, LETTERS).status()).isEqualTo(403);
            assertThat(queries.get(user, "/api/v1/operations/processors").status())
                    .isEqualTo(403);
        }
        assertThat(queries.post("operator", LETTERS + "/none/retries", "").status())
                .isEqualTo(404);
    }

    @Test
    void does_not_keep_the_processor_from_telling_how_far_it_is() {
        log.append(stakeholder("S-1", "Acme"), relationship("R-1", "S-1", "manager1"));
        queries.catchUp();

        JsonNode processors = queries.get("operator", "/api/v1/operations/processors")
                .ok()
                .json()
                .get("items");

        JsonNode readModels = processors
                .valueStream()
                .filter(each -> each.get("name").asString().equals("read-models"))
                .findFirst()
                .orElseThrow();
        assertThat(readModels.get("head").asLong()).isEqualTo(2);
        assertThat(readModels.get("segments")).hasSize(database == Database.H2 ? 1 : 4);
        assertThat(readModels.get("error")).isNull();
    }
}
