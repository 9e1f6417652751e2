package dev.rapport.events.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The rows of keys, and of the secrets that are hashed with; what is in them is wrapped by a master key. */
final class PersonalKeyTable {

    /** As many streams as are asked for in one query, or keys as are wrapped anew. */
    private static final int AT_ONCE = 1_000;

    private static final String COLUMNS = "stream, generation, label, master, wrapped";

    private static final String OF_ROOT = "";

    private final MasterKeys masters;
    private final Hashes hashes;

    PersonalKeyTable(MasterKeys masters, Hashes hashes) {
        this.masters = masters;
        this.hashes = hashes;
    }

    /**
     * A key as it is kept.
     *
     * @param label of what it belongs to; empty for the root
     * @param root of the generation, if this is one that was not destroyed
     * @param key the key itself, if this is no root and was not destroyed
     */
    record Row(
            String stream,
            int generation,
            String label,
            @Nullable RootKey root,
            @Nullable SecretKey key) {

        boolean isRoot() {
            return label.isEmpty();
        }
    }

    /** All keys of these streams. */
    Map<String, StreamKeys> of(Connection connection, Collection<String> streams) throws SQLException {
        return of(connection, streams, "");
    }

    private Map<String, StreamKeys> of(Connection connection, Collection<String> streams, String which)
            throws SQLException {
        Map<String, List<Row>> rows = new HashMap<>();
        streams.forEach(stream -> rows.put(stream, new ArrayList<>()));
        List<String> left = List.copyOf(streams);
        for (int from = 0; from < left.size(); from += AT_ONCE) {
            List<String> some = left.subList(from, Math.min(from + AT_ONCE, left.size()));
            // as many places as a power of two, so that the database sees few different queries
            int places = Math.min(AT_ONCE, Integer.highestOneBit(Math.max(1, some.size() * 2 - 1)));
            String sql = "select " + COLUMNS + " from personal_key where stream in (" + places(places) + ")" + which;
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                for (int i = 0; i < places; i++) {
                    query.setString(i + 1, some.get(Math.min(i, some.size() - 1)));
                }
                read(query, rows);
            }
        }
        return keys(rows);
    }

    /** The roots of these streams' keys. */
    Map<String, StreamKeys> roots(Connection connection, Set<String> streams) throws SQLException {
        return of(connection, streams, " and label = '" + OF_ROOT + "'");
    }

    private static Map<String, StreamKeys> keys(Map<String, List<Row>> rows) {
        Map<String, StreamKeys> keys = new HashMap<>();
        rows.forEach((stream, ofStream) -> keys.put(stream, new StreamKeys(ofStream)));
        return keys;
    }

    private static String places(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    private void read(PreparedStatement query, Map<String, List<Row>> keys) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                Row row = row(rows);
                keys.computeIfAbsent(row.stream, _ -> new ArrayList<>()).add(row);
            }
        }
    }

    private Row row(ResultSet rows) throws SQLException {
        String stream = rows.getString(1);
        int generation = rows.getInt(2);
        String label = rows.getString(3);
        byte @Nullable [] wrapped = rows.getBytes(5);
        if (wrapped == null) {
            return new Row(stream, generation, label, null, null);
        }
        byte[] key = masters.unwrap(wrapped, rows.getString(4), place(stream, generation, label));
        return label.isEmpty()
                ? new Row(stream, generation, label, new RootKey(key, wrapped, hashes), null)
                : new Row(stream, generation, label, null, new SecretKeySpec(key, AesGcm.ALGORITHM));
    }

    private static String place(String stream, int generation, String label) {
        return stream + "/" + generation + "/" + label;
    }

    RootKey insertRoot(Connection connection, String stream, int generation, byte[] root) throws SQLException {
        byte[] wrapped = wrapped(root, stream, generation, OF_ROOT);
        insert(connection, stream, generation, Map.of(OF_ROOT, wrapped), Set.of());
        return new RootKey(root, wrapped, hashes);
    }

    private byte[] wrapped(byte[] key, String stream, int generation, String label) {
        return masters.current().wrap(key, place(stream, generation, label));
    }

    /** Keeps the keys of labels, and that others are destroyed, in the place of the generation's root. */
    void replaceRoot(
            Connection connection, String stream, int generation, Map<String, byte[]> kept, Set<String> destroyed)
            throws SQLException {
        destroy(connection, stream, generation, Set.of(OF_ROOT));
        Map<String, byte[]> wrapped = new HashMap<>();
        kept.forEach((label, key) -> wrapped.put(label, wrapped(key, stream, generation, label)));
        insert(connection, stream, generation, wrapped, destroyed);
    }

    private void insert(
            Connection connection, String stream, int generation, Map<String, byte[]> wrapped, Set<String> destroyed)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into personal_key (" + COLUMNS + ") values (?, ?, ?, ?, ?)")) {
            insert.setString(1, stream);
            insert.setInt(2, generation);
            for (var entry : wrapped.entrySet()) {
                insert.setString(3, entry.getKey());
                insert.setString(4, masters.current().name());
                insert.setBytes(5, entry.getValue());
                insert.addBatch();
            }
            for (String label : destroyed) {
                insert.setString(3, label);
                insert.setString(4, null);
                insert.setBytes(5, null);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /**
     * Destroys keys that are kept one by one.
     *
     * @return how many of them were there still
     */
    int destroy(Connection connection, String stream, int generation, Set<String> labels) throws SQLException {
        int destroyed = 0;
        try (PreparedStatement update = connection.prepareStatement("update personal_key set master = null,"
                + " wrapped = null where stream = ? and generation = ? and label = ? and wrapped is not null")) {
            for (String label : new TreeSet<>(labels)) {
                update.setString(1, stream);
                update.setInt(2, generation);
                update.setString(3, label);
                destroyed += update.executeUpdate();
            }
        }
        return destroyed;
    }

    /** Whether anything was ever encrypted here. */
    static boolean isInUse(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select name from personal_secret");
                ResultSet rows = query.executeQuery()) {
            return rows.next();
        }
    }

    /** The secrets by their names. */
    Map<String, byte[]> secrets(Connection connection) throws SQLException {
        Map<String, byte[]> secrets = new HashMap<>();
        try (PreparedStatement query =
                        connection.prepareStatement("select name, master, wrapped from personal_secret");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                secrets.put(rows.getString(1), masters.unwrap(rows.getBytes(3), rows.getString(2), rows.getString(1)));
            }
        }
        return secrets;
    }

    void insertSecret(Connection connection, String name, byte[] secret) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into personal_secret (name, master, wrapped) values (?, ?, ?)")) {
            insert.setString(1, name);
            insert.setString(2, masters.current().name());
            insert.setBytes(3, masters.current().wrap(secret, name));
            insert.executeUpdate();
        }
    }

    /**
     * Wraps by the current master key what another one wrapped, as many keys as are dealt with at once.
     *
     * @return how many these were; none when all are done
     */
    int wrapAnew(Connection connection) throws SQLException {
        int count = 0;
        try (PreparedStatement query = connection.prepareStatement("select " + COLUMNS
                        + " from personal_key where master <> ? order by stream, generation, label limit " + AT_ONCE
                        + " for update");
                PreparedStatement update = connection.prepareStatement("update personal_key set master = ?, wrapped = ?"
                        + " where stream = ? and generation = ? and label = ?")) {
            query.setString(1, masters.current().name());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    String place = place(rows.getString(1), rows.getInt(2), rows.getString(3));
                    byte[] key = masters.unwrap(rows.getBytes(5), rows.getString(4), place);
                    update.setString(1, masters.current().name());
                    update.setBytes(2, masters.current().wrap(key, place));
                    update.setString(3, rows.getString(1));
                    update.setInt(4, rows.getInt(2));
                    update.setString(5, rows.getString(3));
                    update.addBatch();
                    count++;
                }
            }
            update.executeBatch();
        }
        return count;
    }

    /** The same for the secrets, of which there are few. */
    void wrapSecretsAnew(Connection connection) throws SQLException {
        for (var secret : secrets(connection).entrySet()) {
            try (PreparedStatement update = connection.prepareStatement(
                    "update personal_secret set master = ?, wrapped = ? where name = ? and master <> ?")) {
                update.setString(1, masters.current().name());
                update.setBytes(2, masters.current().wrap(secret.getValue(), secret.getKey()));
                update.setString(3, secret.getKey());
                update.setString(4, masters.current().name());
                update.executeUpdate();
            }
        }
    }
}
