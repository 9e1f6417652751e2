package dev.rapport.benchmark;

import dev.rapport.benchmark.subject.Durations;
import dev.rapport.benchmark.subject.Past;
import dev.rapport.benchmark.subject.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of commands when a relationship has many events, and of queries when the log has. */
@Tag("benchmark")
@EnabledIfSystemProperty(named = Part.ONLY, matches = "|.*\\b(growth|history)\\b.*")
class GrowthIT {

    private static final int[] SIZES = numbers("rapport.benchmark.sizes", "10000,100000");
    private static final int[] DEPTHS = numbers("rapport.benchmark.depths", "10,1000,20000");
    private static final int WITH_A_HISTORY = 1_000;
    private static final int EVENTS_OF_A_RELATIONSHIP = 25;
    private static final int OK = 200;
    private static final int CREATED = 201;

    @TempDir
    private Path folder;

    private static int[] numbers(String property, String usual) {
        return Arrays.stream(System.getProperty(property, usual).split(",", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    @Test
    void is_measured() throws Exception {
        Page page = new Page("growth", "As the history grows");
        page.say("One client, one request at a time over HTTP to the packaged jar, as long as one takes from the first"
                + " byte sent to the last byte read; HTTP Basic, nothing else going on.");
        List<List<String>> commands = new ArrayList<>();
        List<List<String>> queries = new ArrayList<>();
        try (Store.Postgres postgres = Store.Postgres.start()) {
            for (int size : SIZES) {
                measure(postgres, size, size == SIZES[SIZES.length - 1], commands, queries);
            }
            page.say("## Commands, by the events of the relationship, " + postgres.inWords());
            page.say("The first command is the one that has to load the relationship; all others find it in memory.");
            page.table(List.of("events", "the first, ms", "others: median, ms", "p99, ms"), commands);
            page.say("## Queries, by the events of the log, " + postgres.inWords());
            page.say("The history and the states are those of a relationship with %,d events."
                    .formatted(WITH_A_HISTORY));
            page.table(List.of("query", "events", "median, ms", "p99, ms"), queries);
        }
        page.write();
    }

    private void measure(
            Store.Postgres postgres,
            int size,
            boolean withDepths,
            List<List<String>> commands,
            List<List<String>> queries)
            throws Exception {
        Past past = new Past(size / (EVENTS_OF_A_RELATIONSHIP + 1), EVENTS_OF_A_RELATIONSHIP, EVENTS_OF_A_RELATIONSHIP);
        int historical = past.relationships();
        String events = postgres.database("events_" + size);
        postgres.database("read_" + size);
        try (SubjectInProcess filling = Who.RAPPORT.start(postgres, events, past)) {
            filling.ask("fill");
            filling.ask("deepen " + historical + " " + WITH_A_HISTORY);
            if (withDepths) {
                for (int i = 0; i < DEPTHS.length; i++) {
                    filling.ask("deepen " + (historical + 1 + i) + " " + DEPTHS[i]);
                }
            }
        }
        try (PackagedRapport rapport = PackagedRapport.on(
                postgres, "events_" + size, "read_" + size, folder.resolve("rapport-" + size), Who.CONNECTIONS)) {
            rapport.settle();
            postgres.execute("analyze");
            postgres.settle();
            queries(rapport, past, historical, queries);
            if (withDepths) {
                warmUp(rapport, past);
                for (int i = 0; i < DEPTHS.length; i++) {
                    commands.add(commands(rapport, historical + 1 + i, DEPTHS[i]));
                }
            }
        }
    }

    private static void warmUp(PackagedRapport rapport, Past past) throws IOException {
        Timed.of(rapport.port(), number -> interaction(number % past.relationships(), 1_000_000 + number), CREATED);
    }

    private static List<String> commands(PackagedRapport rapport, int relationship, int depth) throws IOException {
        rapport.settle();
        long first;
        try (Connection connection = new Connection(rapport.port())) {
            long begin = System.nanoTime();
            Connection.Answer answer = connection.send(interaction(relationship, 1_000_000));
            first = System.nanoTime() - begin;
            if (answer.status() != CREATED) {
                throw new IllegalStateException("answered " + answer);
            }
        }
        Durations others = Timed.of(rapport.port(), number -> interaction(relationship, 1_000_001 + number), CREATED);
        return List.of(
                "%,d".formatted(depth),
                Timed.millis(first),
                Timed.millis(others.atMost(0.5)),
                Timed.millis(others.atMost(0.99)));
    }

    private static byte[] interaction(int relationship, int number) {
        return Requests.of(new Step(relationship, number, Step.Kind.INTERACTION));
    }

    private static void queries(PackagedRapport rapport, Past past, int historical, List<List<String>> rows)
            throws IOException {
        String any = "/api/v1/relationships/R-";
        String one = any + historical;
        String state = "/api/v1/audit/relationships/R-" + historical + "/state";
        Instant now = Instant.now();
        Random random = new Random(1);
        IntFunction<String> someRelationship = _ -> any + random.nextInt(past.relationships());
        ask(rapport, "a relationship", past, someRelationship, "head", rows);
        ask(rapport, "the portfolio's first page", past, _ -> "/api/v1/relationships", "head", rows);
        ask(
                rapport,
                "a trust curve, weekly",
                past,
                number -> someRelationship.apply(number) + "/trust?interval=week",
                "head",
                rows);
        ask(rapport, "the history, its first page", past, _ -> one + "/history", "head", rows);
        ask(rapport, "the history, 500 events", past, _ -> one + "/history?limit=500", "head", rows);
        ask(
                rapport,
                "the state as of any version",
                past,
                _ -> state + "?version=" + (1 + random.nextInt(WITH_A_HISTORY)),
                "auditor",
                rows);
        ask(
                rapport,
                "the state as of a time",
                past,
                number -> state + "?knownAt=" + now + "&validAt=" + now.minusMillis(number),
                "auditor",
                rows);
    }

    private static void ask(
            PackagedRapport rapport,
            String what,
            Past past,
            IntFunction<String> paths,
            String user,
            List<List<String>> rows)
            throws IOException {
        Durations durations = Timed.of(rapport.port(), number -> Requests.get(paths.apply(number), user), OK);
        rows.add(List.of(
                what,
                "%,d".formatted(past.steps() + past.relationships()),
                Timed.millis(durations.atMost(0.5)),
                Timed.millis(durations.atMost(0.99))));
    }
}
