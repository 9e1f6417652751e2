package dev.rapport.journey;

import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.journey.Client.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Calls that are logged at several nodes, each with a number and a key of its own, so that it can be told afterwards which of them are there, and
 * how often. Who gets 503 repeats the request, at another node if there is one, until it is answered.
 */
final class NumberedCalls {

    private static final int RELATIONSHIPS = 5;
    private static final Duration BEFORE_A_REPETITION = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String name;
    private final List<Client> nodes;
    private final AtomicInteger next = new AtomicInteger();
    private final Queue<Integer> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private volatile boolean over;
    private @Nullable ExecutorService threads;
    private final List<Future<?>> writing = new ArrayList<>();

    /** A request and its answer. */
    record Attempt(int number, int node, Instant sentAt, Duration took, Answer answer) {

        int status() {
            return answer.status();
        }

        /** Whether the request was sent after a moment. */
        boolean isAfter(Instant moment) {
            return sentAt.isAfter(moment);
        }
    }

    /** Establishes the relationships that the calls are with; their ids begin with the name. */
    NumberedCalls(String name, List<Client> nodes) {
        this.name = name;
        this.nodes = nodes;
        for (int i = 0; i < RELATIONSHIPS; i++) {
            new Network(nodes.getFirst()).relationship(id(i), "manager1");
        }
    }

    private String id(int number) {
        return name + "-" + number % RELATIONSHIPS;
    }

    /** Begins to write, with as many writers as are wanted. */
    NumberedCalls begin(int writers) {
        over = false;
        threads = Executors.newFixedThreadPool(writers);
        for (int i = 0; i < writers; i++) {
            writing.add(threads.submit(this::writeOneAfterTheOther));
        }
        return this;
    }

    /** Ends the writing when every call that was sent is acknowledged. */
    void end() throws InterruptedException, ExecutionException {
        over = true;
        for (Future<?> writer : writing) {
            writer.get();
        }
        writing.clear();
        if (threads != null) {
            threads.close();
        }
    }

    private void writeOneAfterTheOther() {
        while (!over) {
            write(next.getAndIncrement());
        }
    }

    private void write(int number) {
        Instant giveUpAt = Instant.now().plus(PATIENCE);
        int node = number % nodes.size();
        while (Instant.now().isBefore(giveUpAt)) {
            int status = attempt(number, node).status();
            if (status == 201) {
                acknowledged.add(number);
                return;
            }
            node = (node + 1) % nodes.size();
            LockSupport.parkNanos(BEFORE_A_REPETITION.toNanos());
        }
        throw new AssertionError("call " + number + " was not acknowledged in " + PATIENCE);
    }

    private Attempt attempt(int number, int node) {
        Instant sentAt = Instant.now();
        Answer answer = send(nodes.get(node), number);
        Attempt attempt = new Attempt(number, node, sentAt, Duration.between(sentAt, Instant.now()), answer);
        attempts.add(attempt);
        return attempt;
    }

    /** Sends a call, the first time or again. */
    Answer send(Client node, int number) {
        return node.command(
                "/relationships/" + id(number) + "/interactions",
                fields("channel", "CALL", "summary", String.valueOf(number)),
                Map.of("Idempotency-Key", "\"" + name + "-" + number + "\""));
    }

    int acknowledged() {
        return acknowledged.size();
    }

    /** Waits until so many more calls are acknowledged than are now. */
    void awaitMore(int calls) {
        int wanted = acknowledged() + calls;
        Instant giveUpAt = Instant.now().plus(PATIENCE);
        while (acknowledged() < wanted) {
            if (Instant.now().isAfter(giveUpAt)) {
                throw new AssertionError("only " + acknowledged() + " calls of " + wanted + " were acknowledged");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Waits until a call that is sent from now on is refused for the time being. */
    void awaitRefusal() {
        Instant from = Instant.now();
        Instant giveUpAt = from.plus(PATIENCE);
        while (attempts().noneMatch(attempt -> attempt.isAfter(from) && attempt.status() == 503)) {
            if (Instant.now().isAfter(giveUpAt)) {
                throw new AssertionError("no call is refused");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /** Waits until each node has taken a call that was sent after a moment, and gives back when the last of them did. */
    Instant awaitEachNodeAfter(Instant moment) {
        Instant giveUpAt = Instant.now().plus(PATIENCE);
        while (true) {
            List<Instant> firstTaken = IntStream.range(0, nodes.size())
                    .mapToObj(node -> attempts()
                            .filter(attempt ->
                                    attempt.node() == node && attempt.isAfter(moment) && attempt.status() == 201)
                            .map(attempt -> attempt.sentAt().plus(attempt.took()))
                            .min(Instant::compareTo))
                    .flatMap(Optional::stream)
                    .toList();
            if (firstTaken.size() == nodes.size()) {
                return firstTaken.stream().max(Instant::compareTo).orElseThrow();
            }
            if (Instant.now().isAfter(giveUpAt)) {
                throw new AssertionError("not every node takes calls again");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    Stream<Attempt> attempts() {
        return attempts.stream();
    }

    /** Whatever was answered is one of two things: the call was taken, or it is to be repeated. */
    void requireTakenOrToBeRepeated() {
        assertThat(attempts().filter(attempt -> attempt.status() != 201)).allSatisfy(attempt -> {
            assertThat(attempt.answer().text("type")).isIn("/problems/unavailable", "/problems/request-in-flight");
            assertThat(attempt.answer().header("Retry-After")).isPresent();
        });
    }

    /** Each call that was acknowledged is told once by a query node, and no other. */
    void requireEachOnce(Client commands, Client queries) {
        Map<Integer, Integer> times = timesTold(commands, queries);
        assertThat(acknowledged).hasSize(next.get()).doesNotHaveDuplicates();
        assertThat(times.keySet()).containsExactlyInAnyOrderElementsOf(acknowledged);
        assertThat(times.values()).containsOnly(1);
    }

    private Map<Integer, Integer> timesTold(Client commands, Client queries) {
        Map<Integer, Integer> times = new HashMap<>();
        for (int i = 0; i < RELATIONSHIPS; i++) {
            String relationship = "/relationships/" + id(i);
            // a command of its own, so that the query below waits for all before it
            Answer last = commands.command(relationship + "/desired-levels", fields("level", "ADDED_VALUE"));
            assertThat(last.status()).isEqualTo(201);
            queries.awaitSeen(last);
            String cursor = "";
            do {
                Answer page = queries.query(relationship + "/history?type=InteractionLogged&limit=500" + cursor);
                assertThat(page.status()).isEqualTo(200);
                page.body().path("items").forEach(item -> times.merge(summary(item), 1, Integer::sum));
                cursor = page.body().hasNonNull("nextCursor") ? "&cursor=" + page.text("nextCursor") : "";
            } while (!cursor.isEmpty());
        }
        return times;
    }

    private static int summary(JsonNode item) {
        return Integer.parseInt(item.path("data").path("summary").asString());
    }
}
