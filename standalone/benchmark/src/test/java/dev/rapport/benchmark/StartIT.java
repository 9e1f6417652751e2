package dev.rapport.benchmark;

import dev.rapport.benchmark.subject.Past;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** How long the embedded default takes from its start to its first answer, with a past, and what memory it has when nothing goes on. */
@Tag("benchmark")
@EnabledIfSystemProperty(named = Part.ONLY, matches = "|.*\\bstart\\b.*")
class StartIT {

    private static final int EVENTS = Integer.getInteger("rapport.benchmark.events-at-start", 100_000);
    private static final int ROUNDS = Part.ROUNDS;
    private static final int EVENTS_OF_A_RELATIONSHIP = 25;
    private static final Path JAR = Path.of("..", "target", "rapport.jar");
    private static final String HEAP = "-Xmx256m";

    /** How long nothing goes on before the memory is looked at. */
    private static final long IDLE = 10;

    @TempDir
    private Path folder;

    @Test
    void is_measured() throws Exception {
        Path data = folder.resolve("data");
        Past past =
                new Past(EVENTS / (EVENTS_OF_A_RELATIONSHIP + 1), EVENTS_OF_A_RELATIONSHIP, EVENTS_OF_A_RELATIONSHIP);
        try (Store.H2 h2 = Store.H2.in(data)) {
            try (SubjectInProcess filling = Who.RAPPORT.start(h2, h2.database("events"), past)) {
                filling.ask("fill");
            }
        }
        try (PackagedRapport projecting = PackagedRapport.start(data, List.of("-Xmx1g", "-jar", JAR.toString()))) {
            projecting.awaitReady();
            projecting.settle();
        }
        Map<String, List<String>> ways = ways();
        Map<String, List<Double>> answered = new LinkedHashMap<>();
        Map<String, List<Double>> resident = new LinkedHashMap<>();
        ways.keySet().forEach(way -> {
            answered.put(way, new ArrayList<>());
            resident.put(way, new ArrayList<>());
        });
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<String, List<String>> way : ways.entrySet()) {
                try (PackagedRapport rapport = PackagedRapport.start(data, way.getValue())) {
                    rapport.awaitAnswer(Requests.get("/api/v1/relationships", "head"));
                    answered.get(way.getKey()).add((System.nanoTime() - rapport.startedAt()) / 1e9);
                    TimeUnit.SECONDS.sleep(IDLE);
                    resident.get(way.getKey()).add(rapport.residentKib() / 1024.0);
                }
            }
        }
        report(past, answered, resident);
    }

    /** As plain jar; unpacked, as its own tools do it; and unpacked with an AOT cache of what a first run loaded and linked. */
    private Map<String, List<String>> ways() throws Exception {
        Path unpacked = folder.resolve("unpacked");
        run(List.of("-Djarmode=tools", "-jar", JAR.toString(), "extract", "--destination", unpacked.toString()));
        Path jar = unpacked.resolve(JAR.getFileName());
        Path cache = folder.resolve("rapport.aot");
        try (PackagedRapport trained = PackagedRapport.start(
                folder.resolve("training"), List.of(HEAP, "-XX:AOTCacheOutput=" + cache, "-jar", jar.toString()))) {
            trained.awaitAnswer(Requests.get("/api/v1/relationships", "head"));
        }
        if (!Files.exists(cache)) {
            throw new IllegalStateException("there is no AOT cache");
        }
        Map<String, List<String>> ways = new LinkedHashMap<>();
        ways.put("the packaged jar", List.of(HEAP, "-jar", JAR.toString()));
        ways.put("unpacked", List.of(HEAP, "-jar", jar.toString()));
        ways.put("unpacked, with an AOT cache", List.of(HEAP, "-XX:AOTCache=" + cache, "-jar", jar.toString()));
        ways.put(
                "AOT cache, simple compiler, serial collector",
                List.of(
                        HEAP,
                        "-XX:AOTCache=" + cache,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-jar",
                        jar.toString()));
        return ways;
    }

    private static void run(List<String> java) throws Exception {
        List<String> command = new ArrayList<>(java);
        command.addFirst(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        int result = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (result != 0) {
            throw new IllegalStateException(command + " ended with " + result);
        }
    }

    private static void report(Past past, Map<String, List<Double>> answered, Map<String, List<Double>> resident)
            throws Exception {
        Page page = new Page("start", "From start to first answer");
        page.say(
                "The embedded default on H2 with %,d events stored and projected, a heap of at most 256 MiB: seconds from the start of the process to the answer of"
                                .formatted(past.steps() + past.relationships())
                        + " `GET /api/v1/relationships`, which is asked for every 5 ms, with HTTP Basic; %d starts of each, taking turns. Resident memory is the"
                                .formatted(ROUNDS)
                        + " kernel's `VmRSS`, %d s after the answer. The last line is with `-XX:TieredStopAtLevel=1 -XX:+UseSerialGC`."
                                .formatted(IDLE));
        List<List<String>> rows = new ArrayList<>();
        Map<String, Sample> bars = new LinkedHashMap<>();
        answered.forEach((way, seconds) -> {
            Sample start = sample(seconds);
            Sample memory = sample(resident.get(way));
            bars.put(way, start);
            rows.add(List.of(
                    way, Sample.say(start.median()), start.spread(), Sample.say(memory.median()), memory.spread()));
        });
        page.table(List.of("", "first answer, s", "least to most", "resident, MiB", "least to most"), rows);
        page.plot("", "Seconds from start to first answer", bars);
        page.write();
    }

    private static Sample sample(List<Double> values) {
        return new Sample(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
