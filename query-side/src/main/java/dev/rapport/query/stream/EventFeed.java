package dev.rapport.query.stream;

import dev.rapport.events.StreamName;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.StoredEvent;
import dev.rapport.events.storage.UnknownEventException;
import dev.rapport.query.history.Chronicle;
import dev.rapport.query.history.Chronicle.Knowledge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every event of the log, told, page by page after any position of it. It follows the log itself and not what the read models of this
 * node have come to, so all nodes feed alike. What is new is told once for all who have caught up; whoever has not reads on at the own
 * pace, a few at a time, so that those who catch up do not take the databases from the others.
 */
@Component
public final class EventFeed implements DisposableBean {

    private static final int PAGE = 256;

    /** Each of the readers who catch up keeps its page for as long as it likes. */
    private static final int MOST_BYTES_OF_A_PAGE = 128 * 1024;

    private static final int CATCHING_UP_AT_ONCE = 4;

    private final EventLog log;
    private final Chronicle chronicle;
    private final JsonMapper json;
    private final Semaphore catchingUp = new Semaphore(CATCHING_UP_AT_ONCE, true);
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private volatile @Nullable FeedFollower follower;

    EventFeed(EventLog log, Chronicle chronicle, JsonMapper json) {
        this.log = log;
        this.chronicle = chronicle;
        this.json = json;
    }

    /**
     * Events in the order of the log, and how far it was read for them: the next page begins after that. A page that was read through no
     * further than it was asked for ends at the present end of the log.
     */
    public record Page(List<FedEvent> events, long through) {

        private boolean isOfNow() {
            return events.stream().allMatch(FedEvent::isOfNow);
        }
    }

    /**
     * The next events after a position that a filter takes; perhaps none of those that it was read through.
     *
     * @throws UnknownEventException when the very next one can be read by a newer version only
     */
    public Page read(long after, EventFilter filter, Knowledge knowledge) {
        FeedFollower current = follower;
        if (current != null) {
            Page recent = current.recent().after(after, filter);
            if (recent != null && (knowledge == Knowledge.OF_THEN || recent.isOfNow())) {
                return recent;
            }
        }
        catchingUp.acquireUninterruptibly();
        try {
            StreamName stream = filter.stream();
            return stream == null ? readLog(after, filter, knowledge) : readStream(stream, after, filter, knowledge);
        } finally {
            catchingUp.release();
        }
    }

    /** The event at a position. */
    public Optional<FedEvent> at(long position) {
        return tell(log.read(position - 1, 1), Knowledge.OF_THEN).stream()
                .filter(event -> event.told().position() == position)
                .findFirst();
    }

    private Page readLog(long after, EventFilter filter, Knowledge knowledge) {
        List<StoredEvent> stored = page(log.read(after, PAGE));
        long through = stored.isEmpty() ? after : stored.getLast().position();
        return told(stored.stream().filter(filter::takes).toList(), through, knowledge);
    }

    /** Instead of the whole log only the stream, as far as the log can be read. */
    private Page readStream(StreamName stream, long after, EventFilter filter, Knowledge knowledge) {
        long end = log.lastStablePosition();
        if (end <= after) {
            return new Page(List.of(), after);
        }
        List<StoredEvent> found = new ArrayList<>();
        long sequenceNumber = 0;
        while (found.size() < PAGE) {
            List<StoredEvent> page = log.readStream(stream.value(), sequenceNumber, PAGE);
            page.stream()
                    .filter(event -> event.position() > after && event.position() <= end && filter.takes(event))
                    .forEach(found::add);
            if (page.size() < PAGE) {
                List<StoredEvent> told = page(found);
                return told(
                        told, told.size() == found.size() ? end : told.getLast().position(), knowledge);
            }
            sequenceNumber += PAGE;
        }
        List<StoredEvent> told = page(found);
        return told(told, told.getLast().position(), knowledge);
    }

    /** A page of events, or of those that come before the first one that only a newer version can read. */
    private Page told(List<StoredEvent> events, long through, Knowledge knowledge) {
        try {
            return new Page(tell(events, knowledge), through);
        } catch (UnknownEventException newer) {
            List<StoredEvent> before = events.stream().takeWhile(newer::isAfter).toList();
            if (before.isEmpty() || before.size() == events.size()) {
                throw newer;
            }
            return told(before, before.getLast().position(), knowledge);
        }
    }

    /** As many of the events as one reader may keep, but one at least. */
    private static List<StoredEvent> page(List<StoredEvent> events) {
        long bytes = 0;
        for (int number = 0; number < events.size(); number++) {
            bytes += events.get(number).payload().length;
            if (bytes > MOST_BYTES_OF_A_PAGE && number > 0) {
                return events.subList(0, number);
            }
        }
        return events;
    }

    private List<FedEvent> tell(List<StoredEvent> stored, Knowledge knowledge) {
        return chronicle.tell(log.recorded(stored), knowledge).stream()
                .map(told -> new FedEvent(told, json))
                .toList();
    }

    /** Calls back, quickly and without a promise of order, whenever there may be something new, until the answer is closed. */
    public Subscription follow(Runnable onNews) {
        synchronized (listeners) {
            if (follower == null) {
                var started = new FeedFollower(log, this::tellAsOfThen, this::tellListeners);
                follower = started;
                started.start();
            }
            listeners.add(onNews);
        }
        return () -> leave(onNews);
    }

    /** Somebody who follows. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    private void leave(Runnable onNews) {
        synchronized (listeners) {
            listeners.remove(onNews);
            if (listeners.isEmpty()) {
                destroy();
            }
        }
    }

    private List<FedEvent> tellAsOfThen(List<StoredEvent> stored) {
        return tell(stored, Knowledge.OF_THEN);
    }

    private void tellListeners() {
        listeners.forEach(Runnable::run);
    }

    @Override
    public void destroy() {
        synchronized (listeners) {
            FeedFollower current = follower;
            if (current != null) {
                current.end();
                follower = null;
            }
        }
    }
}
