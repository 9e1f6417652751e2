package dev.rapport.journey;

import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.journey.Client.Answer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Killed under a stream of commands, again and again: nothing acknowledged is lost, and nothing repeated is done twice. */
@Tag("faults")
class A_killed_rapportIT {

    private static final int ROUNDS = 20;
    private static final int WRITERS = 8;
    private static final int RELATIONSHIPS = 5;
    private static final long SEED = 20261123;

    @TempDir
    private Path data;

    private final Queue<Integer> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> unanswered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger next = new AtomicInteger();

    @Test
    void has_lost_nothing_that_it_acknowledged_and_done_nothing_twice() throws Exception {
        Random random = new Random(SEED);
        try (RapportProcess rapport = RapportProcess.on(data)) {
            for (int i = 0; i < RELATIONSHIPS; i++) {
                new Network(rapport.as("head")).relationship("R-" + i, "manager1");
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            RapportProcess rapport = RapportProcess.on(data);
            repeatUnanswered(rapport.as("head"));
            killWhileWriting(rapport, 100 + random.nextInt(300));
        }
        try (RapportProcess rapport = RapportProcess.on(data)) {
            Client head = rapport.as("head");
            repeatUnanswered(head);

            Map<Integer, Integer> times = timesRecorded(head);

            System.out.printf(
                    "seed %d: %d commands sent, %d acknowledged, %d rounds%n",
                    SEED, next.get(), acknowledged.size(), ROUNDS);
            assertThat(acknowledged).hasSize(next.get()).doesNotHaveDuplicates();
            assertThat(times.keySet()).containsAll(acknowledged);
            assertThat(times.values()).containsOnly(1);
        }
    }

    private void killWhileWriting(RapportProcess rapport, int answersBeforeTheKill) throws Exception {
        Client head = rapport.as("head");
        Semaphore answers = new Semaphore(0);
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> writing = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writing.add(writers.submit(() -> writeUntilKilled(head, answers)));
            }
            answers.acquire(answersBeforeTheKill);
            rapport.kill();
            for (Future<?> writer : writing) {
                writer.get();
            }
        }
    }

    private void writeUntilKilled(Client head, Semaphore answers) {
        while (true) {
            int number = next.getAndIncrement();
            try {
                send(head, number);
                acknowledged.add(number);
                answers.release();
            } catch (UncheckedIOException killed) {
                unanswered.add(number);
                return;
            }
        }
    }

    private void repeatUnanswered(Client head) {
        for (Integer number = unanswered.poll(); number != null; number = unanswered.poll()) {
            send(head, number);
            acknowledged.add(number);
        }
    }

    private static void send(Client head, int number) {
        Answer answer = head.command(
                "/relationships/R-" + number % RELATIONSHIPS + "/interactions",
                fields("channel", "CALL", "summary", String.valueOf(number)),
                Map.of("Idempotency-Key", "\"n-" + number + "\""));
        assertThat(answer.status()).isEqualTo(201);
    }

    private static Map<Integer, Integer> timesRecorded(Client head) {
        Map<Integer, Integer> times = new HashMap<>();
        for (int i = 0; i < RELATIONSHIPS; i++) {
            String relationship = "/relationships/R-" + i;
            // a command of its own, so that the query below waits for all before it
            assertThat(head.command(relationship + "/desired-levels", fields("level", "ADDED_VALUE"))
                            .status())
                    .isEqualTo(201);
            String cursor = "";
            do {
                JsonNode page = head.query(relationship + "/history?type=InteractionLogged&limit=500" + cursor)
                        .body();
                page.path("items")
                        .forEach(item -> times.merge(
                                Integer.parseInt(
                                        item.path("data").path("summary").asString()),
                                1,
                                Integer::sum));
                cursor = page.hasNonNull("nextCursor")
                        ? "&cursor=" + page.path("nextCursor").asString()
                        : "";
            } while (!cursor.isEmpty());
        }
        return times;
    }
}
