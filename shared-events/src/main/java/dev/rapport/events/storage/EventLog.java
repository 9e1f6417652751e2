package dev.rapport.events.storage;

import dev.rapport.events.DomainEvent;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was ever recorded, in one order, for whoever follows it: processors of read models, exports, audits, rebuilds.
 *
 * <p>Readers get every event exactly once and in the order of the positions, up to the first position that a running transaction may
 * still fill; how that is known, without judging by any clock, is told in {@link StablePrefix}. What lies before it never changes. So
 * the number of the last position that a reader has seen is all that it needs to go on from there, today or after a restart.
 *
 * <p>Streams that have caught up are fed by one reader, which looks for new events when it is {@linkplain #wake() woken} after a
 * commit in this process, when the {@linkplain LogBell bell} of another one is heard, and at an interval in any case. It runs only while
 * streams are open.
 */
public final class EventLog implements StreamableMessageSource<TrackedEventMessage<?>>, AutoCloseable {

    private static final String READ_STREAM = "select " + StoredEvent.COLUMNS
            + " from event_log where stream = ? and sequence_number >= ? order by sequence_number limit ?";
    private static final String READ_NEWEST = "select " + StoredEvent.COLUMNS
            + " from event_log where stream = ? and sequence_number ="
            + " (select max(sequence_number) from event_log where stream = ?)";
    private static final String TIME = "select current_timestamp";
    private static final String FIRST_RECORDED_SINCE = "select min(position) from event_log where recorded_at >= ?";

    private final DataSource dataSource;
    private final LogDialect dialect;
    private final StablePrefix prefix;
    private final PersonalKeys personalKeys;
    private final EventDecoder decoder;
    private final LogTail tail;
    private final StreamsOfLog streams;
    private final @Nullable LogBell bell;

    /**
     * A log in the database that the data source leads to, H2 or PostgreSQL. Of what other processes append it learns by looking.
     *
     * @param pollInterval how often to look for events that other processes appended
     * @param personalKeys open and close what events say of people; in the same database
     */
    public EventLog(DataSource dataSource, Duration pollInterval, PersonalKeys personalKeys) {
        this(dataSource, pollInterval, personalKeys, null);
    }

    /**
     * A log in the database that the data source leads to.
     *
     * @param pollInterval how often to look for events that other processes appended, whether or not they tell
     * @param personalKeys open and close what events say of people; in the same database
     * @param bell by which the processes that share the log tell each other of new events; closed with the log
     */
    public EventLog(DataSource dataSource, Duration pollInterval, PersonalKeys personalKeys, @Nullable LogBell bell) {
        this.dataSource = dataSource;
        this.dialect = tried("find the event log", () -> LogDialect.of(dataSource));
        this.prefix = new StablePrefix(dataSource, dialect);
        this.personalKeys = personalKeys;
        this.decoder = EventDecoder.ofToday(personalKeys::opened);
        this.tail = new LogTail(prefix, decoder, personalKeys, pollInterval, bell);
        this.bell = bell;
        this.streams = new StreamsOfLog(dataSource);
    }

    /** The next events after a position (0 for the beginning, or that of an event read before); none when there is no more yet. */
    public List<StoredEvent> read(long afterPosition, int limit) {
        return heeded(tried("read the event log", () -> prefix.read(afterPosition, limit))
                .events());
    }

    /** The events of one stream from a sequence number (the first is 0), whether or not they are in the stable prefix of the log yet. */
    public List<StoredEvent> readStream(String stream, long fromSequenceNumber, int limit) {
        return heeded(tried("read the stream " + stream, () -> {
            try (var connection = dataSource.getConnection();
                    var statement = connection.prepareStatement(READ_STREAM)) {
                statement.setString(1, stream);
                statement.setLong(2, fromSequenceNumber);
                statement.setInt(3, limit);
                return events(statement);
            }
        }));
    }

    /** The newest event of one stream, whether or not it is in the stable prefix of the log yet; empty when there is no such stream. */
    public Optional<StoredEvent> newestOf(String stream) {
        return heeded(tried("read the end of the stream " + stream, () -> {
                    try (var connection = dataSource.getConnection();
                            var statement = connection.prepareStatement(READ_NEWEST)) {
                        statement.setString(1, stream);
                        statement.setString(2, stream);
                        return events(statement);
                    }
                }))
                .stream()
                .findFirst();
    }

    private static List<StoredEvent> events(PreparedStatement query) throws SQLException {
        try (var rows = query.executeQuery()) {
            var events = new ArrayList<StoredEvent>();
            while (rows.next()) {
                events.add(StoredEvent.of(rows));
            }
            return events;
        }
    }

    /** What this process met that only a newer version of Rapport can read. */
    public NewerVersion newerVersion() {
        return decoder.serializer().newer();
    }

    /** The forms of all events that this process has read from the log so far, whether or not it could make anything of them. */
    public Set<EventForm> formsRead() {
        return tail.formsRead();
    }

    /** Whether this version of Rapport can read events of this form. */
    public boolean canRead(EventForm form) {
        return decoder.serializer().types().know(form);
    }

    private List<StoredEvent> heeded(List<StoredEvent> events) {
        tail.heed(events);
        return events;
    }

    /** All streams that have events up to a position of the stable prefix, in ranges of about so many of these events. */
    public List<StreamRange> rangesOfStreams(long throughPosition, long events) {
        return tried("find the streams of the event log", () -> streams.ranges(throughPosition, events));
    }

    /**
     * The events of streams up to one of them, stream by stream and in each in order, but for those after a position.
     *
     * @param afterStream the stream of the last event that was read
     * @param afterSequenceNumber its sequence number, -1 to begin with the stream's first event
     */
    public List<StoredEvent> readByStream(
            String afterStream, long afterSequenceNumber, String lastStream, long throughPosition, int limit) {
        return heeded(tried(
                "read the streams of the event log",
                () -> streams.read(afterStream, afterSequenceNumber, lastStream, throughPosition, limit)));
    }

    /** The position that a reader can come up to now; 0 when nothing was ever recorded. */
    public long lastStablePosition() {
        return tried("read the end of the event log", prefix::last);
    }

    /**
     * The highest position that has an event, though perhaps one that readers cannot come up to yet: whoever has seen a higher one has
     * not seen this log.
     */
    public long newestPosition() {
        return tried("read the end of the event log", prefix::newest);
    }

    /** What time it is by the database's clock. */
    Instant databaseTime() {
        return tried("ask the event log's database for the time", () -> {
            try (var connection = dataSource.getConnection();
                    var statement = connection.prepareStatement(TIME);
                    var row = statement.executeQuery()) {
                row.next();
                return row.getObject(1, OffsetDateTime.class).toInstant();
            }
        });
    }

    /** What stored events say today: an upcaster may leave one out or make several of it. */
    public List<RecordedEvent> recorded(List<StoredEvent> events) {
        return decoder.recorded(events);
    }

    /**
     * What stored events say today, for who needs the personal texts of some of them only: in all others, {@code [closed]} stands for each, which
     * is not looked into: whether it is what was stored there, only who opens it finds out.
     *
     * @param textsOf the events whose texts are needed; those of an earlier revision have theirs in any case
     */
    public List<RecordedEvent> recorded(List<StoredEvent> events, Set<Class<? extends DomainEvent>> textsOf) {
        return decoder.recorded(events, textsOf);
    }

    /** Stored events as messages for Axon. */
    public List<TrackedEventMessage<?>> messages(List<StoredEvent> events) {
        return decoder.messages(events);
    }

    /**
     * Forgets what was opened so far. To be called after personal data was erased in this process; others do so when they read of it.
     */
    public void forgetOpened() {
        tail.forgetOpened();
    }

    /** Tells that there may be new events, other processes as well: cheap, and to be called after the commit, not before. */
    public void wake() {
        tail.wake();
        if (bell != null) {
            bell.ring();
        }
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        var position = positionOf(token);
        return tried("open a stream of the event log", () -> {
            var newest = position == 0 ? 0 : prefix.newest();
            if (position > newest) {
                throw new IllegalStateException(
                        "a reader has seen the event log up to " + position + ", but it ends at " + newest
                                + ": an older state of it was restored; what was read from the lost part has to be"
                                + " rebuilt");
            }
            return tail.openStream(position);
        });
    }

    private static long positionOf(@Nullable TrackingToken token) {
        return switch (WrappedToken.unwrapLowerBound(token)) {
            case null -> 0;
            case GlobalSequenceTrackingToken sequence -> sequence.getGlobalIndex();
            case TrackingToken other -> throw new IllegalArgumentException(other + " does not belong to the event log");
        };
    }

    @Override
    public TrackingToken createTailToken() {
        return new GlobalSequenceTrackingToken(0);
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(lastStablePosition());
    }

    /** Before the first event that was recorded at that time or later; some of those after it may have been recorded earlier. */
    @Override
    public TrackingToken createTokenAt(Instant dateTime) {
        var last = lastStablePosition();
        var first = tried("find a time in the event log", () -> firstRecordedSince(dateTime));
        return new GlobalSequenceTrackingToken(first == null ? last : Math.min(first - 1, last));
    }

    private @Nullable Long firstRecordedSince(Instant dateTime) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(FIRST_RECORDED_SINCE)) {
            statement.setObject(1, dateTime.atOffset(ZoneOffset.UTC));
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getObject(1, Long.class) : null;
            }
        }
    }

    /** Ends all streams and the reader that feeds them. */
    @Override
    public void close() {
        tail.close();
        if (bell != null) {
            bell.close();
        }
    }

    LogDialect dialect() {
        return dialect;
    }

    PersonalKeys personalKeys() {
        return personalKeys;
    }

    EventSerializer serializer() {
        return decoder.serializer();
    }

    EventUpcasterChain upcasters() {
        return decoder.upcasters();
    }

    private interface DatabaseCall<T> {
        T run() throws SQLException;
    }

    private static <T extends @Nullable Object> T tried(String what, DatabaseCall<T> call) {
        try {
            return call.run();
        } catch (SQLException e) {
            throw new EventStoreException("could not " + what, e);
        }
    }
}
