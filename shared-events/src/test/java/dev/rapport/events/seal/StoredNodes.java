package dev.rapport.events.seal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The nodes of a tree, kept as a table would keep them. */
final class StoredNodes implements Nodes {

    private final Map<NodeId, Hash> stored = new HashMap<>();
    private int reads;

    /** A tree of these leaves. */
    static StoredNodes of(List<Hash> leaves) {
        StoredNodes nodes = new StoredNodes();
        GrowingTree tree = GrowingTree.empty();
        leaves.forEach(leaf -> nodes.store(tree.append(leaf)));
        return nodes;
    }

    void store(List<Node> nodes) {
        nodes.forEach(node -> {
            if (stored.put(node.id(), node.hash()) != null) {
                throw new IllegalStateException("a node is stored once");
            }
        });
    }

    void remove(NodeId id) {
        stored.remove(id);
    }

    int reads() {
        return reads;
    }

    @Override
    public Map<NodeId, Hash> read(Set<NodeId> ids) {
        reads++;
        return ids.stream().filter(stored::containsKey).collect(Collectors.toMap(id -> id, stored::get));
    }
}
