package dev.rapport.client.imports;

import dev.rapport.client.imports.Item.Command;
import dev.rapport.client.imports.Item.Place;
import dev.rapport.client.imports.Item.Unusable;
import dev.rapport.client.json.Json;
import dev.rapport.client.json.Json.MalformedJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was not imported and why: line by line in a file, which is there only if something was refused, and in sum. An import that goes on
 * cuts off what the file says of items that it will deal with again. The lines of a dry run say that they are of one: nobody needs them to
 * go on, so another dry run may replace them, but not those of an import in earnest.
 */
public final class RefusalReport implements AutoCloseable {

    private static final int FIRST_ONES = 5;
    private static final String DRY_RUN = "dryRun";

    /** What every line of an import in earnest begins with, and none of a dry run. */
    private static final Beginning IN_EARNEST = new Beginning("{\"line\":");

    private final Path file;
    private final boolean isDry;
    private final Map<String, Long> reasons = new TreeMap<>();
    private final List<Shown> first = new ArrayList<>();
    private @Nullable FileChannel channel;
    private @Nullable OutputStream out;
    private long written;

    /** A refusal as it is shown. */
    public record Shown(Place place, Json problem) {}

    private RefusalReport(Path file, boolean isDry) {
        this.file = file;
        this.isDry = isDry;
    }

    /** Whether a file looks like what an import in earnest left out: so it begins. */
    public static boolean isInEarnest(Path file) throws IOException {
        return IN_EARNEST.isOf(file);
    }

    /** That of a dry run, which begins. */
    static RefusalReport ofADryRun(Path file) throws IOException {
        Files.deleteIfExists(file);
        return new RefusalReport(file, true);
    }

    /**
     * That of an import in earnest, which goes on after so many bytes.
     *
     * @param written 0 for one that begins
     */
    public static RefusalReport in(Path file, long written) throws IOException {
        RefusalReport report = new RefusalReport(file, false);
        if (written == 0) {
            Files.deleteIfExists(file);
        } else {
            FileChannel channel = report.open();
            if (channel.size() < written) {
                channel.close();
                throw new IOException(file + " has lost lines since the import was broken off");
            }
            channel.truncate(written);
            channel.position(written);
            report.written = written;
            report.recall();
        }
        return report;
    }

    /** So that the sum is that of the whole import. */
    private void recall() throws IOException {
        try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
            for (String line : (Iterable<String>) lines::iterator) {
                Json refusal = Json.read(line.getBytes(StandardCharsets.UTF_8));
                note(new Place(refusal.get("line").asLong(), refusal.get("row").asLong(), 0), refusal.get("problem"));
            }
        } catch (MalformedJson e) {
            throw new IOException(file + " is not the report that the import left: " + e.where(), e);
        }
    }

    /** Rapport refused a command. */
    void refused(Command command, Json problem) throws IOException {
        add(command.place(), sent(command), withColumns(problem, command.columns()));
    }

    /** Something can't become a command. */
    void unusable(Unusable item) throws IOException {
        add(item.place(), item.content(), item.problem());
    }

    private static Json sent(Command command) {
        try {
            return Json.read(command.line());
        } catch (MalformedJson asItStands) {
            return Json.of(new String(command.line(), StandardCharsets.UTF_8));
        }
    }

    /** With the column that a field came from beside its pointer: whoever mends it mends it there. */
    static Json withColumns(Json problem, Map<String, String> columns) {
        if (columns.isEmpty() || !problem.get("errors").isArray()) {
            return problem;
        }
        Map<String, Object> told = new LinkedHashMap<>(problem.fields());
        told.put(
                "errors",
                problem.get("errors").items().stream()
                        .map(fault -> withColumn(fault, columns))
                        .toList());
        return Json.of(told);
    }

    private static Json withColumn(Json fault, Map<String, String> columns) {
        String field = fault.get("pointer").text().replaceFirst("^(/[^/]*).*", "$1");
        if (!columns.containsKey(field)) {
            return fault;
        }
        Map<String, Object> told = new LinkedHashMap<>(fault.fields());
        told.put("column", columns.get(field));
        return Json.of(told);
    }

    private void add(Place place, Json content, Json problem) throws IOException {
        note(place, problem);
        Map<String, Object> line = new LinkedHashMap<>();
        if (isDry) {
            line.put(DRY_RUN, true);
        }
        line.putAll(place.fields());
        if (content.isThere()) {
            line.put(content.isObject() ? "command" : "text", content);
        }
        line.put("problem", problem);
        if (channel == null) {
            open();
        }
        byte[] bytes = Json.of(line).write();
        if (out != null) {
            out.write(bytes);
            out.write('\n');
        }
        written += bytes.length + 1;
    }

    private void note(Place place, Json problem) {
        reasons.merge(problem.get("title").text(), 1L, Long::sum);
        if (first.size() < FIRST_ONES) {
            first.add(new Shown(place, problem));
        }
    }

    private FileChannel open() throws IOException {
        FileChannel opened = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel = opened;
        out = new BufferedOutputStream(Channels.newOutputStream(opened));
        return opened;
    }

    /** How many bytes the file has, all of which are in it now. */
    long written() throws IOException {
        if (out != null) {
            out.flush();
        }
        return written;
    }

    public Path file() {
        return file;
    }

    /** How often each kind of problem occurred. */
    public Map<String, Long> reasons() {
        return Map.copyOf(reasons);
    }

    /** The first of them. */
    public List<Shown> first() {
        return List.copyOf(first);
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
