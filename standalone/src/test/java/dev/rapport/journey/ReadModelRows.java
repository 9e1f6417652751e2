package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of the read models, all of them as text, to be compared with those of others. */
final class ReadModelRows {

    private ReadModelRows() {}

    /** The rows of a generation by table, in an order that does not depend on who wrote them. */
    static Map<String, List<String>> of(Connection database, String generation) throws SQLException {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String table : tables(database, generation)) {
            rows.put(table, rows(database, generation + "." + table));
        }
        assertThat(rows).containsKeys("stakeholder", "relationship", "entry", "history", "evidence", "trust_standing");
        return rows;
    }

    /** All tables but those that tell how far the log was read, and which scripts were run. */
    private static List<String> tables(Connection database, String generation) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (var select = database.prepareStatement("select table_name from information_schema.tables"
                + " where table_schema = ? and table_name not in"
                + " ('projection_token', 'dead_letter', 'flyway_schema_history')")) {
            select.setString(1, generation);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    tables.add(row.getString(1));
                }
            }
        }
        return tables;
    }

    private static List<String> rows(Connection database, String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (var select = database.createStatement();
                ResultSet row = select.executeQuery("select * from " + table)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                StringBuilder text = new StringBuilder();
                for (int column = 1; column <= columns; column++) {
                    text.append(row.getString(column)).append('|');
                }
                rows.add(text.toString());
            }
        }
        rows.sort(null);
        return rows;
    }
}
