package dev.rapport.client.csv;

import dev.rapport.client.csv.Template.Column;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The cells of a row, by column. */
final class Cells {

    /** As exports write what a spreadsheet would take for a formula. */
    private static final Pattern GUARDED = Pattern.compile("'(?=[=+\\-@])");

    private final Map<Column, Integer> positions;
    private final List<String> cells;
    private final boolean isGuarded;

    Cells(Map<Column, Integer> positions, List<String> cells, boolean isGuarded) {
        this.positions = positions;
        this.cells = cells;
        this.isGuarded = isGuarded;
    }

    /** What is in the cell, without blanks around it; empty where the file has no such column, which only one that may be missing does. */
    String get(Column column) {
        Integer position = positions.get(column);
        if (position == null) {
            return "";
        }
        String cell = cells.get(position);
        return (isGuarded && GUARDED.matcher(cell).lookingAt() ? cell.substring(1) : cell).strip();
    }
}
