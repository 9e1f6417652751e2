package dev.rapport.query.database;

import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.TableRecord;
import org.jooq.UpdatableRecord;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.stereotype.Component;

/**
 * Writes the rows of a batch, as many at a time as the database takes: one statement for all rows of a table that set the same columns, made
 * once. (The driver of PostgreSQL makes few statements of many values of them. jOOQ's batches render each row's statement anew, which cost a
 * third of a projection's time.) No row may be in a batch twice.
 *
 * <p>While a generation is filled with streams that it knows nothing of yet, there is no row to replace: then rows are only added.
 */
@Component
public class BatchWriter {

    private static final ScopedValue<Boolean> ADDING = ScopedValue.newInstance();

    private final DSLContext database;

    BatchWriter(@ReadDatabase DSLContext database) {
        this.database = database;
    }

    /** Does work on streams of which there is no row yet. */
    public void addingOnly(Runnable work) {
        ScopedValue.where(ADDING, true).run(work);
    }

    /** Whether what is worked on is known to have no row yet. */
    public boolean isAddingOnly() {
        return ADDING.isBound();
    }

    /** Adds rows, or replaces what they set of those that there are. */
    public void merge(Collection<? extends UpdatableRecord<?>> rows) {
        write(rows, isAddingOnly() ? Shape::insertion : this::merging);
    }

    /** Adds rows. */
    public void insert(Collection<? extends TableRecord<?>> rows) {
        write(rows, Shape::insertion);
    }

    /** As {@link #merge(Collection)}, for rows that all set the same columns: what millions of are written. */
    public void merge(Columns columns, Collection<? extends @Nullable Object[]> rows) {
        write(columns, rows, isAddingOnly() ? Shape::insertion : this::merging);
    }

    /** Adds rows that all set the same columns. */
    public void insert(Columns columns, Collection<? extends @Nullable Object[]> rows) {
        write(columns, rows, Shape::insertion);
    }

    private void write(
            Columns columns, Collection<? extends @Nullable Object[]> rows, Function<Shape, String> statement) {
        if (!rows.isEmpty()) {
            var shape = new Shape(columns.table(), columns.names());
            write(rows, shape, statement.apply(shape));
        }
    }

    private String merging(Shape shape) {
        return database.family() == SQLDialect.H2 ? shape.mergingInH2() : shape.mergingInPostgres();
    }

    private void write(Collection<? extends TableRecord<?>> rows, Function<Shape, String> statement) {
        Map<Touched, List<@Nullable Object[]>> alike = new LinkedHashMap<>();
        for (TableRecord<?> row : rows) {
            alike.computeIfAbsent(Touched.of(row), _ -> new ArrayList<>()).add(values(row));
        }
        alike.forEach((touched, values) -> {
            Shape shape = touched.shape();
            write(values, shape, statement.apply(shape));
        });
    }

    private static @Nullable Object[] values(TableRecord<?> row) {
        return IntStream.range(0, row.size())
                .filter(row::touched)
                .mapToObj(row::get)
                .toArray();
    }

    private void write(Collection<? extends @Nullable Object[]> rows, Shape shape, String sql) {
        if (isAddingOnly() && database.family() == SQLDialect.POSTGRES) {
            copy(rows, shape);
        } else {
            execute(rows, sql);
        }
    }

    /** The way in which PostgreSQL takes many rows fastest; a handful for a page would not be worth its round trips. */
    private void copy(Collection<? extends @Nullable Object[]> rows, Shape shape) {
        database.connection(connection -> {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(shape.copy());
            try {
                var form = new BinaryRows(copy::writeToCopy);
                for (@Nullable Object[] row : rows) {
                    form.add(row);
                }
                form.end();
                copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        });
    }

    private void execute(Collection<? extends @Nullable Object[]> rows, String sql) {
        database.connection(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                for (@Nullable Object[] row : rows) {
                    for (int at = 0; at < row.length; at++) {
                        statement.setObject(at + 1, asDriversTakeIt(row[at]));
                    }
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        });
    }

    /** As jOOQ hands them over: a day of the year 1000 is another one by the calendar of {@code java.sql.Date}. */
    private @Nullable Object asDriversTakeIt(@Nullable Object value) {
        return switch (value) {
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case LocalDate day when database.family() == SQLDialect.H2 -> Date.valueOf(day);
            case null, default -> value;
        };
    }

    /** The columns that a row sets: the others get their defaults, or stay as they are. */
    private record Touched(Table<?> table, BitSet columns) {

        static Touched of(TableRecord<?> row) {
            var columns = new BitSet(row.size());
            for (int column = 0; column < row.size(); column++) {
                columns.set(column, row.touched(column));
            }
            return new Touched(row.getTable(), columns);
        }

        Shape shape() {
            return new Shape(
                    table,
                    columns.stream()
                            .mapToObj(column ->
                                    Objects.requireNonNull(table.field(column)).getName())
                            .toList());
        }
    }

    /** Rows of one table that set the same columns. */
    private record Shape(Table<?> table, List<String> names) {

        String insertion() {
            return "insert into " + table.getName() + " (" + list(names) + ") values (" + places() + ")";
        }

        String copy() {
            return "copy " + table.getName() + " (" + list(names) + ") from stdin (format binary)";
        }

        String mergingInH2() {
            return "merge into " + table.getName() + " (" + list(names) + ") key (" + list(key()) + ") values ("
                    + places() + ")";
        }

        String mergingInPostgres() {
            List<String> key = key();
            String replaced = names.stream()
                    .filter(name -> !key.contains(name))
                    .map(name -> name + " = excluded." + name)
                    .collect(Collectors.joining(", "));
            return insertion() + " on conflict (" + list(key) + ") do update set " + replaced;
        }

        private List<String> key() {
            return Objects.requireNonNull(table.getPrimaryKey()).getFields().stream()
                    .map(Field::getName)
                    .toList();
        }

        private String places() {
            return list(Collections.nCopies(names.size(), "?"));
        }

        private static String list(List<String> parts) {
            return String.join(", ", parts);
        }
    }
}
