package dev.rapport.query.seal;

import dev.rapport.events.seal.Checkpoint;
import dev.rapport.events.seal.GrowingTree;
import dev.rapport.events.seal.Hash;
import dev.rapport.events.seal.LogKeys;
import dev.rapport.events.seal.Node;
import dev.rapport.events.seal.SealException;
import dev.rapport.events.seal.SealedEvent;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.StoredEvent;
import dev.rapport.query.seal.LeafTile.SealedLeaf;
import dev.rapport.query.seal.LogMismatch.Kind;
import dev.rapport.query.seal.SealTable.StoredCheckpoint;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks along the log and the seal side by side, each event and each hash read once: computes the leaves and the tree anew, and compares
 * them with all that is stored of them and with all that was signed, up to the newest checkpoint. Stops at the first thing that does not
 * match. Holds a page of events, a few tiles and the tree's edge, however long the log is.
 *
 * <p>It may set out from any leaf, trusting what is stored of the tree before it; then the signatures hold that to account as well, since
 * every root that they sign is computed from both.
 */
final class LogComparison {

    private static final int EVENTS_AT_ONCE = 1_000;
    private static final int TILES_AT_ONCE = 16;
    private static final int CHECKPOINTS_AT_ONCE = 500;

    /** How far behind its place a sealed event is looked for. */
    private static final int MOST_LOOKED_THROUGH = 10_000;

    private final EventLog log;
    private final SealTable table;
    private final Progress progress;
    private final LogKeys keys;
    private final Checkpoint newest;

    private final GrowingTree tree;
    private final Deque<StoredEvent> events = new ArrayDeque<>();
    private final Deque<SealedLeaf> leaves = new ArrayDeque<>();
    private final Deque<StoredCheckpoint> checkpoints = new ArrayDeque<>();
    private final Map<Integer, Tile> nodes = new HashMap<>();
    private long readThrough;
    private long lastPosition;
    private long provenSize;
    private long firstUnprovenPosition;
    private long nextCheckpointSize;

    /** Is told how far a comparison has come, and may end it. */
    interface Progress {

        Progress UNWATCHED = (events, checkpoints) -> true;

        /** So many more events and checkpoints match; false to go no further. */
        boolean advanced(long events, long checkpoints);
    }

    /** Nobody wants to know the end of the comparison any more. */
    static final class Abandoned extends RuntimeException {

        Abandoned() {
            super("the verification was stopped");
        }
    }

    private LogComparison(
            EventLog log, SealTable table, Progress progress, LogKeys keys, Checkpoint newest, long fromLeaf) {
        this.log = log;
        this.table = table;
        this.progress = progress;
        this.keys = keys;
        this.newest = newest;
        this.tree = GrowingTree.continuing(fromLeaf, new TiledNodes(table));
        this.lastPosition = fromLeaf == 0 ? 0 : table.positionOf(fromLeaf - 1);
        this.readThrough = lastPosition;
        this.firstUnprovenPosition = lastPosition + 1;
        this.provenSize = fromLeaf;
        this.nextCheckpointSize = fromLeaf;
    }

    /** Compares the log from a leaf on with what the keys have signed, up to this newest checkpoint. */
    static Optional<LogMismatch> from(
            long leaf, EventLog log, SealTable table, LogKeys keys, Checkpoint newest, Progress progress) {
        try {
            new LogComparison(log, table, progress, keys, newest, leaf).walk();
            return Optional.empty();
        } catch (Found found) {
            return Optional.of(found.mismatch);
        } catch (ContradictedSeal contradicted) {
            return Optional.of(LogMismatch.somewhere(Kind.SEAL_CHANGED, contradicted.getMessage() + "."));
        }
    }

    private static final class Found extends RuntimeException {

        private final transient LogMismatch mismatch;

        Found(LogMismatch mismatch) {
            super(mismatch.detail());
            this.mismatch = mismatch;
        }
    }

    private void walk() {
        compareCheckpoints();
        long told = tree.size();
        while (tree.size() < newest.size()) {
            SealedLeaf leaf = nextLeaf();
            compare(leaf);
            appended(leaf);
            int checked = compareCheckpoints();
            if (checked > 0 || tree.size() - told >= EVENTS_AT_ONCE || tree.size() == newest.size()) {
                if (!progress.advanced(tree.size() - told, checked)) {
                    throw new Abandoned();
                }
                told = tree.size();
            }
        }
        if (provenSize < newest.size()) {
            throw new Found(LogMismatch.somewhere(
                    Kind.CHECKPOINT_CHANGED,
                    "The newest checkpoint, of " + newest.size() + " events, is not stored any more."));
        }
    }

