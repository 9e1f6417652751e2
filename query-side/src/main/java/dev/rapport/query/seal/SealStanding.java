package dev.rapport.query.seal;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** What is wrong with the seal on this node, if anything is, for whoever looks after the house. */
final class SealStanding {

    private final Map<String, String> troubles = new ConcurrentSkipListMap<>();

    /** What has trouble, and which; empty when all is well. */
    Map<String, String> troubles() {
        return Map.copyOf(troubles);
    }

    void trouble(String what, String which) {
        troubles.put(what, which);
    }

    void mended(String what) {
        troubles.remove(what);
    }
}
