package dev.rapport.client;

import static dev.rapport.client.failure.Exit.FILE;
import static dev.rapport.client.failure.Exit.MISUSED;

import dev.rapport.client.failure.ClientFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files that a command reads and those that it writes, looked at before it does either. A file that is written is written over, or deleted where there
 * is nothing to say, so it may not be one that the command has another use for, by whatever name.
 */
final class FilesOfACommand {

    private final Map<String, Path> uses = new LinkedHashMap<>();

    /**
     * Notes a file that is read.
     *
     * @param use what it is, in words
     */
    FilesOfACommand reads(String use, Path file) {
        uses.put(use, file);
        return this;
    }

    /**
     * Notes a file that is replaced or deleted: nothing that was there before, but a file.
     *
     * @param use what it is, in words
     * @throws ClientFailure when it can't be
     */
    FilesOfACommand replaces(String use, Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new ClientFailure(
                    MISUSED,
                    use + " can't be written to " + file
                            + ", which is no file but a pipe or a device, and would be replaced or deleted");
        }
        return writes(use, file);
    }

    /**
     * Notes a file that is written into, which may be a pipe.
     *
     * @param use what it is, in words
     * @throws ClientFailure when it can't be
     */
    FilesOfACommand writes(String use, Path file) {
        if (Files.isDirectory(file)) {
            throw new ClientFailure(MISUSED, use + " can't be written to " + file + ", which is a folder");
        }
        uses.forEach((otherUse, other) -> {
            if (isSame(file, other)) {
                throw new ClientFailure(
                        MISUSED,
                        use + " can't be written to " + file + ", where " + otherUse + " is: name another file");
            }
        });
        uses.put(use, file);
        return this;
    }

    private static boolean isSame(Path one, Path other) {
        try {
            boolean areThere = Files.exists(one) && Files.exists(other);
            return areThere ? Files.isSameFile(one, other) : place(one).equals(place(other));
        } catch (IOException e) {
            throw new ClientFailure(
                    FILE, "it can't be told whether " + one + " and " + other + " are one file: " + e, e);
        }
    }

    /** Of a file that need not be there, in a folder that may be known by several names. */
    private static Path place(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        return folder == null || !Files.isDirectory(folder)
                ? absolute
                : folder.toRealPath().resolve(absolute.getFileName());
    }
}
