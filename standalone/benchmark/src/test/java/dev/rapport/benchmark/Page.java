package dev.rapport.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** A page of docs/performance, with its plots. It is told to whoever watches, too. */
final class Page {

    private static final Path FOLDER = Path.of(System.getProperty("rapport.benchmark.to", "../../docs/performance"));

    private final String name;
    private final StringBuilder text = new StringBuilder();

    /** The page of a part that has its name. */
    Page(String part, String title) throws IOException {
        this(part, part, title);
    }

    Page(String part, String name, String title) throws IOException {
        this.name = name;
        say("# " + title);
        say("Written by `mvn verify -Pbenchmark` (this page alone: `-Drapport.benchmark.only=" + part + "`) on "
                + LocalDate.now(ZoneOffset.UTC) + ", " + machine() + ".");
    }

    private static String machine() throws IOException {
        Runtime runtime = Runtime.getRuntime();
        return "%d cores (%s), %s of memory, %s %s, Java %s"
                .formatted(
                        runtime.availableProcessors(),
                        fromProc("/proc/cpuinfo", "model name"),
                        fromProc("/proc/meminfo", "MemTotal"),
                        System.getProperty("os.name"),
                        System.getProperty("os.version").replaceAll("[^0-9.].*", ""),
                        Runtime.version().feature());
    }

    private static String fromProc(String file, String key) throws IOException {
        Path proc = Path.of(file);
        return Files.exists(proc)
                ? Files.readAllLines(proc).stream()
                        .filter(line -> line.startsWith(key))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("unknown")
                : "unknown";
    }

    /** A paragraph. */
    void say(String paragraph) {
        text.append(paragraph).append("\n\n");
    }

    /**
     * A table, the first column of which is text and all others are figures.
     *
     * @param rows as many cells each as there are heads
     */
    void table(List<String> heads, List<List<String>> rows) {
        text.append("| ").append(String.join(" | ", heads)).append(" |\n|---|");
        text.append("---:|".repeat(heads.size() - 1)).append('\n');
        rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
        text.append('\n');
    }

    /** A plot beside the page. */
    void plot(String suffix, String title, Map<String, Sample> samples) throws IOException {
        String file = name + suffix + ".svg";
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve(file), new Bars(title, samples).svg());
        say("![" + title + "](" + file + ")");
    }

    void write() throws IOException {
        String page = text.toString().stripTrailing() + "\n";
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve(name + ".md"), page);
        System.out.println(page);
    }
}
