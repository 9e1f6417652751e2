package dev.rapport.query.seal;

import dev.rapport.events.seal.Checkpoint;
import dev.rapport.events.seal.LogKeys;
import dev.rapport.events.seal.SealException;
import dev.rapport.query.seal.SealTable.StoredCheckpoint;

/**
 * That the tree as it is stored is the one that was signed last. Asked before anything is signed on top of it: a log whose seal was changed
 * must not get an honest signature.
 */
record ProvenHead(SealTable table) {

    /** Refuses an edge that is not the one of the newest checkpoint. */
    void require(SealEdge edge, LogKeys keys) {
        StoredCheckpoint newest =
                table.newestCheckpoint().orElseThrow(() -> new ContradictedSeal("the seal has lost its checkpoints"));
        Checkpoint signed;
        try {
            signed = keys.verify(newest.signed());
        } catch (IllegalArgumentException | SealException wrong) {
            throw new ContradictedSeal(
                    "the newest checkpoint of the seal is not one that was signed: " + wrong.getMessage(), wrong);
        }
        SealHead head = edge.head();
        if (signed.size() != head.treeSize() || !signed.root().equals(edge.root())) {
            throw new ContradictedSeal(
                    "the newest checkpoint of the seal signs " + signed.size() + " events with the root "
                            + signed.root() + ", but what is stored is a tree of " + head.treeSize() + " with the root "
                            + edge.root());
        }
    }
}
