package dev.rapport.events.storage;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;

/** The open streams of the log, and the one {@link LogFollower} that feeds those of them that have caught up. */
final class LogTail {

    private static final int PAGE = 256;

    private final StablePrefix prefix;
    private final EventDecoder decoder;
    private final PersonalKeys personalKeys;
    private final Duration pollInterval;
    private final @Nullable LogBell bell;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private volatile @Nullable LogFollower follower;
    private final Runnable heard = this::wake;
    private final Set<EventForm> formsRead = ConcurrentHashMap.newKeySet();
    private boolean closed;

    LogTail(
            StablePrefix prefix,
            EventDecoder decoder,
            PersonalKeys personalKeys,
            Duration pollInterval,
            @Nullable LogBell bell) {
        this.prefix = prefix;
        this.decoder = decoder;
        this.personalKeys = personalKeys;
        this.pollInterval = pollInterval;
        this.bell = bell;
    }

    synchronized EventStream openStream(long position) throws SQLException {
        if (closed) {
            throw new IllegalStateException("the event log is closed");
        }
        var current = follower;
        if (current == null) {
            current = new LogFollower(this, prefix.last(), pollInterval);
            follower = current;
            current.start();
            if (bell != null) {
                bell.listen(heard);
            }
        }
        var stream = new EventStream(position, this, current.recent());
        streams.add(stream);
        return stream;
    }

    synchronized void closeStream(EventStream stream) {
        streams.remove(stream);
        if (streams.isEmpty()) {
            endFollower();
        }
    }

    synchronized void close() {
        closed = true;
        streams.forEach(EventStream::close);
        endFollower();
    }

    private void endFollower() {
        var current = follower;
        if (current != null) {
            current.end();
            follower = null;
            if (bell != null) {
                bell.listenNoMore(heard);
            }
        }
    }

    void wake() {
        var current = follower;
        if (current != null) {
            current.wake();
        }
    }

    void tellStreams() {
        streams.forEach(EventStream::tell);
    }

    StablePrefix.Page read(long after) throws SQLException {
        var page = prefix.read(after, PAGE);
        heed(page.events());
        return page;
    }

    Set<EventForm> formsRead() {
        return formsRead;
    }

    /** Takes down in which forms events are; and when they tell that something was erased, nobody here may go on knowing it. */
    void heed(List<StoredEvent> events) {
        for (StoredEvent event : events) {
            var form = EventForm.of(event);
            if (!formsRead.contains(form)) { // as nearly always, and without a lock
                formsRead.add(form);
            }
        }
        if (events.stream().anyMatch(StoredEvent::isErasure)) {
            forgetOpened();
        }
    }

    void forgetOpened() {
        personalKeys.forgetRemembered();
        var current = follower;
        if (current != null) {
            current.recent().forgetDecoded();
        }
    }

    List<LogEntry> entries(StablePrefix.Page page) {
        personalKeys.prepare(page.events());
        return page.events().stream().map(event -> new LogEntry(event, decoder)).toList();
    }

    /** The next events for a stream: the recent ones when it has caught up with them, else as many as are read at once. */
    List<LogEntry> after(long position, RecentEvents recent) {
        var known = recent.after(position);
        if (known != null) {
            return known;
        }
        try {
            return entries(read(position));
        } catch (SQLException e) {
            throw new EventStoreException("could not read the event log after position " + position, e);
        }
    }
}
