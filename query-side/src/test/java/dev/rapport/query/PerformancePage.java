package dev.rapport.query;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a benchmark measured, as a page of docs/performance, written anew each time. */
final class PerformancePage {

    private static final Path FOLDER = Path.of("..", "docs", "performance");
    private static final double NANOS_OF_A_MILLISECOND = 1e6;
    private static final long BYTES_OF_A_MEBIBYTE = 1L << 20;

    private final String name;
    private final String title;
    private final List<String> said = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();

    PerformancePage(String name, String title) {
        this.name = name;
        this.title = title;
    }

    /** Something that the figures have to be read with. */
    void say(String sentence) {
        said.add(sentence);
    }

    /** Does something often enough for the virtual machine to know it, then so many times with a watch. */
    void measure(String what, String where, int times, Runnable work) {
        for (int i = 0; i < times; i++) {
            work.run();
        }
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            work.run();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        rows.add("| %s | %s | %s | %s | %d |"
                .formatted(what, where, milliseconds(nanos[times / 2]), milliseconds(nanos[times * 95 / 100]), times));
        System.out.println(rows.getLast());
    }

    /** Does something once, and tells how long it took. */
    Duration once(Runnable work) {
        Instant start = Instant.now();
        work.run();
        return Duration.between(start, Instant.now());
    }

    private static String milliseconds(long nanos) {
        return "%.1f".formatted(nanos / NANOS_OF_A_MILLISECOND);
    }

    void write() throws IOException {
        List<String> lines = new ArrayList<>(List.of("# " + title, ""));
        lines.add(
                "Written by the build (`mvn verify -Pbenchmark`), %s, on %d cores and %d MiB of heap at most, Java %s; what else the machine did is its load of %.0f."
                        .formatted(
                                Instant.now().atOffset(ZoneOffset.UTC).toLocalDate(),
                                Runtime.getRuntime().availableProcessors(),
                                Runtime.getRuntime().maxMemory() / BYTES_OF_A_MEBIBYTE,
                                Runtime.version().feature(),
                                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        lines.add("");
        said.forEach(sentence -> lines.add("- " + sentence));
        lines.addAll(List.of(
                "", "| asked | database | median, ms | 95th percentile, ms | times |", "|---|---|---:|---:|---:|"));
        lines.addAll(rows);
        Files.createDirectories(FOLDER);
        Files.write(FOLDER.resolve(name + ".md"), lines);
    }
}
