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
import org.jspecify.annotations.Nullable;

/** The rows of keys, and of the secrets that are hashed with; what is in them is wrapped by a master key. */
final class PersonalKeyTable {

    /** As many as are asked for in one query. */
    private static final int AT_ONCE = 1_000;

    private static final String COLUMNS = "key_id, stream, owner, master, wrapped";

    private final MasterKey master;
    private final AesGcm boxes;

    PersonalKeyTable(MasterKey master, AesGcm boxes) {
        this.master = master;
        this.boxes = boxes;
    }

    /** The keys with these ids, destroyed or not. */
    List<PersonalKey> byId(Connection connection, Collection<String> ids) throws SQLException {
        List<PersonalKey> keys = new ArrayList<>();
        List<String> left = List.copyOf(ids);
        for (int from = 0; from < left.size(); from += AT_ONCE) {
            List<String> some = left.subList(from, Math.min(from + AT_ONCE, left.size()));
            // as many places as a power of two, so that the database sees few different queries
            int places = Math.min(AT_ONCE, Integer.highestOneBit(Math.max(1, some.size() * 2 - 1)));
            String sql = "select " + COLUMNS + " from personal_key where key_id in (" + places(places) + ")";
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                for (int i = 0; i < places; i++) {
                    query.setString(i + 1, some.get(Math.min(i, some.size() - 1)));
                }
                read(query, keys);
            }
        }
        return keys;
    }

    /** The keys of a stream's owners, which nobody destroys until the transaction ends. */
    List<PersonalKey> ofOwners(Connection connection, String stream, Collection<String> owners, LogDialect dialect)
            throws SQLException {
        List<PersonalKey> keys = new ArrayList<>();
        String sql = "select " + COLUMNS + " from personal_key where stream = ? and owner in (" + places(owners.size())
                + ")" + dialect.shared();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, stream);
            int parameter = 2;
            for (String owner : owners) {
                query.setString(parameter++, owner);
            }
            read(query, keys);
        }
        return keys;
    }

    private static String places(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    private void read(PreparedStatement query, List<PersonalKey> keys) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                String id = rows.getString(1);
                byte @Nullable [] wrapped = rows.getBytes(5);
                byte @Nullable [] key = wrapped == null ? null : unwrapped(id, rows.getString(4), wrapped);
                keys.add(new PersonalKey(id, rows.getString(2), rows.getString(3), key));
            }
        }
    }

    private byte[] unwrapped(String id, String wrappedBy, byte[] wrapped) {
        byte[] key = wrappedBy.equals(master.name()) ? master.unwrap(wrapped, id) : null;
        if (key == null) {
            throw new UnusableMasterKeyException(
                    "key " + id + " is wrapped by the master key " + wrappedBy + ", and this is " + master.name());
        }
        return key;
    }

    void insert(Connection connection, Collection<PersonalKey> keys) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into personal_key (" + COLUMNS + ") values (?, ?, ?, ?, ?)")) {
            for (PersonalKey key : keys) {
                insert.setString(1, key.id());
                insert.setString(2, key.stream());
                insert.setString(3, key.owner());
                insert.setString(4, master.name());
                insert.setBytes(5, master.wrap(key.bytes(), key.id(), boxes));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /**
     * Destroys keys: what they closed can never be opened again.
     *
     * @return how many of them were there still
     */
    int destroy(Connection connection, Collection<String> ids) throws SQLException {
        int destroyed = 0;
        try (PreparedStatement update =
                connection.prepareStatement("update personal_key set owner = null, master = null, wrapped = null"
                        + " where key_id = ? and wrapped is not null")) {
            for (String id : ids.stream().sorted().toList()) {
                update.setString(1, id);
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
                secrets.put(rows.getString(1), unwrapped(rows.getString(1), rows.getString(2), rows.getBytes(3)));
            }
        }
        return secrets;
    }

    void insertSecret(Connection connection, String name, byte[] secret) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into personal_secret (name, master, wrapped) values (?, ?, ?)")) {
            insert.setString(1, name);
            insert.setString(2, master.name());
            insert.setBytes(3, master.wrap(secret, name, boxes));
            insert.executeUpdate();
        }
    }
}
