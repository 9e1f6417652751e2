package dev.rapport.events.seal;

import java.util.Map;
import java.util.Set;

/** Where the nodes of a tree are kept: every node over a complete subtree, the leaves included. */
public interface Nodes {

    /** These nodes' hashes, in one go; what is missing from the answer is missing from the tree, which is then refused. */
    Map<NodeId, Hash> read(Set<NodeId> ids);
}
