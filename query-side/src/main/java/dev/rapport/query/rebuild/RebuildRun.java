package dev.rapport.query.rebuild;

import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.StakeholderEvent;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.storage.StoredEvent;
import dev.rapport.query.database.FeedingVersion;
import dev.rapport.query.database.Generations;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.evidence.TrustOfToday;
import dev.rapport.query.projection.HeldStreams;
import dev.rapport.query.projection.PatientReadModels;
import dev.rapport.query.projection.SegmentTable;
import dev.rapport.query.rebuild.Comparison.Difference;
import dev.rapport.query.rebuild.Rebuild.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventhandling.Segment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One node's work on a rebuild, from wherever it stands: fill the new generation, follow what was recorded since, compare it with the live one,
 * change over.
 *
 * <p>Two generations can be compared only when both tell of the same events. The live one is fed in segments, each of which is at a position
 * of its own; the new one is brought to the very same positions while nobody writes to the live one. That takes as long as a batch. The
 * comparison itself looks at both as they were at that moment, and holds nobody up.
 */
@Component
class RebuildRun {

    private static final Logger LOG = LoggerFactory.getLogger(RebuildRun.class);

    private static final int BATCH = 2_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final EventLog log;
    private final PatientReadModels readModels;
    private final HeldStreams heldStreams;
    private final SegmentTable segments;
    private final TrustOfToday trust;
    private final RebuildTable table;
    private final ComparisonTable comparisons;
    private final LateIndexTable lateIndexes;
    private final LateIndexes indexes;
    private final Generations generations;
    private final FeedingVersion version;
    private final TransactionTemplate transaction;
    private final RebuildProperties properties;

    RebuildRun(
            EventLog log,
            PatientReadModels readModels,
            HeldStreams heldStreams,
            SegmentTable segments,
            TrustOfToday trust,
            RebuildTable table,
            ComparisonTable comparisons,
            LateIndexTable lateIndexes,
            Generations generations,
            FeedingVersion version,
            @ReadDatabase PlatformTransactionManager transactions,
            RebuildProperties properties) {
        this.log = log;
        this.readModels = readModels;
        this.heldStreams = heldStreams;
        this.segments = segments;
        this.trust = trust;
        this.table = table;
        this.comparisons = comparisons;
        this.lateIndexes = lateIndexes;
        this.indexes = new LateIndexes(lateIndexes, properties.workers());
        this.generations = generations;
        this.version = version;
        this.transaction = new TransactionTemplate(transactions);
        this.properties = properties;
    }

    /**
     * Works on a rebuild until it has ended or may not go on.
     *
     * @param owner the node that claimed it
     * @param eventsDone counts the events that are filled in
     */
    void run(Rebuild claimed, String owner, Watch watch, AtomicLong eventsDone) {
        new Turn(owner, watch, eventsDone).run(claimed);
    }

    /** What one node does while it may. */
    private final class Turn {

        private final String owner;
        private final Watch watch;
        private final AtomicLong eventsDone;

        Turn(String owner, Watch watch, AtomicLong eventsDone) {
            this.owner = owner;
            this.watch = watch;
            this.eventsDone = eventsDone;
        }

        void run(Rebuild claimed) {
            Rebuild rebuild = claimed;
            if (rebuild.state() == State.WAITING || isOfAnotherVersion(rebuild)) {
                rebuild = planned(rebuild);
            }
            if (rebuild.state() == State.FILLING) {
                new Filling(log, readModels, version, table, transaction, properties.workers(), properties.batchSize())
                        .run(rebuild, watch, eventsDone);
                LOG.info("Rebuild {}: all events are filled in, and indexes are made.", rebuild.id());
                indexes.make(rebuild, watch);
                table.filled(rebuild, rebuild.events());
                table.enter(rebuild, owner, State.FOLLOWING);
            }
            long followed = follow(rebuild, rebuild.followedPosition());
            Comparison comparison = Comparison.NONE;
            if (comes(followed)) {
                table.enter(rebuild, owner, State.COMPARING);
                comparison = compare(rebuild, followed);
                followed =
                        follow(rebuild, table.find(rebuild.id()).orElseThrow().followedPosition());
            } else if (!rebuild.acceptDifferences()) {
                fail(
                        rebuild,
                        State.FAILED,
                        "The live generation stands still before position " + followed
                                + ", so it cannot be compared. Rebuild with acceptDifferences to have it replaced.");
                return;
            }
            if (comparison.differing() > 0 && !rebuild.acceptDifferences()) {
                fail(
                        rebuild,
                        State.REFUSED,
                        comparison.differing() + " values differ from those of the live generation.");
                return;
            }
            swap(rebuild, followed);
        }

        /** Whether the tables were those of an older version of Rapport: what is in them lacks what the new version tells. */
        private boolean isOfAnotherVersion(Rebuild rebuild) {
            return generations.create(rebuild.generation()) > 0;
        }

        private Rebuild planned(Rebuild rebuild) {
            generations.drop(rebuild.generation());
            generations.create(rebuild.generation());
            long through = log.lastStablePosition();
            var shares = log.rangesOfStreams(through, properties.shareSize());
            transaction.executeWithoutResult(_ -> {
                table.plan(rebuild, owner, through, shares);
                lateIndexes.note(rebuild);
            });
            indexes.drop(rebuild);
            eventsDone.set(0);
            return table.find(rebuild.id()).orElseThrow();
        }

        private long follow(Rebuild rebuild, long from) {
            long position = from;
            List<StoredEvent> events = log.read(position, BATCH);
            while (!events.isEmpty()) {
                watch.check();
                position = followed(rebuild, position, events.getLast().position(), log.recorded(events));
                events = log.read(position, BATCH);
            }
            return position;
        }

