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
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A file that checkpoints are appended to, and nothing is ever taken out of: on another machine, or on a medium that can only be appended
 * to, it tells what the log was whoever owns the database. One note after the other, an empty line after each; what a crash cut off is
 * passed over when it is read.
 */
final class CheckpointFile implements CheckpointDestination {

    private static final String END = "\n";
    private static final String SIGNATURE = "— ";

    /** Of Ed25519, in bytes. */
    private static final int SIGNATURE_SIZE = 64;

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
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        Channels.newInputStream(channel.position(start)), StandardCharsets.UTF_8))) {
            Parser parser = new Parser(reader);
            lines.lines().forEach(parser::take);
            parser.endOfNote();
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    /** Takes the file line by line: a note is a paragraph, an empty line, and signatures. Whatever is not, somebody was kept from writing. */
    private static final class Parser {

        private final Consumer<SignedNote> reader;
        private final StringBuilder paragraph = new StringBuilder();
        private final StringBuilder signatures = new StringBuilder();
        private String text = "";

        Parser(Consumer<SignedNote> reader) {
            this.reader = reader;
        }

        void take(String line) {
            if (line.startsWith(SIGNATURE) && paragraph.isEmpty()) {
                signatures.append(line).append('\n');
            } else if (!signatures.isEmpty()) {
                endOfNote();
                paragraph.append(line.isEmpty() ? "" : line + "\n");
            } else if (line.isEmpty()) {
                text = paragraph.toString();
                paragraph.setLength(0);
            } else {
                paragraph.append(line).append('\n');
            }
        }

        void endOfNote() {
            if (!signatures.isEmpty()) {
                parsed(text + "\n" + signatures).filter(Parser::isWhole).ifPresent(reader);
            }
            text = "";
            signatures.setLength(0);
        }

        private static Optional<SignedNote> parsed(String note) {
            try {
                return Optional.of(SignedNote.parse(note.getBytes(StandardCharsets.UTF_8)));
            } catch (IllegalArgumentException cutOff) {
                return Optional.empty();
            }
        }

        private static boolean isWhole(SignedNote note) {
            return note.signatures().stream().allMatch(signature -> signature.bytes().length == SIGNATURE_SIZE);
        }
    }

    private UncheckedIOException unreadable(IOException cause) {
        return new UncheckedIOException("the checkpoints kept in " + file + " cannot be read", cause);
    }
}
