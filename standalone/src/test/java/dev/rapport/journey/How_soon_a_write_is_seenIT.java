package dev.rapport.journey;

import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.journey.Client.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes from the answer to a command until another process shows what came of it: one node of the command side and two of the
 * query side, which share the work, so that half of the writes are shown by a node that did not project them; while others write, too.
 */
@Tag("benchmark")
class How_soon_a_write_is_seenIT {

    private static final int WARM_UP = Integer.getInteger("warm-up", 5_000);
    private static final int WRITES = Integer.getInteger("writes", 2_000);
    private static final int RELATIONSHIPS = 20;

    /** Writes of others in a second: a tenth of the most that one process took in docs/performance/http.md. */
    private static final int OTHERS = Integer.getInteger("others", 90);

    private static final int THREADS_OF_OTHERS = 8;
    private static final double NANOS_OF_A_MILLISECOND = 1e6;

    @TempDir
    private Path folder;

    @Test
    void by_another_process() throws Exception {
        try (SidesOnPostgres sides = SidesOnPostgres.in(folder).asInUse()) {
            Client head = sides.commands().as("head");
            RapportProcess asked = sides.queries();
            Client reader = asked.as("head");
            RapportProcess other = sides.queries();
            sides.awaitShared(asked, other);
            Network network = new Network(head);
            for (int i = 0; i < RELATIONSHIPS; i++) {
                network.relationship("R-" + i, "manager1");
            }
            for (int i = 0; i < WARM_UP; i++) {
                nanosUntilSeen(head, reader, i);
            }
            long[] nanos = new long[WRITES];
            try (Others _ = new Others(head)) {
                for (int i = 0; i < WRITES; i++) {
                    nanos[i] = nanosUntilSeen(head, reader, i);
                }
            }
            Arrays.sort(nanos);
            String measured = String.format(
                    Locale.ROOT,
                    "median %.1f ms, p99 %.1f ms",
                    nanos[WRITES / 2] / NANOS_OF_A_MILLISECOND,
                    nanos[WRITES * 99 / 100] / NANOS_OF_A_MILLISECOND);
            System.out.println("from a command's answer to a query of another process that shows it: " + measured);
            Files.writeString(
                    Path.of("..", "docs", "performance", "nodes.md"), """
                        # Several nodes

                        Written by [How_soon_a_write_is_seenIT](../../standalone/src/test/java/dev/rapport/journey/How_soon_a_write_is_seenIT.java), `mvn verify -Pbenchmark`.

                        From a command's answer to the answer of a query of another process that shows it, one after the other, %d of them, while others write %d a second, on one machine that also runs PostgreSQL, after %d that are not counted: %s. In one process: [over HTTP](http.md#how-soon-a-write-is-seen).
                        """.formatted(WRITES, OTHERS, WARM_UP, measured));
        }
    }

    /** Others, who write so often until they are told to stop. None of their writes may fail. */
    private static final class Others implements AutoCloseable {

        private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(THREADS_OF_OTHERS);
        private final ScheduledFuture<?> writing;
        private final AtomicInteger written = new AtomicInteger();
        private final AtomicInteger accepted = new AtomicInteger();

        Others(Client head) {
            writing = clock.scheduleAtFixedRate(
                    () -> clock.execute(() -> write(head)),
                    0,
                    TimeUnit.SECONDS.toNanos(1) / OTHERS,
                    TimeUnit.NANOSECONDS);
        }

        private void write(Client head) {
            int number = written.getAndIncrement();
            Answer answer = head.command(
                    "/relationships/R-" + number % RELATIONSHIPS + "/disclosures",
                    fields("madeBy", "THEM", "kind", "STATUS", "subject", "news " + number));
            if (answer.status() == 201) {
                accepted.incrementAndGet();
            }
        }

        @Override
        public void close() {
            writing.cancel(false);
            clock.close();
            assertThat(accepted).as("accepted of those of the others").hasValue(written.get());
        }
    }

    private static long nanosUntilSeen(Client head, Client reader, int number) {
        String relationship = "/relationships/R-" + number % RELATIONSHIPS;
        Answer written =
                head.command(relationship + "/interactions", fields("channel", "CALL", "summary", "call " + number));
        long answered = System.nanoTime();
        Answer shown = reader.ask(
                "GET",
                relationship,
                Map.of("Consistency-Token", written.header("Consistency-Token").orElseThrow()));
        long nanos = System.nanoTime() - answered;
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.body().path("version").asLong())
                .as("others write to it, too")
                .isGreaterThanOrEqualTo(written.body().path("version").asLong());
        return nanos;
    }
}
