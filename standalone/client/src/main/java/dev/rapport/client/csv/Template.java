package dev.rapport.client.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with columns in braces. A column with a question mark may be missing from the file. Where all of its columns are empty there is no
 * text at all, whatever stands between them.
 */
record Template(String text, List<Part> parts) {

    private static final Pattern COLUMN = Pattern.compile("\\{([^{}]+?)(\\??)}");

    /** A text as it stands, or a column. */
    record Part(String text, Optional<Column> column) {}

    /** A column, by the name that the mapping gives it. */
    record Column(String name, boolean mayBeMissing) {

        static Column named(String written) {
            return written.endsWith("?")
                    ? new Column(written.substring(0, written.length() - 1), true)
                    : new Column(written, false);
        }
    }

    static Template of(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher columns = COLUMN.matcher(text);
        int end = 0;
        while (columns.find()) {
            parts.add(new Part(text.substring(end, columns.start()), Optional.empty()));
            parts.add(new Part(
                    "",
                    Optional.of(new Column(columns.group(1), !columns.group(2).isEmpty()))));
            end = columns.end();
        }
        parts.add(new Part(text.substring(end), Optional.empty()));
        return new Template(text, List.copyOf(parts));
    }

    List<Column> columns() {
        return parts.stream().map(Part::column).flatMap(Optional::stream).toList();
    }

    /** The text for a row. */
    Optional<String> fill(Cells row) {
        StringBuilder filled = new StringBuilder();
        boolean isEmpty = !columns().isEmpty();
        for (Part part : parts) {
            String text = part.column().map(row::get).orElse(part.text());
            isEmpty &= part.column().isEmpty() || text.isEmpty();
            filled.append(text);
        }
        String whole = filled.toString().strip();
        return isEmpty || whole.isEmpty() ? Optional.empty() : Optional.of(whole);
    }
}
