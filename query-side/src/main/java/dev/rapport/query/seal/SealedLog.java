package dev.rapport.query.seal;

import dev.rapport.events.seal.Checkpoint;
import dev.rapport.events.seal.MerkleTree;
import dev.rapport.events.seal.SignedNote;
import dev.rapport.events.storage.EventLog;
import dev.rapport.query.seal.LeafTile.SealedLeaf;
import dev.rapport.query.seal.SealTable.StoredCheckpoint;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The log as far as it is sealed, to be asked for checkpoints and proofs. */
final class SealedLog {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final EventLog log;
    private final SealTable table;
    private final Sealer sealer;

    SealedLog(EventLog log, SealTable table, Sealer sealer) {
        this.log = log;
        this.table = table;
        this.sealer = sealer;
    }

    /** A checkpoint with the note that signs it. */
    record Signed(Checkpoint checkpoint, SignedNote note) {

        private static Signed of(StoredCheckpoint stored) {
            SignedNote note = stored.signed();
            return new Signed(Checkpoint.of(note), note);
        }
    }

    Optional<Signed> newestCheckpoint() {
        return table.newestCheckpoint().map(Signed::of);
    }

    Optional<Signed> checkpointOf(long treeSize) {
        return table.checkpointAt(treeSize).map(Signed::of);
    }

    Optional<SealedLeaf> leafOf(long position) {
        return table.leafOf(position);
    }

    MerkleTree tree() {
        return new MerkleTree(new TiledNodes(table));
    }

    EventLog log() {
        return log;
    }

    SealTable table() {
        return table;
    }

    /** Waits until the log is sealed up to a position; false when that takes longer than the caller would wait. */
    boolean awaitSealed(long position, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (table.head().lastPosition() < position) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            sealer.hurry();
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return true;
    }
}
