package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.journey.Client.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A query node, killed under load as {@code kill -9} does, while it feeds read models that another one shows as well. */
final class KilledQueryNode {

    private static final int WRITERS = 4;
    private static final Duration LONGEST_TAKEOVER = Duration.ofSeconds(15);

    private static final List<String> QUESTIONS = List.of(
            "/relationships?limit=10", "/relationships?sort=-trust&limit=5", "/stakeholders", "/reports/portfolio");

    private final SidesOnPostgres sides;
    private final List<Client> commands;
    private final RapportProcess killed;
    private final RapportProcess survivor;
    private volatile boolean over;

    KilledQueryNode(
            SidesOnPostgres sides, List<RapportProcess> commands, RapportProcess killed, RapportProcess survivor) {
        this.sides = sides;
        this.commands = commands.stream().map(node -> node.as("head")).toList();
        this.killed = killed;
        this.survivor = survivor;
    }

    /** The other takes over its segments soon, answers all the while, and has the same rows as if nothing had happened. */
    void isReplaced(String name, int callsBefore, int callsAfter) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Queue<Answer> failed = new ConcurrentLinkedQueue<>();
        try (ExecutorService reader = Executors.newSingleThreadExecutor()) {
            NumberedCalls calls = new NumberedCalls(name, commands).begin(WRITERS);
            calls.awaitMore(callsBefore);
            assertThat(sides.segmentsOf(killed))
                    .as("segments of the node to be killed")
                    .isPositive();
            Future<?> reading = reader.submit(() -> askUntilOver(asked, failed));
            killed.kill();
            Duration takeover = timeUntilSegmentsAreTakenOver();
            calls.awaitMore(callsAfter);
            calls.end();
            over = true;
            reading.get();
            System.out.printf(
                    "taken over after %d ms; %d calls, %d queries meanwhile%n",
                    takeover.toMillis(), calls.acknowledged(), asked.get());

            assertThat(takeover).isLessThan(LONGEST_TAKEOVER);
            calls.requireTakenOrToBeRepeated();
            calls.requireEachOnce(commands.getFirst(), survivor.as("head"));
        }
        assertThat(asked).hasPositiveValue();
        assertThat(failed).isEmpty();
        sides.requireRowsOfAFreshGeneration(survivor);
    }

    private void askUntilOver(AtomicInteger asked, Queue<Answer> failed) {
        Client head = survivor.as("head");
        while (!over) {
            Answer answer = head.query(QUESTIONS.get(asked.getAndIncrement() % QUESTIONS.size()));
            if (answer.status() != 200) {
                failed.add(answer);
            }
        }
    }

    private Duration timeUntilSegmentsAreTakenOver() throws SQLException {
        Instant killedAt = Instant.now();
        long all = sides.numberRead("select count(*) from " + sides.liveGeneration() + ".projection_token");
        while (sides.segmentsOf(survivor) < all) {
            assertThat(Duration.between(killedAt, Instant.now())).isLessThan(LONGEST_TAKEOVER.multipliedBy(2));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return Duration.between(killedAt, Instant.now());
    }
}
