package dev.rapport.command.imports;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads lines off a stream of any length, holding one at a time and never more of it than a line may have. */
final class Lines {

    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final int longest;
    private long number;

    /**
     * Reads off {@code in} to its end.
     *
     * @param longest the most bytes that a line may have; what is longer is read over, and told
     */
    Lines(InputStream in, int longest) {
        this.in = new BufferedInputStream(in, BUFFER);
        this.longest = longest;
    }

    /** A line, counted from 1, without its end; {@code content} is null when the line was too long. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and read once
    record Line(long number, byte @Nullable [] content) {

        boolean isBlank() {
            if (content == null) {
                return false;
            }
            for (byte b : content) {
                if (b != ' ' && b != '\t' && b != '\r') {
                    return false;
                }
            }
            return true;
        }
    }

    /** Whether the whole of the next line is there already, so that nobody has to wait for it. */
    boolean isMoreThere() throws IOException {
        int there = Math.min(in.available(), BUFFER);
        in.mark(BUFFER);
        try {
            for (int i = 0; i < there; i++) {
                if (in.read() == '\n') {
                    return true;
                }
            }
            return false;
        } finally {
            in.reset();
        }
    }

    /** The next line, or null at the end. */
    @Nullable
    Line next() throws IOException {
        int b = in.read();
        if (b < 0) {
            return null;
        }
        number++;
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        boolean tooLong = false;
        for (; b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() < longest) {
                line.write(b);
            } else {
                tooLong = true;
            }
        }
        return new Line(number, tooLong ? null : line.toByteArray());
    }
}
