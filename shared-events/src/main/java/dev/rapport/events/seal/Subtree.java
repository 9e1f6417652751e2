package dev.rapport.events.seal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The leaves from one index to before another, as they lie under one node of a tree of RFC 9162. */
record Subtree(long from, long to) {

    /** The largest power of two that is smaller than the number of leaves: how many of them are under the left child. */
    private static long leftOf(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }

    private Subtree left() {
        return new Subtree(from, from + leftOf(to - from));
    }

    private Subtree right() {
        return new Subtree(from + leftOf(to - from), to);
    }

    /** The complete subtrees that it consists of, from left to right, ever smaller ones. */
    List<NodeId> complete() {
        List<NodeId> complete = new ArrayList<>();
        for (long start = from; start < to; ) {
            long width = Long.highestOneBit(to - start);
            int level = Long.numberOfTrailingZeros(width);
            complete.add(new NodeId(level, start >> level));
            start += width;
        }
        return complete;
    }

    /** RFC 9162, 2.1.3.1: the subtrees beside the way from a leaf to the root, from the leaf on. */
    static List<Subtree> besideLeaf(long index, long size) {
        Deque<Subtree> beside = new ArrayDeque<>();
        Subtree subtree = new Subtree(0, size);
        while (subtree.to - subtree.from > 1) {
            boolean isLeft = index < subtree.left().to;
            beside.push(isLeft ? subtree.right() : subtree.left());
            subtree = isLeft ? subtree.left() : subtree.right();
        }
        return List.copyOf(beside);
    }

    /** RFC 9162, 2.1.4.1: the subtrees that lead both from an older tree's root and to the root of the tree that it grew to. */
    static List<Subtree> fromOlder(long older, long size) {
        Deque<Subtree> path = new ArrayDeque<>();
        Subtree subtree = new Subtree(0, size);
        while (subtree.to != older) {
            boolean isLeft = older <= subtree.left().to;
            path.push(isLeft ? subtree.right() : subtree.left());
            subtree = isLeft ? subtree.left() : subtree.right();
        }
        if (subtree.from > 0) {
            path.push(subtree);
        }
        return List.copyOf(path);
    }
}
