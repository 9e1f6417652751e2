package dev.rapport.query.seal;

import dev.rapport.events.problem.Problem;
import dev.rapport.events.seal.BundledEvent;
import dev.rapport.events.seal.Checkpoint;
import dev.rapport.events.seal.InclusionProof;
import dev.rapport.events.seal.LogKeys;
import dev.rapport.events.seal.MerkleTree;
import dev.rapport.events.seal.ProvenEvent;
import dev.rapport.events.seal.SignedNote;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.StoredEvent;
import dev.rapport.query.audit.WhatEventsSay;
import dev.rapport.query.http.QueryRefused;
import dev.rapport.query.seal.LeafTile.SealedLeaf;
import dev.rapport.query.seal.SealTable.StoredCheckpoint;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** The log as far as it is sealed, to be asked for checkpoints and proofs. */
final class SealedLog {

    private static final int EVENTS_AT_ONCE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
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

    Optional<LogKeys> keys() {
        return table.keys();
    }

    /** Which leaves seal the events of a stream, by sequence number; none when there is no such stream. */
    StreamOfLeaves leavesOf(String stream, int mostEvents) {
        List<Long> leaves = new ArrayList<>();
        LeafTile tile = null;
        long last = 0;
        for (List<StoredEvent> page = log.readStream(stream, 0, EVENTS_AT_ONCE);
                !page.isEmpty() && leaves.size() <= mostEvents;
                page = log.readStream(stream, leaves.size(), EVENTS_AT_ONCE)) {
            for (StoredEvent event : page) {
                if (event.sequenceNumber() != leaves.size()) {
                    throw new ContradictedSeal("the stream " + stream + " has lost its event number " + leaves.size());
                }
                last = event.position();
                if (tile == null || tile.numberOf(last).isEmpty()) {
                    awaitSealed(last);
                    tile = table.tileOf(last).orElseThrow(() -> unsealed(event));
                }
                leaves.add(tile.leaf(tile.numberOf(last).orElseThrow(() -> unsealed(event)))
                        .index());
            }
        }
        return new StreamOfLeaves(stream, leaves);
    }

    private static ContradictedSeal unsealed(StoredEvent event) {
        return new ContradictedSeal(
                "the event at position " + event.position() + " was not there when the log was sealed");
    }

    record StreamOfLeaves(String stream, List<Long> leaves) {}

    /** The events of a stream with their proofs and what they say, read page by page. */
    Iterator<BundledEvent> bundled(StreamOfLeaves stream, long treeSize, WhatEventsSay reading) {
        MerkleTree tree = tree();
        return new Iterator<>() {
            private final Deque<BundledEvent> page = new ArrayDeque<>();
            private int next;

            @Override
            public boolean hasNext() {
                return next < stream.leaves().size();
            }

            @Override
            public BundledEvent next() {
                if (page.isEmpty()) {
                    int to = Math.min(next + EVENTS_AT_ONCE, stream.leaves().size());
                    List<InclusionProof> proofs =
                            tree.inclusionProofs(stream.leaves().subList(next, to), treeSize);
                    List<StoredEvent> events = log.readStream(stream.stream(), next, to - next);
                    List<Optional<JsonNode>> said = reading.of(events);
                    for (int i = 0; i < events.size(); i++) {
                        var proven = new ProvenEvent(events.get(i).toBeSealed(), proofs.get(i));
                        page.add(new BundledEvent(proven, said.get(i).map(JsonNode::toString)));
                    }
                }
                next++;
                return page.removeFirst();
            }
        };
    }

    /** Waits a moment for the log to be sealed up to a position. */
    private void awaitSealed(long position) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (table.head().lastPosition() < position) {
            if (System.nanoTime() > deadline) {
                throw QueryRefused.because(
                        Problem.UNAVAILABLE, "The log is not yet sealed up to the newest event, at " + position + ".");
            }
            sealer.hurry();
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }
}
