package dev.rapport.client.imports;

import static dev.rapport.client.failure.Exit.FILE;

import dev.rapport.client.failure.ClientFailure;
import dev.rapport.client.json.Json;
import dev.rapport.client.json.Json.MalformedJson;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How far an import is, in a file beside the one that is imported, so that it goes on there after whatever ended it. Gone when the import is done. */
public final class Journal {

    private static final String FORMAT = "rapport-import-1";
    private static final Beginning BEGINNING = new Beginning("{\"format\":\"" + FORMAT + "\"");

    private final Path file;

    Journal(Path file) {
        this.file = file;
    }

    /**
     * How far an import is.
     *
     * @param server where it goes to
     * @param caller who is asked to be believed to import
     * @param trail the hash of the items that were dealt with
     * @param reported how many bytes the report of what was refused has
     */
    record Entry(String server, String caller, Counts counts, String trail, long reported) {}

    Path file() {
        return file;
    }

    /** Where the next entry of a journal is written, before it takes the place of the one before. */
    public static Path next(Path journal) {
        return journal.resolveSibling(journal.getFileName() + ".next");
    }

    /** Whether a file is a journal. */
    public static boolean isOne(Path file) throws IOException {
        return BEGINNING.isOf(file);
    }

    /** How far an earlier run came, if it didn't come to its end. */
    Optional<Entry> read() {
        try {
            Json entry = Json.read(Files.readAllBytes(file));
            if (!entry.get("format").text().equals(FORMAT)) {
                throw unreadable("it is of another kind");
            }
            return Optional.of(new Entry(
                    entry.get("server").text(),
                    entry.get("caller").text(),
                    new Counts(
                            entry.get("accepted").asLong(),
                            entry.get("repeated").asLong(),
                            entry.get("refused").asLong(),
                            entry.get("unusable").asLong(),
                            entry.get("passedOver").asLong()),
                    entry.get("trail").text(),
                    entry.get("reported").asLong()));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (MalformedJson e) {
            throw unreadable(e.where());
        } catch (IOException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
    }

    private ClientFailure unreadable(String why) {
        return new ClientFailure(
                FILE,
                file + " should tell how far an earlier import came, and can't be read: " + why
                        + "; --restart begins anew");
    }

    /** Replaced as a whole, so that a run that is killed meanwhile leaves the one before. */
    void write(Entry entry) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", FORMAT);
        fields.put("server", entry.server());
        fields.put("caller", entry.caller());
        fields.put("accepted", entry.counts().accepted());
        fields.put("repeated", entry.counts().repeated());
        fields.put("refused", entry.counts().refused());
        fields.put("unusable", entry.counts().unusable());
        fields.put("passedOver", entry.counts().passedOver());
        fields.put("trail", entry.trail());
        fields.put("reported", entry.reported());
        Path next = next(file);
        Files.write(next, Json.of(fields).write());
        try {
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(next(file));
        Files.deleteIfExists(file);
    }
}
