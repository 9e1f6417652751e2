package dev.rapport.events.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.JdbcUtils;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * The deciding side of the event log, as Axon's storage engine: loads the events of one stream in one query, and appends. Two writers
 * that decided on the same version are told apart by the database: the second gets a {@link ConcurrencyException}, or, when both
 * wanted to begin the stream, an {@link AggregateStreamCreationException}.
 *
 * <p>The whole log is read through {@link EventLog} only: Axon's own way gives up on late events by the clock, and is refused here.
 * There are no snapshots.
 */
public final class EventLogEngine extends JdbcEventStorageEngine {

    /**
     * Names, in a message, the stream that is to be loaded and appended to before anybody else appends to it. Who lost some races with another node
     * needs it: that node has what it decides on in memory, and is faster every time. The turn is taken as the stream is loaded, and not before:
     * by then no other thread of this process deals with it, or the two would wait for each other.
     */
    public static final String INSISTS = "insists";

    /** Streams are far shorter than this, so that loading one takes a single query; a longer one is loaded piece by piece. */
    private static final int LOADED_AT_ONCE = 10_000;

    private static final EventSchema SCHEMA = EventSchema.builder()
            .eventTable("event_log")
            .globalIndexColumn("position")
            .eventIdentifierColumn("event_id")
            .typeColumn("stream_type")
            .aggregateIdentifierColumn("stream")
            .sequenceNumberColumn("sequence_number")
            .payloadTypeColumn("event_type")
            .payloadRevisionColumn("revision")
            .timestampColumn("recorded_at")
            .payloadColumn("payload")
            .metaDataColumn("metadata")
            .build();

    private static final String LOAD = "select " + StoredEvent.COLUMNS
            + " from event_log where stream = ? and sequence_number >= ? order by sequence_number limit ?";

    private static final LostRaces LOST_RACES = new LostRaces();

    private final EventLog log;
    private final Clock clock;

    private EventLogEngine(Builder builder, EventLog log, Clock clock) {
        super(builder);
        this.log = log;
        this.clock = clock;
    }

    /**
     * The engine that appends to a log.
     *
     * @param connections  give the connection of the running transaction
     * @param transactions begin the transaction, or join the one of the running unit of work
     * @param clock        the time of recording on H2; PostgreSQL has its own
     */
    public static EventLogEngine appendingTo(
            EventLog log, ConnectionProvider connections, TransactionManager transactions, Clock clock) {
        var builder = builder().schema(SCHEMA).connectionProvider(connections).transactionManager(transactions);
        builder.eventSerializer(log.serializer())
                .snapshotSerializer(log.serializer())
                .upcasterChain(log.upcasters())
                .persistenceExceptionResolver(LOST_RACES)
                .finalAggregateBatchPredicate(batch -> batch.size() < LOADED_AT_ONCE)
                .batchSize(LOADED_AT_ONCE);
        return new EventLogEngine(builder, log, clock);
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        write(events.stream()
                .map(event -> prepare((DomainEventMessage<?>) event))
                .toList());
        if (CurrentUnitOfWork.isStarted()) {
            CurrentUnitOfWork.get().root().afterCommit(committed -> log.wake());
        } else {
            log.wake();
        }
    }

    /** Does for an event that is to be {@linkplain #write written} all that can be done without a transaction. */
    public NewEvent prepare(DomainEventMessage<?> event) {
        return NewEvent.of(event, log.serializer(), log.personalKeys());
    }

    /**
     * Appends events, of one command or of many, in the running transaction, and in this order. To {@linkplain EventLog#wake wake} the readers
     * of the log after the commit is for whoever commits.
     *
     * @throws ConcurrencyException when somebody else was faster, in any of the streams, be it to append or to destroy keys
     * @throws AggregateStreamCreationException likewise, when all that was to be done was to begin streams
     */
    public void write(List<NewEvent> events) {
        var connection = getConnection();
        try {
            write(connection, events);
        } catch (SQLException e) {
            if (!LOST_RACES.isDuplicateKeyViolation(e)) {
                throw new EventStoreException("could not append to the event log", e);
            }
            // it may have been any of the events; a fresh look at the streams tells, so let there be one
            throw events.stream().allMatch(NewEvent::beginsItsStream)
                    ? new AggregateStreamCreationException("another append was faster", e)
                    : new ConcurrencyException("another append was faster", e);
        } finally {
            JdbcUtils.closeQuietly(connection);
        }
    }

    private void write(Connection connection, List<NewEvent> events) throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException(
                    "events are appended in a transaction only; is there a real TransactionManager?");
        }
        var streams = streams(events, _ -> true);
        var ready = closed(events, streams, connection);
        var closed = NewEvent.closed(ready);
        if (!log.dialect().append(connection, streams, closed, ready, clock)) {
            log.personalKeys().foundGone(closed);
            throw new ConcurrencyException("a key was destroyed that an event was closed with");
        }
        log.personalKeys().foundAgain(closed);
    }

    /** All of them in their stored form. */
    private List<NewEvent> closed(List<NewEvent> events, SortedSet<String> streams, Connection connection)
            throws SQLException {
        var open = streams(events, NewEvent::isOpen);
        if (open.isEmpty()) {
            return events;
        }
        // of all of them, since turns are to be taken in one order
        log.dialect().begin(connection, streams);
        var closing = log.personalKeys().closing(connection, open);
        return events.stream()
                .map(event ->
                        event.isOpen() ? event.closed(Objects.requireNonNull(closing.get(event.stream()))) : event)
                .toList();
    }

    private static SortedSet<String> streams(List<NewEvent> events, Predicate<NewEvent> which) {
        var streams = new TreeSet<String>();
        for (var event : events) {
            if (which.test(event)) {
                streams.add(event.stream());
            }
        }
        return streams;
    }

    @Override
    protected PreparedStatement readEventData(
            Connection connection, String stream, long firstSequenceNumber, int batchSize) throws SQLException {
        if (insistsOn(stream)) {
            log.dialect().takeTurn(connection, stream);
        }
        var load = connection.prepareStatement(LOAD);
        load.setString(1, stream);
        load.setLong(2, firstSequenceNumber);
        load.setInt(3, batchSize);
        return load;
    }

    private static boolean insistsOn(String stream) {
        if (!CurrentUnitOfWork.isStarted()) {
            return false;
        }
        var message = CurrentUnitOfWork.get().getMessage(); // none where somebody only asks
        return message != null && stream.equals(message.getMetaData().get(INSISTS));
    }

    /** Nobody decides by what was said in words of one's own, so who decides needs none of the keys. */
    @Override
    protected DomainEventData<?> getDomainEventData(ResultSet row) throws SQLException {
        var event = StoredEvent.of(row);
        return new StoredEventData(event.leftClosed());
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String stream) {
        return Optional.empty();
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw new UnsupportedOperationException("the event log keeps no snapshots");
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken token, boolean mayBlock) {
        throw notHere();
    }

    @Override
    public TrackingToken createTailToken() {
        throw notHere();
    }

    @Override
    public TrackingToken createHeadToken() {
        throw notHere();
    }

    @Override
    public TrackingToken createTokenAt(Instant dateTime) {
        throw notHere();
    }

    private static UnsupportedOperationException notHere() {
        return new UnsupportedOperationException("follow the log through EventLog, which never skips an event");
    }
}
