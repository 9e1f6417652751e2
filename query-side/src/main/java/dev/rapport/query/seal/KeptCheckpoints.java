package dev.rapport.query.seal;

import dev.rapport.events.seal.Checkpoint;
import dev.rapport.events.seal.Hash;
import dev.rapport.events.seal.LogKeys;
import dev.rapport.events.seal.MerkleTree;
import dev.rapport.events.seal.SealException;
import dev.rapport.events.seal.SignedNote;
import dev.rapport.query.seal.LogMismatch.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares checkpoints that were kept elsewhere with the seal as it is stored: the only thing that tells a log which was rewritten together
 * with its seal. Takes them one after the other, and remembers the first that contradicts the log.
 */
final class KeptCheckpoints {

    private final SealTable table;
    private final LogKeys keys;
    private final MerkleTree tree;
    private long compared;
    private long provenThrough;
    private @Nullable LogMismatch contradiction;

    KeptCheckpoints(SealTable table, LogKeys keys) {
        this.table = table;
        this.keys = keys;
        this.tree = new MerkleTree(new TiledNodes(table));
    }

    /** How many do not contradict the log. */
    long compared() {
        return compared;
    }

    Optional<LogMismatch> contradiction() {
        return Optional.ofNullable(contradiction);
    }

    void compare(SignedNote kept) {
        if (contradiction != null) {
            return;
        }
        Checkpoint signed;
        try {
            signed = keys.verify(kept);
        } catch (SealException stranger) {
            contradiction = LogMismatch.somewhere(
                    Kind.CHECKPOINT_CONTRADICTED,
                    "A checkpoint that was kept elsewhere is not signed by a key of this log (" + stranger.getMessage()
                            + "): it is of another log, or this one was sealed anew with another key. It begins: "
                            + firstLines(kept));
            return;
        }
        SealHead head = table.head();
        if (signed.size() > head.treeSize()) {
            contradiction = LogMismatch.at(
                    Kind.CHECKPOINT_CONTRADICTED,
                    head.lastPosition() + 1,
                    null,
                    "A checkpoint that was kept elsewhere signs " + signed.size()
                            + " events, but the log is sealed for "
                            + head.treeSize() + " only, up to position " + head.lastPosition()
                            + ": its end was cut off, or it was put back to an older state.");
            return;
        }
        Hash root = tree.root(signed.size());
        if (!signed.root().equals(root)) {
            long through = table.positionOf(signed.size() - 1);
            contradiction = LogMismatch.between(
                    Kind.CHECKPOINT_CONTRADICTED,
                    Math.min(provenThrough + 1, through),
                    through,
                    "A checkpoint that was kept elsewhere signs " + signed.size() + " events with the root "
                            + signed.root()
                            + ", but the first " + signed.size() + " events of this log, up to position " + through
                            + ", have the root " + root + ": events were rewritten, and the seal with them.");
            return;
        }
        compared++;
        if (signed.size() > 0) {
            provenThrough = Math.max(provenThrough, table.positionOf(signed.size() - 1));
        }
    }

    private static String firstLines(SignedNote note) {
        return note.text().strip().replace("\n", ", ");
    }
}
