package dev.rapport.client.csv;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows as RFC 4180 has them, with any separator and any line end. It knows the line that a row begins in, which a file with notes of
 * many lines needs so that somebody finds the row.
 */
final class CsvReader {

    private static final int QUOTE = '"';
    private static final int END = -1;
    private static final int LONGEST_ROW = 1 << 22;

    private final Reader in;
    private final char separator;
    private long line;
    private int ahead;

    /**
     * Reads off a reader that can go back.
     *
     * @param line the number of the line that comes next
     */
    CsvReader(Reader in, char separator, long line) throws IOException {
        this.in = in;
        this.separator = separator;
        this.line = line;
        this.ahead = in.read();
    }

    /**
     * A row.
     *
     * @param line of the file that it begins in, counted from 1
     * @param fault what is wrong with it, if it can't be relied on
     */
    record Row(long line, List<String> cells, Optional<String> fault) {

        boolean isBlank() {
            return fault.isEmpty() && cells.size() == 1 && cells.get(0).isBlank();
        }
    }

    /** The next row that is not blank, or null at the end. */
    @Nullable
    Row next() throws IOException {
        Row row = row();
        while (row != null && row.isBlank()) {
            row = row();
        }
        return row;
    }

    private @Nullable Row row() throws IOException {
        if (ahead == END) {
            return null;
        }
        long begins = line;
        List<String> cells = new ArrayList<>();
        Optional<String> fault = Optional.empty();
        int size = 0;
        while (true) {
            StringBuilder cell = new StringBuilder();
            if (ahead == QUOTE) {
                Optional<String> inCell = quoted(cell, begins);
                fault = fault.or(() -> inCell);
            } else {
                while (ahead != separator && !isLineEnd()) {
                    append(cell);
                }
            }
            cells.add(cell.toString());
            size += cell.length();
            if (size > LONGEST_ROW) {
                throw tooLong(begins);
            }
            if (ahead != separator) {
                endLine();
                return new Row(begins, List.copyOf(cells), fault);
            }
            advance();
        }
    }

    private Optional<String> quoted(StringBuilder cell, long begins) throws IOException {
        long opened = line;
        advance();
        while (true) {
            if (ahead == END) {
                return Optional.of("the quote that opens in line " + opened + " is never closed");
            }
            if (ahead != QUOTE) {
                append(cell);
                if (cell.length() > LONGEST_ROW) {
                    throw tooLong(begins);
                }
            } else {
                advance();
                if (ahead != QUOTE) {
                    break;
                }
                append(cell);
            }
        }
        if (ahead == separator || isLineEnd()) {
            return Optional.empty();
        }
        while (ahead != separator && !isLineEnd()) {
            append(cell);
        }
        return Optional.of("text follows a closing quote, in the cell that opens in line " + opened);
    }

    private static IOException tooLong(long begins) {
        return new IOException("the row that begins in line " + begins + " has more than " + LONGEST_ROW
                + " characters; is a quote in it not closed?");
    }

    private boolean isLineEnd() {
        return ahead == '\n' || ahead == '\r' || ahead == END;
    }

    private void endLine() throws IOException {
        if (ahead == '\r') {
            in.mark(1);
            if (in.read() != '\n') {
                in.reset();
            }
            ahead = '\n';
        }
        if (ahead == '\n') {
            advance();
        }
    }

    /** Adds the next character; a line end within quotes counts as one, however it is written. */
    private void append(StringBuilder cell) throws IOException {
        if (ahead == '\r') {
            in.mark(1);
            if (in.read() != '\n') {
                in.reset();
            }
            ahead = '\n';
        }
        cell.append((char) ahead);
        advance();
    }

    private void advance() throws IOException {
        if (ahead == '\n') {
            line++;
        }
        ahead = in.read();
    }
}
