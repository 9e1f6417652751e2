package dev.rapport.query.database;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
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
import org.postgresql.PGConnection;
import org.springframework.stereotype.Component;

/**
 * Writes the rows of a batch, as many at a time as the database takes. While a generation is filled with streams that it knows nothing of
 * yet, there is nothing to look up and no row to replace: then rows are only added, in the way that each database is fastest at.
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
        database.connection(connection -> {
            if (database.family() == SQLDialect.H2) {
                insert(connection, rows, columns);
            } else {
                copy(connection, rows, columns);
            }
        });
    }

    private static void insert(Connection connection, List<TableRecord<?>> rows, int[] columns) throws SQLException {
        String sql = "insert into " + target(rows.getFirst(), columns) + " values ("
                + String.join(", ", Collections.nCopies(columns.length, "?")) + ")";
        try (var statement = connection.prepareStatement(sql)) {
            for (TableRecord<?> row : rows) {
                for (int at = 0; at < columns.length; at++) {
                    statement.setObject(at + 1, row.get(columns[at]));
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static String target(TableRecord<?> row, int[] columns) {
        return Arrays.stream(columns)
                .mapToObj(column -> Objects.requireNonNull(row.field(column)).getName())
                .collect(Collectors.joining(", ", row.getTable().getName() + " (", ")"));
    }

    private static void copy(Connection connection, List<TableRecord<?>> rows, int[] columns) throws SQLException {
        String sql = "copy " + target(rows.getFirst(), columns) + " from stdin";
        var copied = new CopiedRows();
        for (TableRecord<?> row : rows) {
            copied.add(row, columns);
        }
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(sql, copied.stream());
        } catch (IOException impossible) {
            throw new SQLException("rows in memory could not be read", impossible);
        }
    }
}
