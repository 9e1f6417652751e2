package dev.rapport.query.seal;

import dev.rapport.events.seal.GrowingTree;
import dev.rapport.events.seal.Hash;
import dev.rapport.events.seal.Node;
import dev.rapport.events.seal.Nodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the seal goes on: the right edge of the tree, and the tiles there that are not full yet. Events are appended in memory; then what
 * has changed is written as a whole, or the edge is thrown away and read again. For one thread.
 */
final class SealEdge {

    private final GrowingTree tree;
    private final Map<Integer, OpenTile> open = new TreeMap<>();
    private final List<OpenTile> full = new ArrayList<>();
    private long lastPosition;

    private SealEdge(GrowingTree tree, long lastPosition) {
        this.tree = tree;
        this.lastPosition = lastPosition;
    }

    /** The edge of the tree as it is stored. */
    static SealEdge at(SealHead head, Nodes nodes, SealTable table) {
        SealEdge edge = new SealEdge(GrowingTree.continuing(head.treeSize(), nodes), head.lastPosition());
        int height = 0;
        for (long entries = head.treeSize(); entries > 0; entries >>= Tile.BITS) {
            int width = (int) (entries & Tile.WIDTH - 1);
            if (width > 0) {
                edge.open.put(height, OpenTile.continuing(new Tile.Id(height, entries >> Tile.BITS), width, table));
            }
            height++;
        }
        return edge;
    }

    SealHead head() {
        return new SealHead(tree.size(), lastPosition);
    }

    Hash root() {
        return tree.root();
    }

    void append(long position, Hash leaf) {
        for (Node node : tree.append(leaf)) {
            if (node.id().level() % Tile.BITS == 0) {
                append(node, position);
            }
        }
        lastPosition = position;
    }

    private void append(Node node, long position) {
        Tile.Id id = Tile.Id.of(node.id());
        OpenTile tile = open.computeIfAbsent(id.height(), _ -> new OpenTile(id));
        tile.add(node.hash(), position);
        if (tile.width == Tile.WIDTH) {
            open.remove(id.height());
            full.add(tile);
        }
    }

    /** Writes what was appended since it was last written or read. */
    void write(SealTable table) {
        full.forEach(tile -> tile.write(table));
        open.values().stream().filter(OpenTile::isChanged).forEach(tile -> tile.write(table));
        full.clear();
    }

    private static final class OpenTile {

        private final Tile.Id id;
        private final byte[] hashes = new byte[Tile.WIDTH * Hash.SIZE];
        private final long[] positions = new long[Tile.WIDTH];
        private int width;
        private int stored;

        OpenTile(Tile.Id id) {
            this.id = id;
        }

        static OpenTile continuing(Tile.Id id, int width, SealTable table) {
            OpenTile tile = new OpenTile(id);
            if (id.height() == 0) {
                LeafTile leaves = table.leaves(id.index());
                requireWidth(width, leaves.width());
                System.arraycopy(leaves.positions(), 0, tile.positions, 0, width);
                System.arraycopy(leaves.tile().hashes(), 0, tile.hashes, 0, width * Hash.SIZE);
            } else {
                Tile nodes = table.nodes(id);
                requireWidth(width, nodes.width());
                System.arraycopy(nodes.hashes(), 0, tile.hashes, 0, width * Hash.SIZE);
            }
            tile.width = width;
            tile.stored = width;
            return tile;
        }

        private static void requireWidth(int expected, int found) {
            if (expected != found) {
                throw new ContradictedSeal(
                        "the last tile of the seal has " + found + " hashes, and should have " + expected);
            }
        }

        void add(Hash hash, long position) {
            System.arraycopy(hash.bytes(), 0, hashes, width * Hash.SIZE, Hash.SIZE);
            positions[width] = position;
            width++;
        }

        boolean isChanged() {
            return width > stored;
        }

        void write(SealTable table) {
            byte[] packed = Arrays.copyOf(hashes, width * Hash.SIZE);
            if (id.height() == 0) {
                table.writeLeaves(id.index(), stored, positions[0], LeafTile.packed(positions, width), packed);
            } else {
                table.writeNodes(id, stored, packed);
            }
            stored = width;
        }
    }
}
