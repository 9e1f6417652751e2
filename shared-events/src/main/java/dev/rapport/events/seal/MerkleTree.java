package dev.rapport.events.seal;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What can be said and proven of a tree at any of its sizes, from its stored nodes. Each answer reads all the nodes that it needs in one
 * go, at most about two times log2 of the size for a root or a proof.
 */
public final class MerkleTree {

    private final Nodes nodes;

    public MerkleTree(Nodes nodes) {
        this.nodes = nodes;
    }

    /** The root when the tree had so many leaves. */
    public Hash root(long size) {
        if (size < 0) {
            throw new IllegalArgumentException("no tree has " + size + " leaves");
        }
        if (size == 0) {
            return Hash.ofNothing();
        }
        Subtree whole = new Subtree(0, size);
        return hash(whole, read(List.of(whole)));
    }

    /** That a leaf (the first has index 0) is in the tree of that size. */
    public InclusionProof inclusionProof(long index, long size) {
        return inclusionProofs(List.of(index), size).get(0);
    }

    /** The same for many leaves, in the order given. */
    public List<InclusionProof> inclusionProofs(List<Long> indices, long size) {
        for (long index : indices) {
            if (index < 0 || index >= size) {
                throw new IllegalArgumentException("a tree of " + size + " leaves has no leaf " + index);
            }
        }
        List<List<Subtree>> paths =
                indices.stream().map(index -> Subtree.besideLeaf(index, size)).toList();
        Map<NodeId, Hash> known = read(paths.stream().flatMap(List::stream).toList());
        return IntStream.range(0, paths.size())
                .mapToObj(i -> new InclusionProof(indices.get(i), size, hashes(paths.get(i), known)))
                .toList();
    }

    /** That the tree of an older size is the beginning of the tree of a newer one, or the same. */
    public ConsistencyProof consistencyProof(long from, long to) {
        if (from < 0 || from > to) {
            throw new IllegalArgumentException("a tree of " + to + " leaves did not grow from one of " + from);
        }
        List<Subtree> path = from == 0 || from == to ? List.of() : Subtree.fromOlder(from, to);
        return new ConsistencyProof(from, to, hashes(path, read(path)));
    }

    private Map<NodeId, Hash> read(Collection<Subtree> subtrees) {
        Set<NodeId> ids = new HashSet<>();
        subtrees.forEach(subtree -> ids.addAll(subtree.complete()));
        return ids.isEmpty() ? Map.of() : nodes.read(ids);
    }

    private static List<Hash> hashes(List<Subtree> path, Map<NodeId, Hash> known) {
        return path.stream().map(subtree -> hash(subtree, known)).toList();
    }

    private static Hash hash(Subtree subtree, Map<NodeId, Hash> known) {
        return foldFromRight(subtree.complete().stream()
                .map(id -> {
                    Hash hash = known.get(id);
                    if (hash == null) {
                        throw new IllegalStateException(
                                "the tree lacks its node " + id.index() + " on level " + id.level());
                    }
                    return hash;
                })
                .toList());
    }

    /** The hash above complete subtrees that get smaller to the right. */
    static Hash foldFromRight(List<Hash> hashes) {
        Hash folded = hashes.get(hashes.size() - 1);
        for (int i = hashes.size() - 2; i >= 0; i--) {
            folded = Hash.ofNode(hashes.get(i), folded);
        }
        return folded;
    }
}
