package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that does not keep what it is told to: each {@code fsync} of PostgreSQL fails while it is so. */
@Tag("faults")
@Timeout(300)
class A_disk_that_failsIT {

    private static final long SEED = 20261127;
    private static final int ROUNDS = 3;
    private static final int WRITERS = 8;
    private static final Duration FAILING = Duration.ofSeconds(4);

    /** Loaded into PostgreSQL before anything else. */
    private static final String FAILING_FSYNC = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        #include <stdlib.h>
        #include <unistd.h>

        static int passed_on(const char *name, int file)
        {
            const char *fails = getenv("FSYNC_FAILS_WHILE");
            if (fails && access(fails, F_OK) == 0) {
                errno = EIO;
                return -1;
            }
            return ((int (*)(int)) dlsym(RTLD_NEXT, name))(file);
        }

        int fsync(int file) { return passed_on("fsync", file); }
        int fdatasync(int file) { return passed_on("fdatasync", file); }
        """;

    @TempDir
    private Path folder;

    @Test
    void has_no_command_acknowledged_that_it_did_not_keep_and_none_done_twice() throws Exception {
        Path fails = folder.resolve("fsync-fails");
        PostgresServer postgres = PostgresServer.in(folder.resolve("data"));
        postgres.kill();
        postgres.with("LD_PRELOAD", failingFsync().toString())
                .with("FSYNC_FAILS_WHILE", fails.toString())
                .start();
        postgres.supervise();
        Random random = new Random(SEED);
        try (SidesOnPostgres sides = SidesOnPostgres.on(postgres, folder)) {
            List<Client> commands =
                    List.of(sides.commands().as("head"), sides.commands().as("head"));
            Client queries = sides.queries().as("head");
            NumberedCalls calls = new NumberedCalls("kept", commands).begin(WRITERS);
            for (int round = 0; round < ROUNDS; round++) {
                calls.awaitMore(100 + random.nextInt(200));
                Files.createFile(fails);
                Instant failsAt = Instant.now();
                calls.awaitRefusal();
                while (Instant.now().isBefore(failsAt.plus(FAILING))) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
                Instant keepsAt = Instant.now();
                Files.delete(fails);
                Instant taken = calls.awaitEachNodeAfter(keepsAt);

                assertThat(calls.attempts()
                                .filter(attempt -> attempt.isAfter(failsAt)
                                        && attempt.sentAt().plus(attempt.took()).isBefore(keepsAt)))
                        .isNotEmpty()
                        .allMatch(attempt -> attempt.status() != 201
                                || attempt.answer()
                                        .header("Idempotency-Replayed")
                                        .isPresent());
                System.out.printf(
                        "round %d: commands taken again after %d ms%n",
                        round, Duration.between(keepsAt, taken).toMillis());
            }
            calls.end();
            System.out.printf(
                    "seed %d: %d calls acknowledged, %d refused, %d answered as repeated%n",
                    SEED,
                    calls.acknowledged(),
                    calls.attempts().filter(attempt -> attempt.status() != 201).count(),
                    calls.attempts()
                            .filter(attempt -> attempt.answer()
                                    .header("Idempotency-Replayed")
                                    .isPresent())
                            .count());
            calls.requireTakenOrToBeRepeated();
            calls.requireEachOnce(commands.getFirst(), queries);
        }
    }

    private Path failingFsync() throws IOException, InterruptedException {
        Path source = Files.writeString(folder.resolve("failing_fsync.c"), FAILING_FSYNC);
        Path library = folder.resolve("failing_fsync.so");
        try {
            int status = new ProcessBuilder(
                            "gcc", "-shared", "-fPIC", "-Wall", "-Werror", "-o", "" + library, "" + source, "-ldl")
                    .inheritIO()
                    .start()
                    .waitFor();
            assertThat(status).as("gcc").isZero();
        } catch (IOException notThere) {
            assumeTrue(false, "a failing fsync is made with gcc, which is not there");
        }
        return library;
    }
}
