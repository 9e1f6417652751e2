package dev.rapport.query.seal;

import dev.rapport.events.seal.SignedNote;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * A file that checkpoints are appended to, and nothing is ever taken out of: on another machine, or on a medium that can only be appended
 * to, it tells what the log was whoever owns the database. One note after the other, an empty line after each; what a crash cut off is
 * passed over when it is read.
 */
final class CheckpointFile implements CheckpointDestination {

    private static final String END = "\n";
    private static final String SIGNATURE = "— ";
    private static final long NEWEST_PART = 64 * 1024;

    private final Path file;

    CheckpointFile(Path file) {
        this.file = file;
    }

    @Override
    public String name() {
        return "the file " + file;
    }

    @Override
    public void deliver(SignedNote checkpoint) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            String before = channel.size() == 0 || endsWell() ? "" : END + END;
            ByteBuffer bytes = ByteBuffer.wrap((before + checkpoint + END).getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private boolean endsWell() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer end = ByteBuffer.allocate(2);
            channel.read(end, Math.max(0, channel.size() - 2));
            return new String(end.array(), StandardCharsets.US_ASCII).equals("\n\n");
        }
    }

    /** All checkpoints, oldest first. */
    void read(Consumer<SignedNote> reader) {
        readFrom(0, reader);
    }

    /** The newest ones, oldest first. */
    void readNewest(Consumer<SignedNote> reader) {
        try {
            readFrom(Files.exists(file) ? Math.max(0, Files.size(file) - NEWEST_PART) : 0, reader);
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    private void readFrom(long start, Consumer<SignedNote> reader) {
        if (Files.notExists(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(channel.position(start)), StandardCharsets.UTF_8))) {
            StringBuilder note = new StringBuilder();
            boolean signed = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(SIGNATURE)) {
                    signed = true;
                } else if (signed) { // the empty line after a note, unless something was cut off
                    parse(note, reader);
                    note.setLength(0);
                    signed = false;
                    if (line.isEmpty()) {
                        continue;
                    }
                } else if (line.isEmpty() && (note.isEmpty() || note.charAt(note.length() - 2) == '\n')) {
                    note.setLength(0);
                    continue;
                }
                note.append(line).append('\n');
            }
            if (signed) {
                parse(note, reader);
            }
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    private static void parse(StringBuilder note, Consumer<SignedNote> reader) {
        SignedNote parsed;
        try {
            parsed = SignedNote.parse(note.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException cutOff) {
            return;
        }
        reader.accept(parsed);
    }

    private UncheckedIOException unreadable(IOException cause) {
        return new UncheckedIOException("the checkpoints kept in " + file + " cannot be read", cause);
    }
}
