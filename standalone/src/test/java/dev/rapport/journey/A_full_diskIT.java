package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.journey.NumberedCalls.Attempt;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL runs out of room under commands, and gets some again. */
@Tag("faults")
@Timeout(300)
class A_full_diskIT {

    private static final int MEBIBYTES = 160;
    private static final int WRITERS = 4;
    private static final Duration FULL = Duration.ofSeconds(5);
    private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(30);

    /** So that little of the small disk is the log of PostgreSQL's own, and it has to ask for more soon. */
    private static final List<String> SMALL_SEGMENTS = List.of("--wal-segsize=1");

    private static final String[] FEW_SEGMENTS = {"min_wal_size=2MB", "max_wal_size=8MB"};

    @TempDir
    private Path folder;

    @Test
    void under_events_and_read_models_has_commands_refused_in_words_and_queries_answered() throws Exception {
        try (SmallDisk disk = SmallDisk.at(folder.resolve("disk"), MEBIBYTES);
                SidesOnPostgres sides = SidesOnPostgres.on(
                        PostgresServer.in(
                                disk.place().resolve("data"),
                                List.of(
                                        "--wal-segsize=1",
                                        "--waldir=" + folder.resolve("wal").toAbsolutePath()),
                                FEW_SEGMENTS),
                        folder)) {
            costsNothing(disk, sides);
        }
    }

    /** Which then ends PostgreSQL, until there is room: whatever runs it starts it again and again. */
    @Test
    void under_events_and_the_write_ahead_log_has_commands_refused_in_words_and_queries_answered() throws Exception {
        try (SmallDisk disk = SmallDisk.at(folder.resolve("disk"), MEBIBYTES);
                SidesOnPostgres sides = SidesOnPostgres.on(
                        PostgresServer.in(disk.place().resolve("data"), SMALL_SEGMENTS, FEW_SEGMENTS),
                        PostgresServer.in(folder.resolve("read")),
                        folder)) {
            sides.postgres().supervise();
            costsNothing(disk, sides);
        }
    }

    private static void costsNothing(SmallDisk disk, SidesOnPostgres sides) throws Exception {
        Client commands = sides.commands().as("head");
        Client queries = sides.queries().as("head");
        NumberedCalls calls = new NumberedCalls("full", List.of(commands)).begin(WRITERS);
        calls.awaitMore(200);
        queries.awaitSeen(calls.attempts()
                .filter(attempt -> attempt.status() == 201)
                .findFirst()
                .orElseThrow()
                .answer());

        disk.fill();
        calls.awaitRefusal();
        int asked = 0;
        for (Instant until = Instant.now().plus(FULL); Instant.now().isBefore(until); asked++) {
            assertThat(queries.query("/relationships?limit=5").status()).isEqualTo(200);
            assertThat(queries.query("/relationships/full-0/history?limit=5").status())
                    .isEqualTo(200);
        }
        int acknowledgedWhenFull = calls.acknowledged();
        disk.makeRoom();
        Instant roomAt = Instant.now();
        Duration recovery = Duration.between(roomAt, calls.awaitEachNodeAfter(roomAt));
        calls.end();

        List<Attempt> refused =
                calls.attempts().filter(attempt -> attempt.status() != 201).toList();
        System.out.printf(
                "%d calls acknowledged, %d of them before there was room again, %d refused (first: %s); %d times asked"
                        + " while full; commands taken again after %d ms%n",
                calls.acknowledged(),
                acknowledgedWhenFull,
                refused.size(),
                refused.getFirst().answer().text("detail"),
                asked,
                recovery.toMillis());
        calls.requireTakenOrToBeRepeated();
        assertThat(recovery).isLessThan(LONGEST_RECOVERY);
        calls.requireEachOnce(commands, queries);
    }
}
