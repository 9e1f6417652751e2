package dev.rapport.query.database;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Rows in the text form that PostgreSQL's COPY reads: a line each, tabs between the values. */
final class CopiedRows {

    private final StringBuilder text = new StringBuilder();

    void add(Record row, int[] columns) {
        for (int at = 0; at < columns.length; at++) {
            if (at > 0) {
                text.append('\t');
            }
            add(row.get(columns[at]));
        }
        text.append('\n');
    }

    private void add(@Nullable Object value) {
        switch (value) {
            case null -> text.append("\\N");
            case String string -> addEscaped(string);
            case byte[] bytes -> text.append("\\\\x").append(HexFormat.of().formatHex(bytes));
            case Instant instant -> text.append(instant);
            case LocalDate day -> text.append(day);
            case Number number -> text.append(number);
            case Boolean truth -> text.append(truth ? 't' : 'f');
            default -> throw new IllegalArgumentException("nothing says how to copy a " + value.getClass());
        }
    }

    private void addEscaped(String string) {
        int written = 0;
        for (int at = 0; at < string.length(); at++) {
            String escape = switch (string.charAt(at)) {
                case '\\' -> "\\\\";
                case '\t' -> "\\t";
                case '\n' -> "\\n";
                case '\r' -> "\\r";
                default -> null;
            };
            if (escape != null) {
                text.append(string, written, at).append(escape);
                written = at + 1;
            }
        }
        text.append(string, written, string.length());
    }

    InputStream stream() {
        return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
