package dev.rapport.events.vocabulary;

/**
 * How deep a relationship is, in ascending order.
 */
public enum Level {
    TRANSACTIONAL,
    ADDED_VALUE,
    JOINT_VALUE;

    public boolean isAtLeast(Level other) {
        return compareTo(other) >= 0;
    }
}
