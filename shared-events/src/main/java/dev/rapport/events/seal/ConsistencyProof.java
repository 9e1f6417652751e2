package dev.rapport.events.seal;

import java.util.ArrayList;
import java.util.List;

/**
 * That a tree is the beginning of another: nothing of it was changed, taken out or put in between.
 *
 * @param from the older tree's size
 * @param to the newer tree's size
 * @param path the hashes that lead from both roots to what they share
 */
public record ConsistencyProof(long from, long to, List<Hash> path) {

    public ConsistencyProof {
        path = List.copyOf(path);
    }

    /**
     * RFC 9162, 2.1.4.2, to the letter; and what it leaves out: equal sizes have equal roots, and every tree began empty, which takes no
     * path to show.
     */
    public boolean proves(Hash older, Hash newer) {
        if (from < 0 || from > to) {
            return false;
        }
        if (from == to) {
            return path.isEmpty() && older.equals(newer);
        }
        if (from == 0) {
            return path.isEmpty() && older.equals(Hash.ofNothing());
        }
        if (path.isEmpty()) {
            return false;
        }
        List<Hash> hashes = new ArrayList<>(path);
        if (Long.bitCount(from) == 1) {
            hashes.add(0, older);
        }
        long fn = from - 1;
        long sn = to - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        Hash fr = hashes.get(0);
        Hash sr = hashes.get(0);
        for (Hash c : hashes.subList(1, hashes.size())) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = Hash.ofNode(c, fr);
                sr = Hash.ofNode(c, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                sr = Hash.ofNode(sr, c);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && fr.equals(older) && sr.equals(newer);
    }
}
