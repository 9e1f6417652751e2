package dev.rapport.query.rebuild;

import static dev.rapport.query.jooq.Tables.LATE_INDEX;

import dev.rapport.query.database.Generations;
import dev.rapport.query.database.ReadDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.springframework.stereotype.Component;

/**
 * The indexes that a generation is filled without. To sort all rows once takes a fraction of what it takes to find each row's place in turn, and
 * indexes that were made of sorted rows are half the size. Primary keys stay: a stream that is longer than a batch is found by them.
 *
 * <p>What is left to be made is noted before anything is dropped, and struck off after it was made; each step may be done twice.
 */
@Component
class LateIndexTable {

    /** Tables that are not filled, but looked into while others are. */
    private static final Set<String> LEFT_ALONE = Set.of("flyway_schema_history", "projection_token", "dead_letter");

    private final DSLContext database;

    LateIndexTable(@ReadDatabase DSLContext database) {
        this.database = database;
    }

    /** An index that is to be made. */
    record LateIndex(String name, String table, String definition) {}

    /** Notes which indexes the empty tables of a rebuild's generation have, in the running transaction; none on H2, where it takes as long either way. */
    void note(Rebuild rebuild) {
        forget(rebuild);
        if (database.family() == SQLDialect.H2) {
            return;
        }
        database.connection(connection -> {
            for (LateIndex index : indexes(connection, Generations.schema(rebuild.generation()))) {
                database.insertInto(LATE_INDEX)
                        .set(LATE_INDEX.REBUILD, rebuild.id())
                        .set(LATE_INDEX.NAME, index.name)
                        .set(LATE_INDEX.TABLE_NAME, index.table)
                        .set(LATE_INDEX.DEFINITION, index.definition)
                        .execute();
            }
        });
    }

    /** What is noted. */
    List<LateIndex> noted(Rebuild rebuild) {
        return database.selectFrom(LATE_INDEX)
                .where(LATE_INDEX.REBUILD.eq(rebuild.id()))
                .orderBy(LATE_INDEX.TABLE_NAME, LATE_INDEX.NAME)
                .fetch(row -> new LateIndex(row.getName(), row.getTableName(), row.getDefinition()));
    }

    /** Drops an index that is noted. */
    void drop(Rebuild rebuild, LateIndex index) {
        database.execute(
                "drop index if exists " + quoted(Generations.schema(rebuild.generation())) + "." + quoted(index.name));
    }

    /** Makes an index that is noted. */
    void make(Rebuild rebuild, LateIndex index) {
        database.execute(index.definition);
        database.deleteFrom(LATE_INDEX)
                .where(LATE_INDEX.REBUILD.eq(rebuild.id()))
                .and(LATE_INDEX.NAME.eq(index.name))
                .execute();
    }

    private void forget(Rebuild rebuild) {
        database.deleteFrom(LATE_INDEX)
                .where(LATE_INDEX.REBUILD.eq(rebuild.id()))
                .execute();
    }

    private static List<LateIndex> indexes(Connection connection, String schema) throws SQLException {
        List<LateIndex> indexes = new ArrayList<>();
        for (String table : tables(connection, schema)) {
            List<String> primaryKey = primaryKey(connection, schema, table);
            columns(connection, schema, table).forEach((index, columns) -> {
                // databases have indexes for primary keys, under names of their own
                if (!columns.equals(primaryKey)) {
                    indexes.add(new LateIndex(
                            index.name, table, definition(index, quoted(schema) + "." + quoted(table), columns)));
                }
            });
        }
        return indexes;
    }

    private record Named(String name, boolean unique) {}

    private static String definition(Named index, String table, List<String> columns) {
        return "create " + (index.unique ? "unique " : "") + "index if not exists " + quoted(index.name) + " on "
                + table + " (" + columns.stream().map(LateIndexTable::quoted).collect(Collectors.joining(", ")) + ")";
    }

    private static Map<Named, List<String>> columns(Connection connection, String schema, String table)
            throws SQLException {
        Map<Named, List<String>> columns = new LinkedHashMap<>();
        // sorted by index and place in it
        try (var found = connection.getMetaData().getIndexInfo(null, schema, table, false, true)) {
            while (found.next()) {
                String name = found.getString("INDEX_NAME");
                if (name != null) {
                    columns.computeIfAbsent(new Named(name, !found.getBoolean("NON_UNIQUE")), _ -> new ArrayList<>())
                            .add(found.getString("COLUMN_NAME"));
                }
            }
        }
        return columns;
    }

    private static Set<String> tables(Connection connection, String schema) throws SQLException {
        Set<String> tables = new TreeSet<>();
        try (var found = connection.getMetaData().getTables(null, schema, null, new String[] {"TABLE", "BASE TABLE"})) {
            while (found.next()) {
                tables.add(found.getString("TABLE_NAME"));
            }
        }
        tables.removeIf(table -> LEFT_ALONE.contains(table.toLowerCase(Locale.ROOT)));
        return tables;
    }

    private static List<String> primaryKey(Connection connection, String schema, String table) throws SQLException {
        Map<Integer, String> columns = new TreeMap<>();
        try (var found = connection.getMetaData().getPrimaryKeys(null, schema, table)) {
            while (found.next()) {
                columns.put(found.getInt("KEY_SEQ"), found.getString("COLUMN_NAME"));
            }
        }
        return List.copyOf(columns.values());
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
