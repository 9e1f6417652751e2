package dev.rapport.query.database;

import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.TableRecord;
import org.jooq.UpdatableRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes the rows of a batch, as many at a time as the database takes. While a generation is filled with streams that it knows nothing of
 * yet, there is nothing to look up and no row to replace: then rows are only added, past jOOQ, by one statement for all rows of a table. (The
 * driver of PostgreSQL makes few statements of many values of them.)
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

    /** Adds rows, or replaces those that there are. */
    public void merge(Collection<? extends UpdatableRecord<?>> rows) {
        if (isAddingOnly()) {
            insert(rows);
        } else if (!rows.isEmpty()) {
            database.batchMerge(rows).execute();
        }
    }

    /** Adds rows. */
    public void insert(Collection<? extends TableRecord<?>> rows) {
        if (isAddingOnly()) {
            byShape(rows).values().forEach(this::add);
        } else if (!rows.isEmpty()) {
            database.batchInsert(rows).execute();
        }
    }

    /** Rows of one table, by the columns that they set: the others get their defaults. */
    private static Map<Shape, List<TableRecord<?>>> byShape(Collection<? extends TableRecord<?>> rows) {
        Map<Shape, List<TableRecord<?>>> byShape = new LinkedHashMap<>();
        rows.forEach(row ->
                byShape.computeIfAbsent(Shape.of(row), _ -> new ArrayList<>()).add(row));
        return byShape;
    }

    private record Shape(String table, BitSet columns) {

        static Shape of(TableRecord<?> row) {
            var columns = new BitSet();
            for (int column = 0; column < row.size(); column++) {
                columns.set(column, row.touched(column));
            }
            return new Shape(row.getTable().getName(), columns);
        }
    }

    private void add(List<TableRecord<?>> rows) {
        TableRecord<?> first = rows.getFirst();
        int[] columns = Shape.of(first).columns.stream().toArray();
        String sql = Arrays.stream(columns)
                .mapToObj(column -> Objects.requireNonNull(first.field(column)).getName())
                .collect(Collectors.joining(
                        ", ",
                        "insert into " + first.getTable().getName() + " (",
                        ") values (" + String.join(", ", Collections.nCopies(columns.length, "?")) + ")"));
        database.connection(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                for (TableRecord<?> row : rows) {
                    for (int at = 0; at < columns.length; at++) {
                        statement.setObject(at + 1, asDriversTakeIt(row.get(columns[at])));
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
}
