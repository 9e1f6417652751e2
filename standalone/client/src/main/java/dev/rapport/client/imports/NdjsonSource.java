package dev.rapport.client.imports;

import dev.rapport.client.imports.Item.Command;
import dev.rapport.client.imports.Item.Place;
import dev.rapport.client.imports.Item.Unusable;
import dev.rapport.client.json.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file that has a command a line already. */
public final class NdjsonSource implements Source {

    /** The longest line that Rapport takes. */
    private static final int LONGEST_LINE = 1 << 20;

    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final long size;
    private long number;
    private long read;

    public NdjsonSource(Path file) throws IOException {
        size = Files.size(file);
        in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    }

    @Override
    public @Nullable Item next() throws IOException {
        byte[] line = line();
        while (line != null && isBlank(line)) {
            line = line();
        }
        if (line == null) {
            return null;
        }
        Place place = new Place(number, 0, read);
        return line.length > LONGEST_LINE
                ? new Unusable(
                        place, Json.MISSING, Json.object("title", "The line has more than " + LONGEST_LINE + " bytes"))
                : new Command(place, line, Map.of());
    }

    /** Without its end; of a line that is too long, one byte more than it may have. */
    private byte @Nullable [] line() throws IOException {
        int b = read();
        if (b < 0) {
            return null;
        }
        number++;
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        for (; b >= 0 && b != '\n'; b = read()) {
            if (line.size() <= LONGEST_LINE) {
                line.write(b);
            }
        }
        byte[] bytes = line.toByteArray();
        return number == 1 && isMarked(bytes) ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
    }

    /** Some programs say that a file is UTF-8 by three bytes in front. */
    private static boolean isMarked(byte[] line) {
        return line.length >= 3 && line[0] == (byte) 0xEF && line[1] == (byte) 0xBB && line[2] == (byte) 0xBF;
    }

    private int read() throws IOException {
        int b = in.read();
        read += b < 0 ? 0 : 1;
        return b;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
