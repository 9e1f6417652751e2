package dev.rapport.events.seal;

/** A node over a complete subtree, as it is stored: once there, it never changes, however the tree grows. */
public record Node(NodeId id, Hash hash) {}
