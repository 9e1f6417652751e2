package dev.rapport.client.csv;

import dev.rapport.client.csv.Template.Column;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A command that a row becomes. */
record CommandTemplate(String command, Condition when, Condition unless, Map<String, FieldValue> fields) {

    CommandTemplate {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    Stream<Column> columns() {
        return Stream.of(
                        when.columns(),
                        unless.columns(),
                        fields.values().stream().flatMap(FieldValue::columns))
                .flatMap(columns -> columns);
    }

    boolean isMadeOf(Cells row) {
        return when.holdsOf(row) && (unless.isEmpty() || !unless.holdsOf(row));
    }

    /** Where each field comes from, by its pointer. */
    Map<String, String> origins() {
        return fields.entrySet().stream()
                .filter(field -> field.getValue().columns().findAny().isPresent())
                .collect(Collectors.toMap(
                        field -> "/" + field.getKey(),
                        field -> field.getValue()
                                .columns()
                                .map(Column::name)
                                .distinct()
                                .collect(Collectors.joining(", "))));
    }
}
