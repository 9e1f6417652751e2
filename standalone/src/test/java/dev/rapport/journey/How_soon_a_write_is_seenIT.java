package dev.rapport.journey;

import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.journey.Client.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes from the answer to a command until another process shows what came of it: one node of the command side and two of the
 * query side, which share the work, so that half of the writes are shown by a node that did not project them; while others write, too.
 */
@Tag("benchmark")
class How_soon_a_write_is_seenIT {

    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("rapport.benchmark.warm-up", 90));
    private static final Duration FLAT_OUT = Duration.ofSeconds(10);
    private static final Duration ROUND = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int ROUNDS = 3;
    private static final int TENTH = 10;
    private static final int RELATIONSHIPS = 200;
    private static final int OTHERS = 8;
    private static final double NANOS_OF_A_MILLISECOND = 1e6;
    private static final double NANOS_OF_A_SECOND = 1e9;

    @TempDir
    private Path folder;

    private Client head;
    private Client reader;
    private int written;

    @Test
    void by_another_process() throws Exception {
        try (SidesOnPostgres sides = SidesOnPostgres.in(folder).asInUse()) {
            head = sides.commands().as("head");
            RapportProcess asked = sides.queries();
            reader = asked.as("head");
            sides.awaitShared(asked, sides.queries());
            Network network = new Network(head);
            for (int i = 0; i < RELATIONSHIPS; i++) {
                network.relationship("R-" + i, "manager1");
            }
            followed(Double.POSITIVE_INFINITY, WARM_UP);
            double most = flatOut();
            assertThat(most).isPositive();
            settle();
            List<List<Long>> rounds = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                rounds.add(followed(most / TENTH, ROUND));
            }
            report(most, rounds);
        }
    }

    private static void report(double most, List<List<Long>> rounds) throws IOException {
        int all = rounds.stream().mapToInt(List::size).sum();
        String median = measured(rounds, 50);
        String slowest = measured(rounds, 99);
        System.out.println("from a command's answer to a query of another process that shows it: median " + median
                + ", p99 " + slowest);
        Files.writeString(
                Path.of("..", "docs", "performance", "nodes.md"),
                String.format(
                        Locale.ROOT,
                        """
                        # Several nodes

                        Written by [How_soon_a_write_is_seenIT](../../standalone/src/test/java/dev/rapport/journey/How_soon_a_write_is_seenIT.java), `mvn verify -Pbenchmark`.

                        One node of the command side and two of the query side, which share the read models' work, each with a heap of 256 MiB, on one machine of %d cores that also runs PostgreSQL and the clients. Flat out, %d clients had %.0f commands a second answered.

                        From a command's answer to the answer of a query of another process that shows it: somebody gives one command after the other and asks for each, %.0f a second, while others send %.0f a second, a tenth of the most. After %d s that are not counted, %,d of them in %d rounds of %d s. In one process: [over HTTP](http.md#how-soon-a-write-is-seen).

                        |  | of the rounds: median (least to most), ms |
                        |---|---:|
                        | median | %s |
                        | p99 | %s |
                        """,
                        Runtime.getRuntime().availableProcessors(),
                        OTHERS,
                        most,
                        all / (double) (ROUNDS * ROUND.toSeconds()),
                        most / TENTH,
                        WARM_UP.toSeconds(),
                        all,
                        ROUNDS,
                        ROUND.toSeconds(),
                        median,
                        slowest));
    }

    /** So many hundredths of each round took no longer than this. */
    private static String measured(List<List<Long>> rounds, int hundredths) {
        double[] millis = rounds.stream()
                .mapToDouble(round ->
                        round.stream().sorted().toList().get(round.size() * hundredths / 100) / NANOS_OF_A_MILLISECOND)
                .sorted()
                .toArray();
        return String.format(Locale.ROOT, "%.1f (%.1f to %.1f)", millis[ROUNDS / 2], millis[0], millis[ROUNDS - 1]);
    }

    private double flatOut() throws Exception {
        long begin = System.nanoTime();
        try (Others others = new Others(head, Double.POSITIVE_INFINITY)) {
            TimeUnit.MILLISECONDS.sleep(FLAT_OUT.toMillis());
            return others.stop() * NANOS_OF_A_SECOND / (System.nanoTime() - begin);
        }
    }

    private void settle() {
        for (int i = 0; i < RELATIONSHIPS; i++) {
            reader.awaitSeen(write(head, i));
        }
    }

    /** How long each write took to be seen, while others write so many a second. */
    private List<Long> followed(double perSecond, Duration duration) throws Exception {
        List<Long> nanos = new ArrayList<>();
        try (Others others = new Others(head, perSecond)) {
            long end = System.nanoTime() + duration.toNanos();
            while (System.nanoTime() < end) {
                nanos.add(nanosUntilSeen(written++));
            }
            others.stop();
        }
        return nanos;
    }

    private long nanosUntilSeen(int number) {
        Answer answer = write(head, number);
        long answered = System.nanoTime();
        Map<String, String> seeing =
                Map.of("Consistency-Token", answer.header("Consistency-Token").orElseThrow());
        Answer shown;
        long nanos;
        do {
            shown = reader.ask("GET", "/relationships/R-" + number % RELATIONSHIPS, seeing);
            nanos = System.nanoTime() - answered;
        } while (shown.status() == 503
                && nanos < PATIENCE.toNanos()); // flat out, they may be behind for longer than a query waits
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.body().path("version").asLong())
                .as("others write to it, too")
                .isGreaterThanOrEqualTo(answer.body().path("version").asLong());
        return nanos;
    }

    private static Answer write(Client head, int number) {
        Answer answer = head.command(
                "/relationships/R-" + number % RELATIONSHIPS + "/interactions",
                fields("channel", "CALL", "summary", "call " + number));
        assertThat(answer.status()).as(() -> answer.body().toString()).isEqualTo(201);
        return answer;
    }

    /** Others, who write until they are told to stop: evenly so many a second together, or each as soon as it is answered. */
    private static final class Others implements AutoCloseable {

        private final ExecutorService threads = Executors.newFixedThreadPool(OTHERS);
        private final List<Future<Integer>> writing = new ArrayList<>();
        private volatile boolean over;

        Others(Client head, double perSecond) {
            long between = (long) (NANOS_OF_A_SECOND * OTHERS / perSecond);
            long begin = System.nanoTime();
            for (int i = 0; i < OTHERS; i++) {
                int first = i;
                writing.add(threads.submit(() -> write(head, first, begin + between * first / OTHERS, between)));
            }
        }

        private int write(Client head, int first, long due, long between) {
            int done = 0;
            for (long next = due; !over; next += between) {
                for (long early = next - System.nanoTime(); early > 0; early = next - System.nanoTime()) {
                    LockSupport.parkNanos(early);
                }
                How_soon_a_write_is_seenIT.write(head, first + OTHERS * done++);
            }
            return done;
        }

        /** How many they wrote, all of which were accepted. */
        int stop() throws Exception {
            over = true;
            int all = 0;
            for (Future<Integer> one : writing) {
                all += one.get();
            }
            return all;
        }

        @Override
        public void close() {
            over = true;
            threads.close();
        }
    }
}
