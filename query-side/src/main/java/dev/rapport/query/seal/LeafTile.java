package dev.rapport.query.seal;

import dev.rapport.events.seal.Hash;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;

/** A tile of leaves, with the positions of the events that they seal: positions have gaps, the indices of leaves have none. */
@SuppressWarnings("ArrayRecordComponent") // a part of a row, never compared as such
record LeafTile(Tile tile, long[] positions) {

    static LeafTile of(long index, byte[] positions, byte[] hashes) {
        long[] numbers = new long[positions.length / Long.BYTES];
        ByteBuffer.wrap(positions).asLongBuffer().get(numbers);
        return new LeafTile(new Tile(new Tile.Id(0, index), hashes), numbers);
    }

    static byte[] packed(long[] positions, int count) {
        ByteBuffer packed = ByteBuffer.allocate(count * Long.BYTES);
        packed.asLongBuffer().put(positions, 0, count);
        return packed.array();
    }

    /** How many leaves can be told from it: as many as have a position and a hash. */
    int width() {
        return Math.min(positions.length, tile.width());
    }

    SealedLeaf leaf(int number) {
        return new SealedLeaf(tile.id().index() * Tile.WIDTH + number, positions[number], tile.entry(number));
    }

    OptionalInt numberOf(long position) {
        int found = Arrays.binarySearch(positions, position);
        return found >= 0 && found < width() ? OptionalInt.of(found) : OptionalInt.empty();
    }

    /** A leaf of the tree, and the position of the event that it seals. */
    record SealedLeaf(long index, long position, Hash hash) {}
}
