package dev.rapport.query.seal;

/** How far the log is sealed: so many events, up to that position. */
record SealHead(long treeSize, long lastPosition) {}
