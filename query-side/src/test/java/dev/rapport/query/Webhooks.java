package dev.rapport.query;

import static dev.rapport.query.Examples.SOME_DAY;
import static dev.rapport.query.Examples.commitment;
import static dev.rapport.query.Examples.interaction;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.vocabulary.Party;
import dev.rapport.query.RunningQuerySide.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

@OnEachDatabase
class Webhooks {

    private static final String PATH = "/api/v1/operations/webhooks";
    private static final String[] QUICK = {
        "--rapport.webhooks.allow-private=true",
        "--rapport.webhooks.retries=20ms,20ms",
        "--rapport.webhooks.suspend-after=1000",
        "--rapport.webhooks.timeout=2s",
        "--rapport.webhooks.lease=6s"
    };

    @Parameter
    Database database;

    private Log log;
    private String readUrl;
    private RunningQuerySide side;
    private Receiver receiver;

    @BeforeEach
    void start() {
        log = new Log(database);
        readUrl = database.freshUrl();
        side = RunningQuerySide.of(log, database, readUrl, QUICK);
        receiver = new Receiver();
    }

    @AfterEach
    void stop() {
        side.close();
        log.close();
        receiver.close();
    }

    private long end() {
        return log.log.lastStablePosition();
    }

    private JsonNode create(String more) {
        Answer answer = side.post("operator", PATH, "{\"id\":\"W-1\",\"url\":\"" + receiver.url() + "\"" + more + "}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer.json();
    }

    private JsonNode webhook() {
        return side.get("operator", PATH + "/W-1").ok().json();
    }

    private Answer post(String path) {
        return side.post("operator", PATH + "/W-1" + path, "");
    }

    private List<JsonNode> deadLetters() {
        return side.all("operator", PATH + "/W-1/dead-letters");
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void deliver_what_happens_signed_as_cloud_events() {
        log.append(stakeholder("S-1", "Acme"));
        JsonNode created = create("");
        String secret = created.get("secret").asString();
        log.append(relationship("R-1", "S-1", "manager1"), interaction("R-1", "I-1", "the unsayable", "Annabel"));

        List<Receiver.Message> taken = receiver.until(3);

        assertThat(Receiver.positions(taken)).containsExactly(2L, 3L);
        Receiver.Message message = taken.getFirst();
        assertThat(message.isSignedWith(secret)).isTrue();
        assertThat(message.isSignedWith("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
                .isFalse();
        assertThat(Instant.ofEpochSecond(message.timestamp()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(message.contentType()).isEqualTo("application/cloudevents+json; charset=UTF-8");
        JsonNode event = message.json();
        assertThat(event.get("specversion").asString()).isEqualTo("1.0");
        assertThat(event.get("id").asString()).isEqualTo(message.id());
        assertThat(event.get("source").asString()).isEqualTo("urn:rapport");
        assertThat(event.get("type").asString()).isEqualTo("dev.rapport.RelationshipEstablished");
        assertThat(event.get("subject").asString()).isEqualTo("relationship/R-1");
        assertThat(event.get("time").asString()).isEqualTo("2026-03-02T12:00:00Z");
        assertThat(event.get("sequence").asString()).isEqualTo("0000000000000000002");
        assertThat(event.at("/data/relationshipId").asString()).isEqualTo("R-1");
        assertThat(event.at("/data/summary").asString())
                .isEqualTo("The relationship with Acme began at the transactional level, managed by manager1.");
        assertThat(taken.getLast().body()).doesNotContain("unsayable", "Annabel");
        Eventually.is(() -> webhook().get("position").asLong() == 3);
        assertThat(webhook().get("lag").asLong()).isZero();
        assertThat(webhook().has("secret")).isFalse();
    }

    @Test
    void begin_at_any_position_and_want_only_what_they_want() {
        log.append(
                stakeholder("S-1", "Acme"),
                relationship("R-1", "S-1", "manager1"),
                relationship("R-2", "S-1", "manager1"),
                commitment("R-1", "C-1", Party.US, "a promise", SOME_DAY),
                commitment("R-2", "C-1", Party.US, "a promise", SOME_DAY),
                interaction("R-1", "I-1", "hello"));
        create(
                ",\"from\":\"1\",\"types\":[\"CommitmentRecorded\",\"RelationshipEstablished\"],\"relationshipId\":\"R-1\"");

        assertThat(Receiver.positions(receiver.until(4))).containsExactly(2L, 4L);
        Eventually.is(() -> webhook().get("position").asLong() == 6);

        assertThat(side.post("operator", PATH + "/W-1/resumptions", "{\"from\":\"3\"}")
                        .status())
                .isEqualTo(200);
        Eventually.is(() -> receiver.taken().size() == 3);
        assertThat(Receiver.positions(receiver.taken())).containsExactly(2L, 4L, 4L);
    }

    @Test
    void try_again_until_a_receiver_that_was_out_of_order_takes_everything_in_order() {
        create("");
        receiver.answers(_ -> 500);
        log.append(stakeholder("S-1", "Acme"), stakeholder("S-2", "Acme"));
        Eventually.is(() -> !receiver.refused().isEmpty() && webhook().has("lastError"));
        assertThat(webhook().get("lastError").asString()).isEqualTo("the receiver answered 500");
        receiver.answers(_ -> 204);

        // whatever died meanwhile is tried again
        Eventually.is(() -> end() == webhook().get("position").asLong());
        deadLetters().forEach(letter -> post("/dead-letters/" + letter.get("id").asString() + "/retries"));
        Eventually.is(() -> deadLetters().isEmpty());
        assertThat(new TreeSet<>(Receiver.positions(receiver.taken()))).containsExactly(1L, 2L);
        assertThat(receiver.refused().getFirst().id())
                .isEqualTo(receiver.taken().stream()
                        .filter(one -> one.position() == 1)
                        .findFirst()
                        .orElseThrow()
                        .id());
    }

    @Test
    void set_an_event_aside_that_is_never_taken_with_those_of_its_relationship_behind_it() {
        log.append(
                stakeholder("S-1", "Acme"),
                relationship("R-1", "S-1", "manager1"),
                relationship("R-2", "S-1", "manager1"),
                interaction("R-1", "I-poison", "x"),
                interaction("R-2", "I-1", "x"),
                interaction("R-1", "I-1", "x"),
                interaction("R-1", "I-2", "x"));
        receiver.answers(message -> message.body().contains("I-poison") ? 422 : 200);
        create(",\"from\":\"0\"");

        Eventually.is(() -> webhook().get("position").asLong() == 7);
        assertThat(Receiver.positions(receiver.taken())).containsExactly(1L, 2L, 3L, 5L);
        assertThat(deadLetters().stream().map(letter -> letter.get("id").asString()))
                .containsExactly("4", "6", "7");
        JsonNode poisoned = deadLetters().getFirst();
        assertThat(poisoned.get("lastError").asString()).isEqualTo("the receiver answered 422");
        assertThat(poisoned.get("type").asString()).isEqualTo("InteractionLogged");
        assertThat(poisoned.get("stream").asString()).isEqualTo("relationship/R-1");
        assertThat(poisoned.get("attempts").asInt()).isEqualTo(3);
        assertThat(poisoned.has("data")).isFalse();
        assertThat(deadLetters().get(1).has("lastError")).isFalse();

        assertThat(post("/dead-letters/6/retries").status()).isEqualTo(409);
        assertThat(post("/dead-letters/4/retries").status()).isEqualTo(202);
        Eventually.is(() -> deadLetters().getFirst().get("attempts").asInt() == 4);
        assertThat(deadLetters()).hasSize(3);

        receiver.answers(_ -> 200);
        assertThat(post("/dead-letters/4/retries").status()).isEqualTo(202);
        Eventually.is(() -> deadLetters().isEmpty());
        log.append(interaction("R-1", "I-3", "x"));
        assertThat(Receiver.positions(receiver.until(8))).containsExactly(1L, 2L, 3L, 5L, 4L, 6L, 7L, 8L);
    }

    @Test
    void deliver_what_waited_when_a_dead_letter_is_discarded() {
        log.append(
                stakeholder("S-1", "Acme"),
                relationship("R-1", "S-1", "manager1"),
                interaction("R-1", "I-poison", "x"),
                interaction("R-1", "I-1", "x"));
        receiver.answers(message -> message.body().contains("I-poison") ? 400 : 200);
        create(",\"from\":\"0\"");
        Eventually.is(() -> webhook().get("position").asLong() == 4);

        assertThat(post("/dead-letters/3/discards").status()).isEqualTo(204);
        Eventually.is(() -> deadLetters().isEmpty());
        assertThat(Receiver.positions(receiver.taken())).containsExactly(1L, 2L, 4L);
        assertThat(post("/dead-letters/3/discards").status()).isEqualTo(404);
    }

    @Test
    void follow_no_redirect_and_stop_when_the_receiver_is_gone() {
        receiver.answers(_ -> 302);
        log.append(stakeholder("S-1", "Acme"), stakeholder("S-2", "Acme"));
        create(",\"from\":\"0\"");
        Eventually.is(() -> deadLetters().size() == 2);
        assertThat(deadLetters().getFirst().get("lastError").asString()).isEqualTo("the receiver answered 302");

        receiver.answers(_ -> 410);
        log.append(stakeholder("S-3", "Acme"));
        Eventually.is(() -> webhook().get("state").asString().equals("SUSPENDED"));
        assertThat(webhook().get("position").asLong()).isEqualTo(2);

        receiver.answers(_ -> 200);
        assertThat(side.post("operator", PATH + "/W-1/resumptions", "").status())
                .isEqualTo(200);
        assertThat(Receiver.positions(receiver.until(3))).containsExactly(3L);
    }

    @Test
    void rest_while_they_are_paused() {
        create("");
        assertThat(post("/pauses").json().get("state").asString()).isEqualTo("PAUSED");
        log.append(stakeholder("S-1", "Acme"));
        try (var reader = Following.stream(side, "head", "")) {
            reader.until(1);
        }
        assertThat(receiver.taken()).isEmpty();
        assertThat(post("/resumptions").json().get("state").asString()).isEqualTo("ACTIVE");
        assertThat(Receiver.positions(receiver.until(1))).containsExactly(1L);
    }

    @Test
    void sign_with_both_secrets_for_a_while_after_a_change() {
        String former = create("").get("secret").asString();
        String present = post("/secret-rotations").json().get("secret").asString();
        log.append(stakeholder("S-1", "Acme"));

        Receiver.Message message = receiver.until(1).getFirst();
        assertThat(present).isNotEqualTo(former);
        assertThat(message.isSignedWith(former)).isTrue();
        assertThat(message.isSignedWith(present)).isTrue();
    }

    @Test
    void go_on_where_they_were_after_restarts_and_on_other_nodes_and_repeat_rather_than_skip() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var history = new RandomHistory(seed, "hooks");
        create(",\"from\":\"0\"");
        receiver.answers(_ -> random.nextInt(10) == 0 ? 503 : 204);
        RunningQuerySide other = RunningQuerySide.of(log, database, secondUrl(), QUICK);
        for (int round = 0; round < 3; round++) {
            history.next(60).forEach(happening -> log.append("m", happening.occurredAt(), happening.events()));
            receiver.until(random.nextLong(end() / 2, end()));
            side.close();
            side = other;
            other = RunningQuerySide.of(log, database, secondUrl(), QUICK);
        }
        other.close();
        receiver.answers(_ -> 204);
        Eventually.is(() -> webhook().get("position").asLong() == end());
        deadLetters().stream()
                .map(letter -> letter.get("id").asString())
                .forEach(letter -> post("/dead-letters/" + letter + "/retries"));
        Eventually.is(() -> deadLetters().isEmpty());

        List<Receiver.Message> taken = receiver.taken();
        assertThat(new TreeSet<>(Receiver.positions(taken)))
                .as("seed " + seed)
                .containsExactlyElementsOf(range(1, end()));
        Map<String, List<Long>> firstTimes = new HashMap<>();
        List<Long> seen = new ArrayList<>();
        taken.forEach(message -> {
            if (!seen.contains(message.position())) {
                seen.add(message.position());
                firstTimes
                        .computeIfAbsent(message.stream(), _ -> new ArrayList<>())
                        .add(message.position());
            }
        });
        assertThat(firstTimes.values())
                .as("seed " + seed)
                .allSatisfy(positions -> assertThat(positions).isSorted());
    }

    /** The read database once more, for another node: H2 in this process takes both. */
    private String secondUrl() {
        return readUrl;
    }

    @Test
    void are_for_operators_who_see_no_business_in_them() {
        create("");
        for (String user : List.of("manager1", "head", "auditor", "reporter", "nobody")) {
            assertThat(side.get(user, PATH).status()).isEqualTo(403);
            assertThat(side.get(user, PATH + "/W-1").status()).isEqualTo(403);
            assertThat(side.post(user, PATH, "{\"url\":\"https://example.com\"}")
                            .status())
                    .isEqualTo(403);
        }
        assertThat(side.get("operator", PATH).ok().ids()).containsExactly("W-1");
        assertThat(side.get("operator", PATH + "/W-2").status()).isEqualTo(404);
        assertThat(side.post("operator", PATH + "/W-2/pauses", "").status()).isEqualTo(404);
        assertThat(side.send(side.request("operator", PATH + "/W-1").DELETE().build())
                        .status())
                .isEqualTo(204);
        assertThat(side.get("operator", PATH + "/W-1").status()).isEqualTo(404);
    }

    @Test
    void are_refused_when_they_are_malformed_or_lead_where_no_outsider_should() {
        create("");
        assertThat(side.post("operator", PATH, "{\"id\":\"W-1\",\"url\":\"https://example.com\"}")
                        .status())
                .isEqualTo(409);
        for (String body : List.of(
                "{}",
                "[]",
                "{",
                "{\"url\":\"ftp://example.com\"}",
                "{\"url\":\"https://user:word@example.com\"}",
                "{\"url\":\"example.com\"}",
                "{\"url\":\"https://\"}",
                "{\"url\":1}",
                "{\"url\":\"https://example.com\\r\\nX: y\"}",
                "{\"url\":\"https://example.com\",\"secret\":\"mine\"}",
                "{\"url\":\"https://example.com\",\"types\":[\"Gossip\"]}",
                "{\"url\":\"https://example.com\",\"types\":\"CommitmentKept\"}",
                "{\"url\":\"https://example.com\",\"from\":\"99999\"}",
                "{\"url\":\"https://example.com\",\"from\":\"-1\"}",
                "{\"url\":\"https://example.com\",\"id\":\"a b\"}")) {
            assertThat(side.post("operator", PATH, body).status()).as(body).isEqualTo(400);
        }
        try (var strict = RunningQuerySide.of(
                log,
                database,
                database.freshUrl(),
                "--rapport.webhooks.retries=20ms",
                "--rapport.webhooks.lease=40s")) {
            for (String host : List.of("127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "[fd00::1]")) {
                Answer answer = strict.post("operator", PATH, "{\"url\":\"http://" + host + "/\"}");
                assertThat(answer.status()).as(host).isEqualTo(400);
                assertThat(answer.json().at("/errors/0/detail").asString())
                        .isEqualTo("leads to an address that is not a public one");
            }
            // a name that leads home is found out when it is looked up
            assertThat(strict.post("operator", PATH, "{\"id\":\"W-1\",\"url\":\"http://localhost.:1/\"}")
                            .status())
                    .isEqualTo(201);
            log.append(stakeholder("S-1", "Acme"));
            Eventually.is(() -> strict.get("operator", PATH + "/W-1").json().has("lastError"));
            assertThat(strict.get("operator", PATH + "/W-1")
                            .json()
                            .get("lastError")
                            .asString())
                    .isIn("the receiver's address is not a public one", "the receiver's name is not known");
        }
    }
}
