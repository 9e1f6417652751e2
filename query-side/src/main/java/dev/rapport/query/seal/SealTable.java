package dev.rapport.query.seal;

import dev.rapport.events.seal.LogKeys;
import dev.rapport.events.seal.SealException;
import dev.rapport.events.seal.SignedNote;
import dev.rapport.events.seal.VerifierKey;
import dev.rapport.query.seal.LeafTile.SealedLeaf;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The tables of the seal. Whatever is written depends on what was there, so that of two who seal the same events one writes nothing:
 * whoever gets the row of the head first; and should a database hand it out twice, whoever commits first.
 */
final class SealTable {

    private final JdbcClient sql;
    private final TransactionTemplate transaction;
    private final boolean showsWhatIsNotYetLasting;
    private final AtomicLong lasting = new AtomicLong(-1);

    SealTable(DataSource dataSource) throws SQLException {
        sql = JdbcClient.create(dataSource);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        try (var connection = dataSource.getConnection()) {
            showsWhatIsNotYetLasting =
                    connection.getMetaData().getDatabaseProductName().equals("H2");
        }
    }

    /** A checkpoint as it is stored: the size beside the note is the database's own word for it. */
    record StoredCheckpoint(long treeSize, String note) {

        /** The note, if it is one. */
        SignedNote signed() {
            return SignedNote.parse(note.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Runs what writes several rows, all of them or none. */
    <T extends @Nullable Object> T inTransaction(Supplier<T> work) {
        return transaction.execute(_ -> work.get());
    }

    // the head

    /** The head, for whoever is to move it next; nothing while somebody else is at it. Until the transaction ends. */
    Optional<SealHead> lockHead() {
        return sql.sql("select tree_size, last_position from seal_head where id = 1 for update skip locked")
                .query(SealTable::readHead)
                .optional();
    }

    /** The same, after whoever is at it. */
    SealHead waitForHead() {
        return sql.sql("select tree_size, last_position from seal_head where id = 1 for update")
                .query(SealTable::readHead)
                .optional()
                .orElseThrow(SealTable::headless);
    }

    SealHead head() {
        return sql.sql("select tree_size, last_position from seal_head where id = 1")
                .query(SealTable::readHead)
                .optional()
                .orElseThrow(SealTable::headless);
    }

    private static ContradictedSeal headless() {
        return new ContradictedSeal("seal_head has lost its row");
    }

    private static SealHead readHead(ResultSet row, int number) throws SQLException {
        return new SealHead(row.getLong(1), row.getLong(2));
    }

    void moveHead(SealHead from, SealHead to) {
        requireOne(sql.sql("update seal_head set tree_size = ?, last_position = ? where id = 1 and tree_size = ?")
                .param(to.treeSize())
                .param(to.lastPosition())
                .param(from.treeSize())
                .update());
    }

    // the tree

    /**
     * Writes a tile of leaves, all of it.
     *
     * @param stored how many of them are stored already
     */
    void writeLeaves(long tile, int stored, long firstPosition, byte[] positions, byte[] hashes) {
        int width = positions.length / Long.BYTES;
        requireOne(
                stored == 0
                        ? sql.sql("insert into seal_leaves (tile, width, first_position, positions, hashes)"
                                        + " values (?, ?, ?, ?, ?)")
                                .param(tile)
                                .param(width)
                                .param(firstPosition)
                                .param(positions)
                                .param(hashes)
                                .update()
                        : sql.sql("update seal_leaves set width = ?, positions = ?, hashes = ?"
                                        + " where tile = ? and width = ?")
                                .param(width)
                                .param(positions)
                                .param(hashes)
                                .param(tile)
                                .param(stored)
                                .update());
    }

    /** The same for a tile of nodes. */
    void writeNodes(Tile.Id id, int stored, byte[] hashes) {
        int width = new Tile(id, hashes).width();
        requireOne(
                stored == 0
                        ? sql.sql("insert into seal_nodes (height, tile, width, hashes) values (?, ?, ?, ?)")
                                .param(id.height())
                                .param(id.index())
                                .param(width)
                                .param(hashes)
                                .update()
                        : sql.sql("update seal_nodes set width = ?, hashes = ? where height = ? and tile = ? and"
                                        + " width = ?")
                                .param(width)
                                .param(hashes)
                                .param(id.height())
                                .param(id.index())
                                .param(stored)
                                .update());
    }

    private static void requireOne(int rows) {
        if (rows != 1) {
            throw new LostTurn();
        }
    }

    /** Somebody else has sealed meanwhile: nothing is written, and the next look at the tables tells how far. */
    static final class LostTurn extends RuntimeException {

        LostTurn() {
            super("somebody else has sealed meanwhile");
        }
    }

    LeafTile leaves(long tile) {
        return leaves(tile, 1).stream()
                .filter(found -> found.tile().id().index() == tile)
                .findFirst()
                .orElseThrow(
                        () -> new ContradictedSeal("the seal has lost its leaves from " + tile * Tile.WIDTH + " on"));
    }

    /** Tiles of leaves from one on. */
    List<LeafTile> leaves(long fromTile, int limit) {
        return sql.sql("select tile, positions, hashes from seal_leaves where tile >= ? order by tile limit ?")
                .param(fromTile)
                .param(limit)
                .query((row, _) -> LeafTile.of(row.getLong(1), row.getBytes(2), row.getBytes(3)))
                .list();
    }

    Tile nodes(Tile.Id id) {
        Tile found = tiles(Set.of(id)).get(id);
        if (found == null) {
            throw new ContradictedSeal("the seal has lost its tile " + id.index() + " of height " + id.height());
        }
        return found;
    }

    /** Those of the tiles that there are. */
    Map<Tile.Id, Tile> tiles(Set<Tile.Id> ids) {
        Map<Tile.Id, Tile> tiles = new HashMap<>();
        Map<Integer, List<Tile.Id>> byHeight = ids.stream().collect(Collectors.groupingBy(Tile.Id::height));
        byHeight.forEach((height, wanted) -> {
            String from = height == 0 ? "seal_leaves where" : "seal_nodes where height = :height and";
            var query = sql.sql("select tile, hashes from " + from + " tile in (:tiles)")
                    .param("tiles", wanted.stream().map(Tile.Id::index).toList());
            if (height > 0) {
                query = query.param("height", height);
            }
            query.query((row, _) -> new Tile(new Tile.Id(height, row.getLong(1)), row.getBytes(2)))
                    .list()
                    .forEach(tile -> tiles.put(tile.id(), tile));
        });
        return tiles;
    }

    /** The leaf that seals the event at a position. */
    Optional<SealedLeaf> leafOf(long position) {
        return tileOf(position).flatMap(tile -> {
            OptionalInt number = tile.numberOf(position);
            return number.isPresent() ? Optional.of(tile.leaf(number.getAsInt())) : Optional.empty();
        });
    }

    /** The tile that such a leaf would be in. */
    Optional<LeafTile> tileOf(long position) {
        return sql.sql("select tile, positions, hashes from seal_leaves where first_position <= ?"
                        + " order by first_position desc limit 1")
                .param(position)
                .query((row, _) -> LeafTile.of(row.getLong(1), row.getBytes(2), row.getBytes(3)))
                .optional();
    }

    /** The position of the event that a leaf seals. */
    long positionOf(long leaf) {
        LeafTile tile = leaves(leaf / Tile.WIDTH);
        int number = (int) (leaf % Tile.WIDTH);
        if (number >= tile.width()) {
            throw new ContradictedSeal("the seal has lost its leaf " + leaf);
        }
        return tile.positions()[number];
    }

    // what was signed

    void addCheckpoint(long treeSize, SignedNote note, Instant signedAt) {
        requireOne(sql.sql("insert into seal_checkpoint (tree_size, note, signed_at) values (?, ?, ?)")
                .param(treeSize)
                .param(note.toString())
                .param(signedAt.atOffset(ZoneOffset.UTC))
                .update());
    }

    /** Puts a key in charge; the checkpoint in which the one before did so takes the place of that of the same size. */
    void addSuccessor(int number, VerifierKey key, long treeSize, SignedNote rotation, Instant at) {
        sql.sql("delete from seal_checkpoint where tree_size = ?")
                .param(treeSize)
                .update();
        addCheckpoint(treeSize, rotation, at);
        addKey(number, key, rotation.toString(), at);
    }

    void addFirstKey(VerifierKey key, Instant at) {
        addKey(0, key, null, at);
    }

    private void addKey(int number, VerifierKey key, @Nullable String rotation, Instant at) {
        requireOne(sql.sql("insert into seal_key (number, verifier_key, put_in_charge, added_at) values (?, ?, ?, ?)")
                .param(number)
                .param(key.toString())
                .param(rotation)
                .param(at.atOffset(ZoneOffset.UTC))
                .update());
    }

    /** The newest checkpoint: one that outlasts a crash, since it is about to be given away. */
    Optional<StoredCheckpoint> newestCheckpoint() {
        Optional<StoredCheckpoint> newest = sql.sql(
                        "select tree_size, note from seal_checkpoint order by tree_size desc limit 1")
                .query(SealTable::readCheckpoint)
                .optional();
        newest.ifPresent(checkpoint -> makeLasting(checkpoint.treeSize()));
        return newest;
    }

    Optional<StoredCheckpoint> checkpointAt(long treeSize) {
        return sql.sql("select tree_size, note from seal_checkpoint where tree_size = ?")
                .param(treeSize)
                .query(SealTable::readCheckpoint)
                .optional();
    }

    /** Checkpoints from a size on, by size. */
    List<StoredCheckpoint> checkpoints(long fromSize, int limit) {
        return sql.sql("select tree_size, note from seal_checkpoint where tree_size >= ? order by tree_size limit ?")
                .param(fromSize)
                .param(limit)
                .query(SealTable::readCheckpoint)
                .list();
    }

    private static StoredCheckpoint readCheckpoint(ResultSet row, int number) throws SQLException {
        return new StoredCheckpoint(row.getLong(1), row.getString(2));
    }

    /** H2 shows a commit to others before it has written it to the file, as the log knows, too. */
    private void makeLasting(long treeSize) {
        if (showsWhatIsNotYetLasting && lasting.get() < treeSize) {
            sql.sql("checkpoint").update();
            lasting.accumulateAndGet(treeSize, Math::max);
        }
    }

    /** All keys that were ever in charge; nothing while nothing was ever signed. */
    Optional<LogKeys> keys() {
        record StoredKey(String key, @Nullable String rotation) {}
        List<StoredKey> stored = sql.sql("select verifier_key, put_in_charge from seal_key order by number")
                .query((row, _) -> new StoredKey(row.getString(1), row.getString(2)))
                .list();
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LogKeys.of(
                    VerifierKey.parse(stored.getFirst().key()),
                    stored.stream()
                            .skip(1)
                            .map(key -> SignedNote.parse(
                                    String.valueOf(key.rotation()).getBytes(StandardCharsets.UTF_8)))
                            .toList()));
        } catch (IllegalArgumentException | SealException wrong) {
            throw new ContradictedSeal("the keys of the seal do not follow each other: " + wrong.getMessage(), wrong);
        }
    }
}
