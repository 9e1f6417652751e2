package dev.rapport.query.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns that a row has as CSV: a column for each component of its record, in their order, by the names that they have as JSON; those of
 * a record within it are called by both names, with a dot between. They depend on the record alone, never on the rows.
 */
final class Columns {

    private final List<Column> columns = new ArrayList<>();

    /** A column, and the properties that lead to its value. */
    record Column(String name, List<String> path) {}

    static List<Column> of(Type row) {
        var columns = new Columns();
        columns.add(row, List.of());
        return List.copyOf(columns.columns);
    }

    private void add(Type type, List<String> path) {
        Class<?> raw = (Class<?>) (type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type);
        if (!raw.isRecord() || !ViewSchemas.isStructure(raw)) {
            columns.add(new Column(String.join(".", path), path));
            return;
        }
        for (RecordComponent component : raw.getRecordComponents()) {
            if (ViewSchemas.annotation(component, JsonIgnore.class).isPresent()) {
                continue;
            }
            Type value = ViewSchemas.bound(component.getGenericType(), type);
            boolean unwrapped =
                    ViewSchemas.annotation(component, JsonUnwrapped.class).isPresent();
            add(value, unwrapped ? path : within(path, ViewSchemas.nameOf(component)));
        }
    }

    private static List<String> within(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return List.copyOf(longer);
    }
}
