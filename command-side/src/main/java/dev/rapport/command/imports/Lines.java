package dev.rapport.command.imports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads lines off a stream of any length, holding one at a time and never more of it than a line may have. */
final class Lines {

    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[BUFFER];
    private int begin;
    private int end;
    private long number;

    /**
     * Reads off {@code in} to its end.
     *
     * @param longest the most bytes that a line may have; what is longer is read over, and told
     */
    Lines(InputStream in, int longest) {
        this.in = in;
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
        int searched = 0;
        while (endOfLine(begin + searched) < 0) {
            searched = end - begin;
            if (!readWhatIsThere()) {
                return false;
            }
        }
        return true;
    }

    /** Adds to the buffer what can be read without waiting, if it has room. */
    private boolean readWhatIsThere() throws IOException {
        System.arraycopy(buffer, begin, buffer, 0, end - begin);
        end -= begin;
        begin = 0;
        int most = Math.min(in.available(), buffer.length - end);
        int read = most <= 0 ? -1 : in.read(buffer, end, most);
        end += Math.max(read, 0);
        return read > 0;
    }

    private int endOfLine(int from) {
        for (int i = from; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** The next line, or null at the end. */
    @Nullable
    Line next() throws IOException {
        if (begin == end && !readOn()) {
            return null;
        }
        number++;
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        long length = 0;
        int lineEnd = endOfLine(begin);
        while (lineEnd < 0) {
            length += take(end, line);
            if (!readOn()) {
                return line(line, length);
            }
            lineEnd = endOfLine(begin);
        }
        length += take(lineEnd, line);
        begin++;
        return line(line, length);
    }

    private Line line(ByteArrayOutputStream line, long length) {
        return new Line(number, length > longest ? null : line.toByteArray());
    }

    /** Takes what comes before a place off the buffer, and holds as much of it as a line may have. */
    private int take(int until, ByteArrayOutputStream line) {
        int taken = until - begin;
        line.write(buffer, begin, Math.min(taken, longest - line.size()));
        begin = until;
        return taken;
    }

    /** Fills the empty buffer anew, waiting for it if need be; false at the end. */
    private boolean readOn() throws IOException {
        begin = 0;
        end = Math.max(in.read(buffer, 0, buffer.length), 0);
        return end > 0;
    }
}
