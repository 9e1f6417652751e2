package dev.rapport.query.rebuild;

import dev.rapport.query.database.Generations;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.rebuild.Comparison.Difference;
import dev.rapport.query.rebuild.Comparison.Findings;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/**
 * Compares all tables of two generations: as a whole where the database can reckon what all rows come to, and row by row in the order of their
 * keys where that is not the same, without holding more than a row of each. It knows no table by name: a read model that is new is compared like
 * the others.
 */
@Component
class ComparisonTable {

    /** What tells how a generation came about, and not what it tells. */
    private static final Set<String> LEFT_OUT = Set.of("flyway_schema_history", "projection_token", "dead_letter");

    /** Columns whose values say nothing of the business. */
    private static final Set<String> TECHNICAL = Set.of("version", "position", "event_id", "type", "policy", "of_day");

    private static final int ROWS_AT_A_TIME = 2_000;

    private final DataSource dataSource;

    ComparisonTable(@ReadDatabase DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What is to be compared, as it is at one moment; others may write meanwhile. */
    Moment at(int live, int rebuilt, Set<String> leftOutStreams) {
        try {
            return new Moment(dataSource.getConnection(), live, rebuilt, leftOutStreams);
        } catch (SQLException failed) {
            throw away(failed);
        }
    }

    private static DataAccessResourceFailureException away(SQLException failed) {
        return new DataAccessResourceFailureException("the generations cannot be compared", failed);
    }

    /** A table, and its columns; those of the key come first. */
    private record Shape(String name, List<String> columns, int keys, Set<Integer> texts) {

        String select(String schema, String collation) {
            var order = new ArrayList<String>();
            for (int column = 0; column < keys; column++) {
                order.add(quoted(columns.get(column)) + (texts.contains(column) ? collation : ""));
            }
            return "select " + columns.stream().map(Shape::quoted).collect(Collectors.joining(", ")) + " from "
                    + quoted(schema) + "." + quoted(name) + " order by " + String.join(", ", order);
        }

        String label() {
            return name.toLowerCase(Locale.ROOT);
        }

        String label(int column) {
            return columns.get(column).toLowerCase(Locale.ROOT);
        }

        private static String quoted(String name) {
            return "\"" + name + "\"";
        }
    }

    /** What the rows of a table come to. */
    private record Sum(long rows, BigDecimal hashes) {}

    /** The values of a row, those of its key first. */
    private record Row(List<@Nullable Object> values) {

        @Nullable
        Object at(int column) {
            return values.get(column);
        }
    }

    /** A transaction that sees both generations as they were when it began. */
    static final class Moment implements AutoCloseable {

        private final Connection connection;
        private final boolean h2;
        private final String live;
        private final String rebuilt;
        private final Set<String> leftOutStreams;
        private final List<Shape> tables;
        private final Digest digest = new Digest();

        private Moment(Connection connection, int live, int rebuilt, Set<String> leftOutStreams) throws SQLException {
            this.connection = connection;
            this.live = Generations.schema(live);
            this.rebuilt = Generations.schema(rebuilt);
            this.leftOutStreams = leftOutStreams;
            try {
                h2 = connection.getMetaData().getDatabaseProductName().equals("H2");
                tables = shapes();
                isolate();
            } catch (SQLException | RuntimeException failed) {
                connection.close();
                throw failed;
            }
        }

        private void isolate() throws SQLException {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute(
                        h2
                                ? "set session characteristics as transaction isolation level snapshot"
                                : "set transaction isolation level repeatable read");
                // the first query is what the transaction sees from now on
                statement.executeQuery("select number from live_generation").close();
            }
        }

        private List<Shape> shapes() throws SQLException {
            var names = new TreeSet<String>();
            try (var found =
                    connection.getMetaData().getTables(null, rebuilt, null, new String[] {"TABLE", "BASE TABLE"})) {
                while (found.next()) {
                    names.add(found.getString("TABLE_NAME"));
                }
            }
            var shapes = new ArrayList<Shape>();
            for (String name : names) {
                if (!LEFT_OUT.contains(name.toLowerCase(Locale.ROOT))) {
                    shapes.add(shape(name));
                }
            }
            return shapes;
        }

        private Shape shape(String table) throws SQLException {
            var keys = new TreeMap<Integer, String>();
            try (var found = connection.getMetaData().getPrimaryKeys(null, rebuilt, table)) {
                while (found.next()) {
                    keys.put(found.getInt("KEY_SEQ"), found.getString("COLUMN_NAME"));
                }
            }
            var columns = new ArrayList<>(keys.values());
            var textual = new TreeSet<String>();
            try (var found = connection.getMetaData().getColumns(null, rebuilt, table, null)) {
                while (found.next()) {
                    String column = found.getString("COLUMN_NAME");
                    if (!columns.contains(column)) {
                        columns.add(column);
                    }
                    if (found.getInt("DATA_TYPE") == Types.VARCHAR) {
                        textual.add(column);
                    }
                }
            }
            if (keys.isEmpty()) {
                throw new IllegalStateException("the table " + table + " has no key to compare its rows by");
            }
            var texts = new TreeSet<Integer>();
            for (int column = 0; column < columns.size(); column++) {
                if (textual.contains(columns.get(column))) {
                    texts.add(column);
                }
            }
            return new Shape(table, columns, keys.size(), texts);
        }

        Comparison compare(BiConsumer<Long, Long> progress) {
            try {
                var findings = new Findings(rowsToCompare(), progress);
                for (Shape table : tables) {
                    Sum lives = sum(table, live);
                    if (lives != null && lives.equals(sum(table, rebuilt))) {
                        findings.rows(lives.rows);
                    } else {
                        compare(table, findings);
                    }
                }
                return findings.end();
            } catch (SQLException failed) {
                throw away(failed);
            }
        }

        long rowsToCompare() {
            try (var statement = connection.createStatement()) {
                long rows = 0;
                for (Shape table : tables) {
                    try (var count =
                            statement.executeQuery("select count(*) from \"" + live + "\".\"" + table.name + "\"")) {
                        count.next();
                        rows += count.getLong(1);
                    }
                }
                return rows;
            } catch (SQLException failed) {
                throw away(failed);
            }
        }

        /**
         * What all rows of a table come to, whatever their order: two tables that hold other rows come to the same with a probability of 2 to the
         * power of -64. To have the server reckon that spares sorting the rows and bringing them here, which is only needed to tell where they
         * differ. Null where it cannot be had.
         */
        private @Nullable Sum sum(Shape table, String schema) throws SQLException {
            if (h2 || !leftOutStreams.isEmpty()) {
                return null;
            }
            try (var statement = connection.createStatement();
                    var sum = statement.executeQuery(
                            "select count(*), coalesce(sum(hashtextextended(cast(row_ as text), 0)), 0)" + " from \""
                                    + schema + "\".\"" + table.name + "\" as row_")) {
                sum.next();
                return new Sum(sum.getLong(1), sum.getBigDecimal(2));
            }
        }

        private void compare(Shape table, Findings findings) throws SQLException {
            // keys are compared here as well, so the database has to sort texts as we do
            String collation = h2 ? "" : " collate \"C\"";
            try (var one = statement();
                    var other = statement();
                    var lives = one.executeQuery(table.select(live, collation));
                    var news = other.executeQuery(table.select(rebuilt, collation))) {
                Row before = next(table, lives);
                Row after = next(table, news);
                while (before != null || after != null) {
                    int order = 0;
                    if (before != null && after != null) {
                        order = order(table, before, after);
                        if (order == 0) {
                            compare(table, before, after, findings);
                        }
                    }
                    boolean onlyLive = after == null || order < 0;
                    boolean onlyNew = before == null || order > 0;
                    if (before != null && onlyLive) {
                        differ(table, before, true, findings);
                    }
                    if (after != null && onlyNew) {
                        differ(table, after, false, findings);
                    }
                    if (!onlyNew) {
                        before = next(table, lives);
                        findings.row();
                    }
                    if (!onlyLive) {
                        after = next(table, news);
                    }
                }
            }
        }

        private Statement statement() throws SQLException {
            var statement = connection.createStatement();
            statement.setFetchSize(ROWS_AT_A_TIME);
            return statement;
        }

        private @Nullable Row next(Shape table, ResultSet rows) throws SQLException {
            while (rows.next()) {
                List<@Nullable Object> values = new ArrayList<>();
                for (int column = 0; column < table.columns.size(); column++) {
                    values.add(rows.getObject(column + 1));
                }
                var row = new Row(values);
                if (!isLeftOut(table, row)) {
                    return row;
                }
            }
            return null;
        }

        private boolean isLeftOut(Shape table, Row row) {
            if (leftOutStreams.isEmpty()) {
                return false;
            }
            for (int column = 0; column < table.columns.size(); column++) {
                String of = switch (table.label(column)) {
                    case "relationship_id" -> "relationship";
                    case "id" -> table.label();
                    default -> null;
                };
                if (of != null && leftOutStreams.contains(of + "/" + row.at(column))) {
                    return true;
                }
            }
            return false;
        }

        @SuppressWarnings("unchecked") // keys are strings, numbers and the like
        private static int order(Shape table, Row one, Row other) {
            for (int column = 0; column < table.keys; column++) {
                int order = ((Comparable<@Nullable Object>) Objects.requireNonNull(one.at(column)))
                        .compareTo(other.at(column));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        }

        private void compare(Shape table, Row before, Row after, Findings findings) {
            for (int column = table.keys; column < table.columns.size(); column++) {
                if (!Objects.deepEquals(before.at(column), after.at(column))) {
                    findings.differs(new Difference(
                            table.label(),
                            key(table, before),
                            table.label(column),
                            told(table.label(column), before.at(column)),
                            told(table.label(column), after.at(column))));
                }
            }
        }

        private static void differ(Shape table, Row row, boolean onlyLive, Findings findings) {
            findings.differs(new Difference(
                    table.label(),
                    key(table, row),
                    Comparison.WHOLE_ROW,
                    onlyLive ? "present" : "missing",
                    onlyLive ? "missing" : "present"));
        }

        private static String key(Shape table, Row row) {
            return row.values.stream().limit(table.keys).map(String::valueOf).collect(Collectors.joining(" "));
        }

        private @Nullable String told(String column, @Nullable Object value) {
            if (value == null) {
                return null;
            }
            return TECHNICAL.contains(column) || column.endsWith("_position") ? value.toString() : digest.of(value);
        }

        @Override
        public void close() {
            try (connection) {
                connection.rollback();
                connection.setAutoCommit(true);
                if (h2) {
                    try (var statement = connection.createStatement()) {
                        statement.execute("set session characteristics as transaction isolation level read committed");
                    }
                }
            } catch (SQLException failed) {
                throw away(failed);
            }
        }
    }

    /** Under a key that nobody is told and that is never used again, so that nobody finds out a value by trying. */
    private static final class Digest {

        private static final String ALGORITHM = "HmacSHA256";
        private static final int BYTES = 8;

        private final Mac mac;

        Digest() {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            try {
                mac = Mac.getInstance(ALGORITHM);
                mac.init(new SecretKeySpec(key, ALGORITHM));
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
            }
        }

        String of(Object value) {
            byte[] bytes = value instanceof byte[] raw ? raw : value.toString().getBytes(StandardCharsets.UTF_8);
            return "#" + HexFormat.of().formatHex(mac.doFinal(bytes), 0, BYTES);
        }
    }
}
