package dev.rapport.events.seal;

/**
 * The place of a node over a complete subtree.
 *
 * @param level 0 for leaves, and one more for each level above
 * @param index from the left, from 0: the node is above the leaves from index * 2^level to before (index + 1) * 2^level
 */
public record NodeId(int level, long index) {

    private static final int LEVELS = Long.SIZE - 1;

    public NodeId {
        if (level < 0 || level >= LEVELS || index < 0 || index > Long.MAX_VALUE >> level) {
            throw new IllegalArgumentException("no tree has a node " + index + " on level " + level);
        }
    }

    NodeId parent() {
        return new NodeId(level + 1, index >> 1);
    }

    boolean isRight() {
        return (index & 1) == 1;
    }
}