        private long followed(Rebuild rebuild, long before, long after, List<RecordedEvent> events) {
            version.note();
            Generations.in(
                    rebuild.generation(),
                    () -> transaction.execute(_ -> {
                        readModels.apply(events);
                        table.follow(rebuild, owner, before, after);
                        return after;
                    }));
            return after;
        }

        /** Waits until the live generation tells of everything up to a position; false when it does not come on. */
        private boolean comes(long position) {
            long furthest = -1;
            long deadline = 0;
            while (true) {
                watch.check();
                SortedMap<Integer, Long> live = segments.positions();
                long least = live.isEmpty() ? -1 : Collections.min(live.values());
                if (least >= position) {
                    return true;
                }
                long sum = live.values().stream().mapToLong(Long::longValue).sum();
                if (sum > furthest) {
                    furthest = sum;
                    deadline = System.nanoTime() + properties.patience().toNanos();
                } else if (System.nanoTime() > deadline) {
                    return false;
                }
                pause();
            }
        }

        private static void pause() {
            try {
                TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new Watch.Stopped("interrupted");
            }
        }

        /** Brings the new generation to where each segment of the live one is, while nobody writes there. */
        private long meet(Rebuild rebuild, int live, long from) {
            SortedMap<Integer, Long> positions = Generations.in(live, segments::positions);
            long furthest = positions.isEmpty() ? from : Math.max(from, Collections.max(positions.values()));
            long least = positions.isEmpty() ? from : Math.max(from, Collections.min(positions.values()));
            List<RecordedEvent> events = new ArrayList<>();
            long read = from;
            while (read < furthest) {
                List<StoredEvent> page = log.read(read, BATCH);
                if (page.isEmpty()) {
                    break;
                }
                read = page.getLast().position();
                log.recorded(page).stream()
                        .filter(event -> isTold(event, positions))
                        .forEach(events::add);
            }
            return followed(rebuild, from, least, events);
        }

        private static boolean isTold(RecordedEvent event, SortedMap<Integer, Long> positions) {
            int[] ids = positions.keySet().stream().mapToInt(Integer::intValue).toArray();
            return switch (event.payload()) {
                case StakeholderEvent _ -> event.position() <= Collections.max(positions.values());
                case RelationshipEvent _ ->
                    positions.entrySet().stream()
                            .anyMatch(segment -> event.position() <= segment.getValue()
                                    && Segment.computeSegment(segment.getKey(), ids)
                                            .matches(event.stream().value()));
            };
        }

        private Comparison compare(Rebuild rebuild, long followed) {
            int live = generations.live();
            Set<String> mended;
            List<Difference> newlyHeld;
            ComparisonTable.Moment moment;
            try (var _ = generations.pause()) {
                meet(rebuild, live, followed);
                renewTrust(live);
                renewTrust(rebuild.generation());
                Set<String> heldLive = Generations.in(live, heldStreams::all);
                Set<String> heldNew = Generations.in(rebuild.generation(), heldStreams::all);
                mended = new HashSet<>(heldLive);
                mended.removeAll(heldNew);
                newlyHeld = heldNew.stream()
                        .filter(stream -> !heldLive.contains(stream))
                        .sorted()
                        .map(stream ->
                                new Difference("dead_letter", stream, Comparison.WHOLE_ROW, "missing", "present"))
                        .toList();
                moment = comparisons.at(live, rebuild.generation(), mended);
            }
            try (moment) {
                long rows = moment.rowsToCompare();
                table.compared(rebuild, 0, rows, 0);
                Comparison comparison = moment.compare((compared, differing) -> {
                            watch.check();
                            table.compared(rebuild, compared, rows, differing);
                        })
                        .with(newlyHeld);
                table.compared(rebuild, comparison.rows(), comparison.rows(), comparison.differing());
                table.differ(rebuild, comparison.first());
                LOG.info(
                        "Rebuild {}: {} rows compared, {} values differ; {} streams with dead letters are mended.",
                        rebuild.id(),
                        comparison.rows(),
                        comparison.differing(),
                        mended.size());
                return comparison;
            }
        }

        private void renewTrust(int generation) {
            Generations.in(generation, () -> {
                trust.renew();
                return generation;
            });
        }

        private void swap(Rebuild rebuild, long followed) {
            if (!comes(followed) && !rebuild.acceptDifferences()) {
                fail(rebuild, State.FAILED, "The live generation stands still before position " + followed + ".");
                return;
            }
            int live = generations.live();
            try (var _ = generations.pause()) {
                long position = meet(rebuild, live, followed);
                requireToday();
                watch.check();
                Generations.in(
                        rebuild.generation(),
                        () -> transaction.execute(_ -> {
                            table.swap(rebuild, owner, live, position);
                            segments.raise(position);
                            return position;
                        }));
                LOG.info(
                        "Rebuild {}: generation {} is live, as of position {}.",
                        rebuild.id(),
                        rebuild.generation(),
                        position);
            }
        }

        /** A generation with the tables of an older version must not take the place of one that a newer version has brought further. */
        private void requireToday() {
            if (version.isBehind()) {
                throw new Watch.Stopped("a newer version feeds the live generation");
            }
        }

        private void fail(Rebuild rebuild, State state, String why) {
            // in this order, so that who hears of the end finds nothing left
            generations.drop(rebuild.generation());
            transaction.executeWithoutResult(_ -> table.end(rebuild, owner, state, why));
            table.dropped(rebuild.generation());
            LOG.error("Rebuild {} is {}: {}", rebuild.id(), state, why);
        }
    }
}
