package dev.rapport.query.database;

import java.util.List;
import java.util.Objects;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a table that rows are written in. Rows of which millions are written are arrays of values in this order: a record that can be
 * changed, and knows of each column whether it was, takes longer to make than to write.
 */
public record Columns(Table<?> table, List<String> names) {

    public Columns {
        names = List.copyOf(names);
    }

    public static Columns of(Table<?> table, TableField<?, ?>... fields) {
        return new Columns(table, List.of(fields).stream().map(Field::getName).toList());
    }

    /** A column that holds texts. */
    public Field<String> text(int column) {
        return Objects.requireNonNull(table.field(names.get(column), String.class));
    }

    /** A row with these values, in the order of the columns. */
    public @Nullable Object[] row(@Nullable Object... values) {
        if (values.length != names.size()) {
            throw new IllegalArgumentException(values.length + " values for the columns " + names);
        }
        return values;
    }
}
