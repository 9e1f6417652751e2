package dev.rapport.events.seal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The right edge of a tree, which is all that appending needs: the complete subtrees that it consists of, at most one on each level. A leaf
 * costs two hashes on average and log2 of the size at most. For one thread.
 */
public final class GrowingTree {

    private final List<Node> edge;
    private long size;

    private GrowingTree(List<Node> edge, long size) {
        this.edge = edge;
        this.size = size;
    }

    public static GrowingTree empty() {
        return new GrowingTree(new ArrayList<>(), 0);
    }

    /** A tree that has so many leaves already, to go on with. */
    public static GrowingTree continuing(long size, Nodes nodes) {
        if (size < 0) {
            throw new IllegalArgumentException("no tree has " + size + " leaves");
        }
        List<NodeId> ids = new Subtree(0, size).complete();
        Map<NodeId, Hash> known = ids.isEmpty() ? Map.of() : nodes.read(new HashSet<>(ids));
        List<Node> edge = new ArrayList<>();
        for (NodeId id : ids) {
            Hash hash = known.get(id);
            if (hash == null) {
                throw new IllegalStateException("the tree lacks its node " + id.index() + " on level " + id.level());
            }
            edge.add(new Node(id, hash));
        }
        return new GrowingTree(edge, size);
    }

    /** How many leaves it has; also the index of the next one. */
    public long size() {
        return size;
    }

    public Hash root() {
        return edge.isEmpty()
                ? Hash.ofNothing()
                : MerkleTree.foldFromRight(edge.stream().map(Node::hash).toList());
    }

    /** Appends a leaf, and tells all nodes that are new and complete with it, the leaf first: those to be stored. */
    public List<Node> append(Hash leaf) {
        List<Node> complete = new ArrayList<>();
        Node node = new Node(new NodeId(0, size), leaf);
        complete.add(node);
        while (node.id().isRight()) {
            Node left = edge.remove(edge.size() - 1);
            node = new Node(node.id().parent(), Hash.ofNode(left.hash(), node.hash()));
            complete.add(node);
        }
        edge.add(node);
        size++;
        return complete;
    }
}
