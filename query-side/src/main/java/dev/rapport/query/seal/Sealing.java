package dev.rapport.query.seal;

import dev.rapport.events.seal.Checkpoint;
import dev.rapport.events.seal.LogKeys;
import dev.rapport.events.seal.SignedNote;
import dev.rapport.events.seal.SignerKey;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.StoredEvent;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Seals the next events of the log: the tiles that they change, the checkpoint and how far the log is sealed are one transaction, so that
 * nothing is ever signed that a crash could take back, and a crash at any moment leaves the seal at one checkpoint or the next.
 *
 * <p>Any number of nodes may try. One at a time holds the row of the head and seals; whoever comes next goes on from where it finds it. For
 * one thread.
 */
final class Sealing {

    /** The most events between two checkpoints. */
    static final int MOST_EVENTS = 1_000;

    private final EventLog log;
    private final SealTable table;
    private final SignerKey key;
    private final Clock clock;
    private @Nullable SealEdge edge;

    Sealing(EventLog log, SealTable table, SignerKey key, Clock clock) {
        this.log = log;
        this.table = table;
        this.key = key;
        this.clock = clock;
    }

    /** What came of one try: somebody else is at it, there was nothing to seal, or a checkpoint was made; {@code full} when there may be more. */
    sealed interface Outcome {

        record Elsewhere() implements Outcome {}

        record Nothing() implements Outcome {}

        record Sealed(SignedNote checkpoint, boolean full) implements Outcome {}
    }

    Outcome sealNext() {
        boolean done = false;
        try {
            Outcome outcome = table.inTransaction(
                    () -> table.lockHead().map(this::sealAfter).orElseGet(Outcome.Elsewhere::new));
            done = true;
            return outcome;
        } finally {
            if (!done) {
                edge = null;
            }
        }
    }

    private Outcome sealAfter(SealHead head) {
        List<StoredEvent> events = log.read(head.lastPosition(), MOST_EVENTS);
        if (events.isEmpty()) {
            return new Outcome.Nothing();
        }
        SealEdge grown = edgeAt(head);
        for (StoredEvent event : events) {
            grown.append(event.position(), event.toBeSealed().leafHash());
        }
        grown.write(table);
        SealHead next = grown.head();
        SignedNote checkpoint = new Checkpoint(key.name(), next.treeSize(), grown.root()).sign(key);
        table.addCheckpoint(next.treeSize(), checkpoint, clock.instant());
        table.moveHead(head, next);
        return new Outcome.Sealed(checkpoint, events.size() == MOST_EVENTS);
    }

    private SealEdge edgeAt(SealHead head) {
        SealEdge known = edge;
        if (known != null && known.head().equals(head)) {
            return known;
        }
        LogKeys keys = table.keys().orElseThrow(() -> new ContradictedSeal("the seal has lost its keys"));
        if (!keys.current().equals(key.verifierKey())) {
            throw new ContradictedSeal("the key of this node, " + key.verifierKey()
                    + ", is not in charge any more, but " + keys.current());
        }
        SealEdge read = SealEdge.at(head, new TiledNodes(table), table);
        new ProvenHead(table).require(read, keys);
        edge = read;
        return read;
    }
}
