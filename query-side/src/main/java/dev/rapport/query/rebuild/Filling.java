package dev.rapport.query.rebuild;

import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.storage.StoredEvent;
import dev.rapport.query.database.FeedingVersion;
import dev.rapport.query.database.Generations;
import dev.rapport.query.projection.PatientReadModels;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fills a generation with all events up to a position. It goes by streams instead of positions: a stream is folded from its first event to its
 * last in one go, so that nothing is looked up, and each row is written once. Several workers take a share of the streams after the other;
 * while one waits for a database, others decode and fold.
 */
final class Filling {

    private final EventLog log;
    private final PatientReadModels readModels;
    private final FeedingVersion version;
    private final RebuildTable table;
    private final TransactionTemplate transaction;
    private final int workers;
    private final int batchSize;

    Filling(
            EventLog log,
            PatientReadModels readModels,
            FeedingVersion version,
            RebuildTable table,
            TransactionTemplate transaction,
            int workers,
            int batchSize) {
        this.log = log;
        this.readModels = readModels;
        this.version = version;
        this.table = table;
        this.transaction = transaction;
        this.workers = workers;
        this.batchSize = batchSize;
    }

    /** Fills what is not filled yet, counting the events in. */
    void run(Rebuild rebuild, Watch watch, AtomicLong eventsDone) {
        var shares = new ConcurrentLinkedQueue<>(table.openParts(rebuild));
        Workers.run(workers, left -> {
            for (RebuildPart share = shares.poll(); share != null && left.isWorthIt(); share = shares.poll()) {
                fill(rebuild, share, watch, left, eventsDone);
            }
        });
    }

    private void fill(Rebuild rebuild, RebuildPart share, Watch watch, Workers workers, AtomicLong eventsDone) {
        RebuildPart done = share;
        while (done.eventsDone() < done.events() && workers.isWorthIt()) {
            watch.check();
            RebuildPart before = done;
            List<StoredEvent> page = wholeStreams(log.readByStream(
                    before.afterStream(),
                    before.afterSequenceNumber(),
                    before.lastStream(),
                    rebuild.throughPosition(),
                    batchSize));
            StoredEvent last = page.getLast();
            int events = page.size();
            RebuildPart after = before.after(last.stream(), last.sequenceNumber(), events);
            int continued = continued(page);
            List<RecordedEvent> continuing = log.recorded(page.subList(0, continued));
            List<RecordedEvent> beginning = log.recorded(page.subList(continued, events));
            version.note();
            Generations.in(
                    rebuild.generation(),
                    () -> transaction.execute(_ -> {
                        if (!continuing.isEmpty()) {
                            readModels.apply(continuing);
                        }
                        readModels.add(beginning);
                        table.advance(rebuild, before, after);
                        return after;
                    }));
            done = after;
            eventsDone.addAndGet(events);
        }
    }

    /** Without the beginning of a stream that the next page would continue, unless it is all that there is. */
    private List<StoredEvent> wholeStreams(List<StoredEvent> page) {
        if (page.size() < batchSize) {
            return page;
        }
        String cut = page.getLast().stream();
        int end = page.size();
        while (end > 0 && page.get(end - 1).stream().equals(cut)) {
            end--;
        }
        return end == 0 ? page : page.subList(0, end);
    }

    /** How many events at the beginning continue a stream that was begun before. */
    private static int continued(List<StoredEvent> page) {
        StoredEvent first = page.getFirst();
        int count = 0;
        while (first.sequenceNumber() > 0
                && count < page.size()
                && page.get(count).stream().equals(first.stream())) {
            count++;
        }
        return count;
    }
}
