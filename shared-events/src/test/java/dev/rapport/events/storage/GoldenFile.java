package dev.rapport.events.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The stored form of an event as it landed, such as {@code CommitmentRecorded.1.json}: the event's name, its revision and, of events
 * with optional fields, {@code minimal} for the one without them. What was stored can't be changed, so no golden file ever is.
 */
record GoldenFile(String name) {

    private static final Path FOLDER = Path.of("src", "test", "resources", "events");
    private static final String ENDING = ".json";
    private static final String METADATA = "metadata";

    /** The names of all golden files of events. */
    static SortedSet<String> names() throws IOException {
        try (var files = Files.list(FOLDER)) {
            var names = new TreeSet<String>();
            files.map(file -> file.getFileName().toString())
                    .filter(file -> !file.startsWith(METADATA))
                    .forEach(file -> names.add(file.endsWith(ENDING) ? withoutEnding(file) : file));
            return names;
        }
    }

    private static String withoutEnding(String file) {
        return file.substring(0, file.length() - ENDING.length());
    }

    static GoldenFile ofMetadata(String of) {
        return new GoldenFile(METADATA + "." + of);
    }

    String event() {
        return parts().get(0);
    }

    String revision() {
        return parts().get(1);
    }

    private List<String> parts() {
        return List.of(name.split("\\.", -1));
    }

    boolean exists() {
        return Files.exists(path());
    }

    /** What was stored: the file without the line end that editors want. */
    String content() throws IOException {
        return Files.readString(path()).stripTrailing();
    }

    void writeIfMissing(String content) throws IOException {
        if (!exists()) {
            Files.writeString(path(), content + "\n");
        }
    }

    private Path path() {
        return FOLDER.resolve(name + ENDING);
    }

    @Override
    public String toString() {
        return path().toString();
    }
}