    private void compare(SealedLeaf leaf) {
        StoredEvent event = peek();
        if (event == null || event.position() > leaf.position()) {
            throw new Found(missing(leaf, event));
        }
        if (event.position() < leaf.position()) {
            throw new Found(LogMismatch.at(
                    Kind.EVENT_INSERTED,
                    event.position(),
                    event.eventId(),
                    "An event stands at position " + event.position() + " that was not there when the log was sealed: "
                            + described(event) + "."));
        }
        if (!matches(event, leaf.position(), leaf.hash())) {
            throw new Found(changed(leaf, event));
        }
        events.removeFirst();
    }

    private LogMismatch missing(SealedLeaf leaf, @Nullable StoredEvent next) {
        StoredEvent moved = lookFor(leaf);
        if (moved != null) {
            return moved(leaf, moved, null);
        }
        return LogMismatch.at(
                Kind.EVENT_MISSING,
                leaf.position(),
                null,
                next == null
                        ? "The event that was sealed at position " + leaf.position()
                                + " is gone, and so is all after it:"
                                + " the log ends at " + log.lastStablePosition() + ", and was sealed for "
                                + newest.size()
                                + " events."
                        : "The event that was sealed at position " + leaf.position() + " is gone.");
    }

    private LogMismatch changed(SealedLeaf leaf, StoredEvent event) {
        StoredEvent moved = lookFor(leaf);
        if (moved != null) {
            return moved(leaf, moved, event);
        }
        return LogMismatch.at(
                Kind.EVENT_CHANGED,
                leaf.position(),
                event.eventId(),
                "The event at position " + leaf.position()
                        + " is not the one that was sealed there: its payload, its metadata or"
                        + " another of its columns was changed, or it is another event. It is " + described(event)
                        + ".");
    }

    private static LogMismatch moved(SealedLeaf leaf, StoredEvent moved, @Nullable StoredEvent there) {
        return LogMismatch.at(
                Kind.EVENT_MOVED,
                leaf.position(),
                there == null ? null : there.eventId(),
                "The event that was sealed at position " + leaf.position() + " stands at position " + moved.position()
                        + " now: "
                        + described(moved) + ". At its place there is "
                        + (there == null ? "none" : described(there)) + ".");
    }

    private static String described(StoredEvent event) {
        return "event " + event.eventId() + ", " + event.eventType() + " of " + event.stream();
    }

    /** The sealed event somewhere behind its place, if it is. */
    private @Nullable StoredEvent lookFor(SealedLeaf leaf) {
        int looked = 0;
        for (StoredEvent event : events) {
            if (matches(event, leaf.position(), leaf.hash())) {
                return event;
            }
            looked++;
        }
        long after = readThrough;
        while (looked < MOST_LOOKED_THROUGH) {
            var page = log.read(after, EVENTS_AT_ONCE);
            if (page.isEmpty()) {
                return null;
            }
            for (StoredEvent event : page) {
                if (matches(event, leaf.position(), leaf.hash())) {
                    return event;
                }
            }
            looked += page.size();
            after = page.getLast().position();
        }
        return null;
    }

    /** Whether the event would have that hash if it stood at the position, as it does where nothing was moved. */
    private static boolean matches(StoredEvent event, long position, Hash hash) {
        try {
            return new SealedEvent(
                            position,
                            event.eventId(),
                            event.streamType(),
                            event.stream(),
                            event.sequenceNumber(),
                            event.eventType(),
                            event.revision(),
                            event.recordedAt(),
                            event.payload(),
                            event.metadata())
                    .leafHash()
                    .equals(hash);
        } catch (IllegalArgumentException unsealable) {
            return false;
        }
    }

    private @Nullable StoredEvent peek() {
        if (events.isEmpty()) {
            events.addAll(log.read(readThrough, EVENTS_AT_ONCE));
            if (!events.isEmpty()) {
                readThrough = events.getLast().position();
            }
        }
        return events.peekFirst();
    }

