package dev.rapport.client.csv;

import dev.rapport.client.csv.Template.Column;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Something that holds of a row or doesn't: each column has one of the values that are listed for it, without regard to case.
 *
 * @param values by column; {@code *} is any that is not empty
 */
record Condition(Map<Column, List<String>> values) {

    private static final String ANY = "*";

    Stream<Column> columns() {
        return values.keySet().stream();
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    boolean holdsOf(Cells row) {
        return values.entrySet().stream().allMatch(column -> {
            String cell = row.get(column.getKey());
            return column.getValue().stream()
                    .anyMatch(value -> value.equals(ANY) ? !cell.isEmpty() : value.equalsIgnoreCase(cell));
        });
    }
}
