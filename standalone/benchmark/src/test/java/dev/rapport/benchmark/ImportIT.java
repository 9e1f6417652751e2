package dev.rapport.benchmark;

import dev.rapport.benchmark.rapport.ImportFile;
import dev.rapport.benchmark.subject.Past;
import dev.rapport.benchmark.subject.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** How many lines a second an import takes, beside single commands in process. */
@Tag("benchmark")
@EnabledIfSystemProperty(named = Part.ONLY, matches = "|.*\\bimport\\b.*")
class ImportIT {

    private static final int FIRST_OVER_HTTP = 2_000_000;

    @TempDir
    private Path folder;

    /** Something that goes on for a while. */
    @FunctionalInterface
    private interface Way {
        Run run(Duration length) throws Exception;
    }

    @Test
    void lines_are_measured() throws Exception {
        Past past = Part.past();
        Page page = new Page("import", "Imports");
        page.say("A file of new stakeholders and relationships with what happened in them, in the order of its"
                + " happening, 100 relationships at a time, so that a line is hardly ever about the same"
                + " relationship as the one before; mix and texts as in [commands in process](commands.md). Each"
                + " line is kept from being imported twice. Beside it single commands with an idempotency key,"
                + " each of which waits until it is on disk, by one thread and by %d. After %d s to warm up, %d rounds of %d s in which they take turns, each"
                        .formatted(Who.THREADS, Part.WARM_UP.toSeconds(), Part.ROUNDS, Part.ROUND.toSeconds())
                + " after a checkpoint. Over HTTP the file is posted to the packaged jar while its answer is"
                + " read; the seal and all projections are running there.");
        try (Store.Postgres postgres = Store.Postgres.start()) {
            measure(page, postgres, past);
        }
        page.write();
    }

    private void measure(Page page, Store.Postgres postgres, Past past) throws Exception {
        String events = postgres.database("http_events");
        postgres.database("http_read");
        Past none = new Past(1, 1, 1);
        try (SubjectInProcess single =
                        Who.RAPPORT_KEYED.start(postgres, postgres.database("single_commands"), past, Who.THREADS);
                SubjectInProcess alone = Who.RAPPORT_KEYED.start(postgres, postgres.database("alone"), past, 1);
                SubjectInProcess importing =
                        Who.RAPPORT_KEYED.start(postgres, postgres.database("imports"), none, Who.THREADS)) {
            // makes the tables, so that what the packaged jar pays for is the import
            Who.RAPPORT.start(postgres, events, none).close();
            try (PackagedRapport packaged = PackagedRapport.on(
                    postgres, "http_events", "http_read", folder.resolve("rapport"), Who.CONNECTIONS)) {
                single.ask("fill");
                alone.ask("fill");
                OverHttp overHttp = new OverHttp(packaged);
                Map<String, Way> ways = new LinkedHashMap<>();
                ways.put("single commands, one thread", alone::run);
                ways.put("single commands, %d threads".formatted(Who.THREADS), single::run);
                ways.put("import, in process", length -> Run.read(importing.ask("import " + length.toMillis())));
                ways.put("import, over HTTP", overHttp::run);
                report(page, postgres, takeTurns(postgres, ways));
            }
        }
    }

    private static Map<String, Sample> takeTurns(Store store, Map<String, Way> ways) throws Exception {
        Map<String, List<Run>> runs = new LinkedHashMap<>();
        for (Map.Entry<String, Way> way : ways.entrySet()) {
            way.getValue().run(Part.WARM_UP);
            runs.put(way.getKey(), new ArrayList<>());
        }
        List<String> names = List.copyOf(ways.keySet());
        for (int round = 0; round < Part.ROUNDS; round++) {
            for (int turn = 0; turn < names.size(); turn++) {
                String name = names.get((round + turn) % names.size());
                store.settle();
                runs.get(name).add(ways.get(name).run(Part.ROUND));
            }
        }
        Map<String, Sample> rates = new LinkedHashMap<>();
        runs.forEach((name, all) -> rates.put(
                name, new Sample(all.stream().mapToDouble(Run::perSecond).toArray())));
        return rates;
    }

    private static void report(Page page, Store.Postgres postgres, Map<String, Sample> rates)
            throws IOException, SQLException {
        page.say("## " + postgres.inWords());
        List<Sample> all = List.copyOf(rates.values());
        double alone = all.get(0).median();
        double single = all.get(1).median();
        List<List<String>> rows = new ArrayList<>();
        rates.forEach((name, rate) -> rows.add(List.of(
                name,
                Sample.say(rate.median()),
                rate.spread(),
                Sample.say(rate.median() / alone),
                Sample.say(rate.median() / single))));
        page.table(
                List.of(
                        "",
                        "commands/s",
                        "least to most",
                        "times one thread's",
                        "times %d threads'".formatted(Who.THREADS)),
                rows);
        page.plot(
                "",
                "Commands a second, single and imported, " + postgres.inWords().replace("`", ""),
                rates);
    }

    /** Posts one file after the other. */
    private static final class OverHttp {

        private static final int CHUNK = 1 << 14;

        private final PackagedRapport rapport;
        private int next = FIRST_OVER_HTTP;

        OverHttp(PackagedRapport rapport) {
            this.rapport = rapport;
        }

        /** As long as it takes until the last answer has come; the projections catch up after that, outside of what is measured. */
        Run run(Duration length) throws Exception {
            long begin = System.nanoTime();
            ImportFile file = new ImportFile(next, begin + length.toNanos());
            Connection.Answer answer;
            try (Connection connection = new Connection(rapport.port());
                    ExecutorService sender = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Void> sent = sender.submit((Callable<Void>) () -> {
                    send(file, connection.body());
                    return null;
                });
                answer = connection.read();
                sent.get();
            }
            long nanos = System.nanoTime() - begin;
            next = file.next();
            String summary = answer.body().strip();
            summary = summary.substring(summary.lastIndexOf('\n') + 1);
            if (!summary.contains("\"accepted\":" + file.count() + ",")) {
                throw new IllegalStateException(file.count() + " lines, and " + summary);
            }
            rapport.settle();
            return new Run(file.count(), nanos, 0, 0);
        }

        private static void send(ImportFile file, OutputStream out) throws IOException {
            out.write((Requests.head("POST", "/api/v1/imports", "head")
                            + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            byte[] chunk = new byte[CHUNK];
            for (int size = file.readNBytes(chunk, 0, CHUNK); size > 0; size = file.readNBytes(chunk, 0, CHUNK)) {
                out.write((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.UTF_8));
                out.write(chunk, 0, size);
                out.write('\r');
                out.write('\n');
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
