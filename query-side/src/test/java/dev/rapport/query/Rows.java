package dev.rapport.query;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** All rows of the read models, as text, to be compared. */
final class Rows {

    private static final String[] TABLES = {
        "stakeholder order by id",
        "relationship order by id",
        "entry order by relationship_id, entry_id",
        "commitment order by relationship_id, commitment_id",
        "disclosure order by relationship_id, disclosure_id",
        "objective order by relationship_id, objective_id",
        "indicator order by relationship_id, indicator_id",
        "measurement order by relationship_id, measurement_id",
        "evidence order by relationship_id, entry_id",
        "declared_level order by relationship_id, position",
        "trust_course order by relationship_id, of_year",
        "activity order by relationship_id, position",
        "trust_standing order by relationship_id",
        "history order by position"
    };

    static List<String> of(String url, String user) {
        List<String> rows = new ArrayList<>();
        try (var connection = connect(url, user)) {
            for (String table : TABLES) {
                try (var statement = connection.createStatement();
                        var result = statement.executeQuery("select * from " + table)) {
                    while (result.next()) {
                        var row = new StringBuilder(table.substring(0, table.indexOf(' ')));
                        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                            Object value = result.getObject(column);
                            row.append(" | ")
                                    .append(
                                            value instanceof byte[] bytes
                                                    ? HexFormat.of().formatHex(bytes)
                                                    : result.getString(column));
                        }
                        rows.add(row.toString());
                    }
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A connection that sees the live generation. */
    static Connection connect(String url, String user) throws SQLException {
        var connection = DriverManager.getConnection(url, user, "");
        try (var statement = connection.createStatement();
                var live = statement.executeQuery("select number from \"operations\".live_generation")) {
            live.next();
            connection.setSchema("g" + live.getInt(1));
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    /** The schema of the live generation. */
    static String schemaOf(String url, String user) {
        try (var connection = connect(url, user)) {
            return connection.getSchema();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Rows() {}
}
