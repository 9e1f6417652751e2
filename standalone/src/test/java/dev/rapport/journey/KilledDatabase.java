package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.journey.Client.Answer;
import dev.rapport.journey.NumberedCalls.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** PostgreSQL, killed under commands and queries as {@code kill -9} does, and started again after a while. */
final class KilledDatabase {

    private static final long SEED = 20261127;
    private static final int WRITERS = 8;
    private static final Duration AWAY = Duration.ofSeconds(6);

    /** In which whoever tries again ever more slowly would have become too slow. */
    private static final Duration LONG_AWAY = Duration.ofSeconds(75);

    private static final Duration LONGEST_REFUSAL = Duration.ofSeconds(5);
    private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(30);

    private final PostgresServer database;
    private final List<Client> commands;
    private final List<Client> queries;

    KilledDatabase(PostgresServer database, List<RapportProcess> commands, List<RapportProcess> queries) {
        this.database = database;
        this.commands = commands.stream().map(node -> node.as("head")).toList();
        this.queries = queries.stream().map(node -> node.as("head")).toList();
    }

    /** Nothing acknowledged is lost and nothing done twice, who asks meanwhile is told so soon, and all nodes come back by themselves. */
    void costsNothing(String name, int rounds) throws Exception {
        Random random = new Random(SEED);
        Duration longestRecovery = Duration.ZERO;
        NumberedCalls calls = new NumberedCalls(name, commands).begin(WRITERS);
        for (int round = 0; round < rounds; round++) {
            calls.awaitMore(50 + random.nextInt(200));
            database.kill();
            Instant killedAt = Instant.now();
            requireSoonTold();
            Duration away = round > 0 && round == rounds - 1 ? LONG_AWAY : AWAY;
            while (Instant.now().isBefore(killedAt.plus(away))) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            database.start();
            Instant backAt = Instant.now();
            Instant taken = calls.awaitEachNodeAfter(backAt);
            Answer newest = calls.attempts()
                    .filter(attempt -> attempt.isAfter(backAt) && attempt.status() == 201)
                    .findFirst()
                    .map(Attempt::answer)
                    .orElseThrow();
            queries.forEach(node -> node.awaitSeen(newest));
            Duration recovery = Duration.between(backAt, Instant.now());
            System.out.printf(
                    "round %d: commands taken again after %d ms, shown after %d ms%n",
                    round, Duration.between(backAt, taken).toMillis(), recovery.toMillis());
            longestRecovery = recovery.compareTo(longestRecovery) > 0 ? recovery : longestRecovery;
        }
        calls.end();
        List<Attempt> refused =
                calls.attempts().filter(attempt -> attempt.status() == 503).toList();
        Duration longestRefusal =
                refused.stream().map(Attempt::took).max(Duration::compareTo).orElseThrow();
        System.out.printf(
                "seed %d, %d rounds: %d calls acknowledged, %d answers 503, the longest after %d ms; recovery at most"
                        + " %d ms%n",
                SEED,
                rounds,
                calls.acknowledged(),
                refused.size(),
                longestRefusal.toMillis(),
                longestRecovery.toMillis());

        calls.requireTakenOrToBeRepeated();
        assertThat(longestRefusal).isLessThan(LONGEST_REFUSAL);
        assertThat(longestRecovery).isLessThan(LONGEST_RECOVERY);
        for (Client node : queries) {
            calls.requireEachOnce(commands.getFirst(), node);
        }
    }

    private void requireSoonTold() {
        for (Client node : queries) {
            Instant askedAt = Instant.now();
            Answer told = node.query("/relationships?limit=1");
            assertThat(told.status()).isEqualTo(503);
            assertThat(told.header("Retry-After")).isPresent();
            assertThat(Duration.between(askedAt, Instant.now())).isLessThan(LONGEST_REFUSAL);
        }
    }
}
