package dev.rapport.query.seal;

import dev.rapport.events.seal.Hash;
import dev.rapport.events.seal.NodeId;
import java.util.Arrays;
import java.util.Optional;

/**
 * Up to 256 neighbouring hashes of one height of the tree, as they are stored. Those of height 0 are the leaves; above, each is the root over
 * a full tile of the height below. The nodes in between are few enough to be computed when somebody asks.
 */
@SuppressWarnings("ArrayRecordComponent") // a part of a row, never compared as such
record Tile(Id id, byte[] hashes) {

    static final int BITS = 8;
    static final int WIDTH = 1 << BITS;

    record Id(int height, long index) {

        /** The tile whose entries a node is one of, or is above. */
        static Id of(NodeId node) {
            return new Id(node.level() / BITS, firstEntry(node) >> BITS);
        }
    }

    int width() {
        return hashes.length / Hash.SIZE;
    }

    Hash entry(int number) {
        return Hash.of(Arrays.copyOfRange(hashes, number * Hash.SIZE, (number + 1) * Hash.SIZE));
    }

    /** The hash of a node that is an entry or above some; nothing when not all that is below it is here. */
    Optional<Hash> node(NodeId node) {
        int from = (int) (firstEntry(node) & WIDTH - 1);
        int to = from + (1 << node.level() % BITS);
        return to > width() ? Optional.empty() : Optional.of(over(from, to));
    }

    private Hash over(int from, int to) {
        int half = (to - from) / 2;
        return half == 0 ? entry(from) : Hash.ofNode(over(from, from + half), over(from + half, to));
    }

    private static long firstEntry(NodeId node) {
        return node.index() << node.level() % BITS;
    }
}