    private SealedLeaf nextLeaf() {
        if (leaves.isEmpty()) {
            long tile = tree.size() / Tile.WIDTH;
            int first = (int) (tree.size() % Tile.WIDTH);
            for (LeafTile read : table.leaves(tile, TILES_AT_ONCE)) {
                if (read.tile().id().index() != tile) {
                    break;
                }
                for (int number = first; number < read.width(); number++) {
                    leaves.add(read.leaf(number));
                }
                if (read.width() < Tile.WIDTH) {
                    break;
                }
                first = 0;
                tile++;
            }
        }
        SealedLeaf leaf = leaves.pollFirst();
        if (leaf == null) {
            throw new Found(LogMismatch.at(
                    Kind.SEAL_CHANGED,
                    lastPosition + 1,
                    null,
                    "The seal has lost what it knew of the events after position " + lastPosition + ", its leaf "
                            + tree.size() + "."));
        }
        if (leaf.position() <= lastPosition) {
            throw new Found(LogMismatch.at(
                    Kind.SEAL_CHANGED,
                    leaf.position(),
                    null,
                    "The seal says that the event after position " + lastPosition + " is at position " + leaf.position()
                            + "."));
        }
        return leaf;
    }

    private void appended(SealedLeaf leaf) {
        lastPosition = leaf.position();
        for (Node node : tree.append(leaf.hash())) {
            if (node.id().level() > 0 && node.id().level() % Tile.BITS == 0) {
                compare(node);
            }
        }
    }

    private void compare(Node node) {
        Tile.Id id = Tile.Id.of(node.id());
        int entry = (int) (node.id().index() % Tile.WIDTH);
        Tile tile = nodes.get(id.height());
        if (tile == null || !tile.id().equals(id)) {
            tile = table.tiles(Set.of(id)).getOrDefault(id, new Tile(id, new byte[0]));
            nodes.put(id.height(), tile);
        }
        if (entry >= tile.width() || !tile.entry(entry).equals(node.hash())) {
            throw new Found(LogMismatch.between(
                    Kind.SEAL_CHANGED,
                    firstUnprovenPosition,
                    lastPosition,
                    "What is stored of the tree over the events up to position " + lastPosition
                            + " does not fit the hashes of the events."));
        }
    }

    /** Compares what was signed of the tree at its present size. */
    private int compareCheckpoints() {
        int compared = 0;
        for (StoredCheckpoint next = nextCheckpoint();
                next != null && next.treeSize() <= tree.size();
                next = nextCheckpoint()) {
            compare(next);
            checkpoints.removeFirst();
            compared++;
        }
        return compared;
    }

    private @Nullable StoredCheckpoint nextCheckpoint() {
        if (checkpoints.isEmpty() && nextCheckpointSize <= newest.size()) {
            checkpoints.addAll(table.checkpoints(nextCheckpointSize, CHECKPOINTS_AT_ONCE));
            nextCheckpointSize = checkpoints.isEmpty()
                    ? Long.MAX_VALUE
                    : checkpoints.getLast().treeSize() + 1;
        }
        return checkpoints.peekFirst();
    }

    private void compare(StoredCheckpoint stored) {
        Checkpoint signed;
        try {
            signed = keys.verify(stored.signed());
        } catch (IllegalArgumentException | SealException wrong) {
            throw new Found(LogMismatch.between(
                    Kind.CHECKPOINT_CHANGED,
                    firstUnprovenPosition,
                    Math.max(firstUnprovenPosition, lastPosition),
                    "The checkpoint of " + stored.treeSize() + " events is not one that was signed: "
                            + wrong.getMessage() + "."));
        }
        Hash root = tree.root();
        if (signed.size() != tree.size() || !signed.root().equals(root)) {
            throw new Found(LogMismatch.between(
                    Kind.CHECKPOINT_CHANGED,
                    firstUnprovenPosition,
                    Math.max(firstUnprovenPosition, lastPosition),
                    "The events up to position " + lastPosition + " are not those that the checkpoint of "
                            + signed.size()
                            + " events was signed for: their tree's root is " + root + ", and it signs " + signed.root()
                            + ". The checkpoint before it, of " + provenSize + " events, is right."));
        }
        provenSize = signed.size();
        firstUnprovenPosition = lastPosition + 1;
    }
}
