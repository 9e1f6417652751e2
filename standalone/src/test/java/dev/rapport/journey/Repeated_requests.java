package dev.rapport.journey;

import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.journey.Client.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class Repeated_requests {

    private static final int KEYS = 1_000;
    private static final int TIMES = 10;
    private static final int CALLERS = 40;

    @TempDir
    private static Path data;

    private static RunningRapport rapport;
    private static Client head;

    @BeforeAll
    static void start() {
        rapport = RunningRapport.in(data);
        head = rapport.as("head");
    }

    @AfterAll
    static void stop() {
        rapport.close();
    }

    @Test
    void have_one_effect_a_key_and_equal_answers() throws Exception {
        List<String> relationships = IntStream.range(0, 20)
                .mapToObj(i -> new Network(head).relationship("once-" + i, "manager1"))
                .toList();
        List<Callable<Answer>> requests = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            String path = relationships.get(key % relationships.size()) + "/interactions";
            Map<String, Object> body = fields("channel", "CALL", "summary", "call " + key);
            Map<String, String> header = Map.of("Idempotency-Key", "\"key-" + key + "\"");
            for (int time = 0; time < TIMES; time++) {
                requests.add(() -> head.command(path, body, header));
            }
        }

        List<Answer> answers = allAtOnce(requests);

        for (int key = 0; key < KEYS; key++) {
            List<Answer> ofKey = answers.subList(key * TIMES, (key + 1) * TIMES);
            assertThat(ofKey.stream().map(Answer::status))
                    .as("statuses of key %d", key)
                    .containsOnly(201);
            assertThat(ofKey.stream().map(Answer::body).collect(Collectors.toSet()))
                    .as("answers to key %d", key)
                    .hasSize(1);
            assertThat(ofKey.stream()
                            .filter(answer ->
                                    answer.header("Idempotency-Replayed").isEmpty()))
                    .as("first answers to key %d", key)
                    .hasSize(1);
        }
        long versions = relationships.stream()
                .mapToLong(path -> head.query(path).body().path("version").asLong())
                .sum();
        assertThat(versions).isEqualTo(KEYS + relationships.size());
    }

    @Test
    void of_two_writers_with_the_same_condition_let_one_pass() throws Exception {
        String relationship = new Network(head).relationship("condition", "manager1");
        for (int version = 1; version <= 20; version++) {
            Map<String, String> condition = Map.of("If-Match", "\"" + version + "\"");
            List<Answer> answers = allAtOnce(List.of(
                    () -> head.command(relationship + "/interactions", call("a"), condition),
                    () -> head.command(relationship + "/interactions", call("b"), condition)));
            assertThat(answers.stream().map(Answer::status)).containsExactlyInAnyOrder(201, 412);
        }
    }

    @Test
    void without_a_condition_let_both_writers_pass_and_leave_no_gap() throws Exception {
        String relationship = new Network(head).relationship("free", "manager1");
        List<Callable<Answer>> requests = IntStream.range(0, 200)
                .mapToObj(i -> (Callable<Answer>) () -> head.command(relationship + "/interactions", call("c" + i)))
                .toList();

        List<Answer> answers = allAtOnce(requests);

        assertThat(answers.stream().map(Answer::status)).containsOnly(201);
        Set<Long> versions = answers.stream()
                .map(answer -> answer.body().path("version").asLong())
                .collect(Collectors.toSet());
        assertThat(versions).hasSize(200).contains(2L, 201L);
    }

    @Test
    void with_another_body_are_refused() {
        String relationship = new Network(head).relationship("reused", "manager1");
        Map<String, String> key = Map.of("Idempotency-Key", "reused-key");
        assertThat(head.command(relationship + "/interactions", call("one"), key)
                        .status())
                .isEqualTo(201);

        Answer other = head.command(relationship + "/interactions", call("another"), key);

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.text("type")).isEqualTo("/problems/key-reused");
    }

    @Test
    void of_a_refused_command_are_refused_alike_even_when_it_would_be_accepted_by_now() {
        String relationship = new Network(head).relationship("refused", "manager1");
        Map<String, String> key = Map.of("Idempotency-Key", "refused-key");
        Answer first = head.command(relationship + "/reopenings", fields("reason", "too early"), key);
        assertThat(head.command(relationship + "/endings", fields("reason", "done"))
                        .status())
                .isEqualTo(201);

        Answer second = head.command(relationship + "/reopenings", fields("reason", "too early"), key);

        assertThat(first.status()).isEqualTo(409);
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.header("Idempotency-Replayed")).contains("true");
        JsonNode without = second.body();
        assertThat(without).isEqualTo(first.body());
    }

    private static Map<String, Object> call(String summary) {
        return fields("channel", "CALL", "summary", summary);
    }

    private static List<Answer> allAtOnce(List<Callable<Answer>> requests)
            throws InterruptedException, ExecutionException {
        List<Answer> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            for (Future<Answer> answer : callers.invokeAll(requests)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }
}
