package dev.rapport.query.projection;

import static dev.rapport.query.jooq.Tables.DEAD_LETTER;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;

import dev.rapport.events.StakeholderEvent;
import dev.rapport.events.StreamName;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.storage.TokenSerializer;
import dev.rapport.query.database.Keyset;
import dev.rapport.query.database.Keyset.Part;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.http.Listed;
import dev.rapport.query.http.PageRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.deadletter.jdbc.DeadLetterSchema;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcDeadLetter;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.deadletter.Cause;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.EnqueueDecision;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The dead letters of a generation: Axon's sequenced queue, in the read database and its transactions. A sequence is a stream, by its name:
 * the event that could not be projected, and behind it those that came after. Of what they say nothing is kept, only where they are in the log.
 */
@Component
class DeadLetterTable {

    /** When so many relationships fail, it is not for the sake of single events: then the projection stands still instead. */
    private static final int MOST_SEQUENCES = 1_000;

    private static final int LONGEST_SEQUENCE = 1_000_000;
    private static final Duration CLAIM = Duration.ofMinutes(1);

    private static final DeadLetterSchema SCHEMA = DeadLetterSchema.builder()
            .deadLetterTable("dead_letter")
            .deadLetterIdentifierColumn("dead_letter_id")
            .processingGroupColumn("processing_group")
            .sequenceIdentifierColumn("sequence_identifier")
            .sequenceIndexColumn("sequence_index")
            .messageTypeColumn("message_type")
            .eventIdentifierColumn("event_identifier")
            .timestampColumn("time_stamp")
            .payloadTypeColumn("payload_type")
            .payloadRevisionColumn("payload_revision")
            .payloadColumn("payload")
            .metaDataColumn("meta_data")
            .aggregateTypeColumn("aggregate_type")
            .aggregateIdentifierColumn("aggregate_identifier")
            .sequenceNumberColumn("sequence_number")
            .tokenTypeColumn("token_type")
            .tokenColumn("token")
            .enqueuedAtColumn("enqueued_at")
            .lastTouchedColumn("last_touched")
            .processingStartedColumn("processing_started")
            .causeTypeColumn("cause_type")
            .causeMessageColumn("cause_message")
            .diagnosticsColumn("diagnostics")
            .build();

    private static final Part<String> STREAM =
            new Part<>(DEAD_LETTER.SEQUENCE_IDENTIFIER, stream -> stream, stream -> stream);
    private static final Keyset<String, String> BY_STREAM = Keyset.ascending(STREAM, STREAM);

    private static final Field<Integer> IN_SEQUENCE = field(DSL.name("in_sequence"), Integer.class);

    private final DSLContext database;
    private final Clock clock;
    private final JdbcSequencedDeadLetterQueue<DomainEventMessage<?>> queue;

    DeadLetterTable(
            @ReadDatabase DSLContext database,
            @ReadDatabase DataSource dataSource,
            @ReadDatabase PlatformTransactionManager transactions,
            ObjectProvider<Clock> clock) {
        this.database = database;
        this.clock = clock.getIfAvailable(Clock::systemUTC);
        this.queue = JdbcSequencedDeadLetterQueue.<DomainEventMessage<?>>builder()
                .processingGroup(ReadModelProcessor.NAME)
                .connectionProvider(new TransactionAwareDataSourceProxy(dataSource)::getConnection)
                .transactionManager(new SpringTransactionManager(transactions))
                .schema(SCHEMA)
                .genericSerializer(new TokenSerializer())
                .eventSerializer(new WithoutContent())
                .maxSequences(MOST_SEQUENCES)
                .maxSequenceSize(LONGEST_SEQUENCE)
                .claimDuration(CLAIM)
                .build();
    }

    boolean isEmpty() {
        return !database.fetchExists(DEAD_LETTER);
    }

    int count() {
        return database.fetchCount(DEAD_LETTER);
    }

    /** All streams that have dead letters. */
    Set<String> heldStreams() {
        return new HashSet<>(database.selectDistinct(DEAD_LETTER.SEQUENCE_IDENTIFIER)
                .from(DEAD_LETTER)
                .fetch(DEAD_LETTER.SEQUENCE_IDENTIFIER));
    }

    /** Which of these streams have dead letters, so that what comes after has to wait behind them. */
    Set<StreamName> heldAmong(Collection<StreamName> streams) {
        return new HashSet<>(database.selectDistinct(DEAD_LETTER.SEQUENCE_IDENTIFIER)
                .from(DEAD_LETTER)
                .where(DEAD_LETTER.SEQUENCE_IDENTIFIER.in(
                        streams.stream().map(StreamName::value).toList()))
                .fetch(row -> new StreamName(row.value1())));
    }

    /** Puts events of a stream at the end of its sequence; the cause is that of the first one, if that failed. */
    void hold(List<RecordedEvent> events, @Nullable Cause failure) {
        Set<String> there = new HashSet<>(database.select(DEAD_LETTER.EVENT_IDENTIFIER)
                .from(DEAD_LETTER)
                .where(DEAD_LETTER.EVENT_IDENTIFIER.in(
                        events.stream().map(RecordedEvent::eventId).toList()))
                .fetch(DEAD_LETTER.EVENT_IDENTIFIER));
        Cause cause = failure;
        for (RecordedEvent event : events) {
            if (!there.contains(event.eventId())) {
                String stream = event.stream().value();
                DomainEventMessage<?> message = message(event);
                Instant now = clock.instant();
                queue.enqueue(
                        stream, new GenericDeadLetter<>(stream, message, cause, now, now, MetaData.emptyInstance()));
            }
            cause = null;
        }
    }

    private static DomainEventMessage<?> message(RecordedEvent event) {
        return new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(event.position()),
                event.payload() instanceof StakeholderEvent ? "Stakeholder" : "Relationship",
                event.stream().value(),
                event.version() - 1,
                new GenericMessage<>(event.eventId(), event.payload(), MetaData.from(event.metadata())),
                event::recordedAt);
    }

    /** Goes through a stream's dead letters in order, until one fails again or none is left. */
    boolean process(
            String stream,
            Function<DeadLetter<? extends DomainEventMessage<?>>, EnqueueDecision<DomainEventMessage<?>>> task) {
        return queue.process(
                letter -> letter instanceof JdbcDeadLetter<?> stored
                        && stored.getSequenceIdentifier().equals(stream),
                task);
    }

    /** The stream that a dead letter is of, and whether it is the first of it. */
    record Place(String stream, long version, boolean first) {}

    Optional<Place> place(String id) {
        return database.select(
                        DEAD_LETTER.SEQUENCE_IDENTIFIER,
                        DEAD_LETTER.SEQUENCE_NUMBER,
                        DEAD_LETTER.SEQUENCE_INDEX,
                        field(select(min(DEAD_LETTER.as("other").SEQUENCE_INDEX))
                                .from(DEAD_LETTER.as("other"))
                                .where(DEAD_LETTER
                                        .as("other")
                                        .SEQUENCE_IDENTIFIER
                                        .eq(DEAD_LETTER.SEQUENCE_IDENTIFIER))))
                .from(DEAD_LETTER)
                .where(DEAD_LETTER.DEAD_LETTER_ID.eq(id))
                .fetchOptional(row ->
                        new Place(row.value1(), row.value2() + 1, row.value3().equals(row.value4())));
    }

    void remove(String id) {
        database.deleteFrom(DEAD_LETTER)
                .where(DEAD_LETTER.DEAD_LETTER_ID.eq(id))
                .execute();
    }

    int countOf(String stream) {
        return database.fetchCount(DEAD_LETTER, DEAD_LETTER.SEQUENCE_IDENTIFIER.eq(stream));
    }

    /** The first dead letter of each stream, with how many wait behind it. */
    List<Listed<HeldEvent>> list(PageRequest page) {
        var other = DEAD_LETTER.as("other");
        Field<Integer> inSequence = field(
                        selectCount().from(other).where(other.SEQUENCE_IDENTIFIER.eq(DEAD_LETTER.SEQUENCE_IDENTIFIER)))
                .as(IN_SEQUENCE);
        return database.select(
                        DEAD_LETTER.DEAD_LETTER_ID,
                        DEAD_LETTER.SEQUENCE_IDENTIFIER,
                        DEAD_LETTER.SEQUENCE_NUMBER,
                        DEAD_LETTER.EVENT_IDENTIFIER,
                        DEAD_LETTER.PAYLOAD_TYPE,
                        DEAD_LETTER.PAYLOAD_REVISION,
                        DEAD_LETTER.ENQUEUED_AT,
                        DEAD_LETTER.LAST_TOUCHED,
                        DEAD_LETTER.CAUSE_TYPE,
                        DEAD_LETTER.CAUSE_MESSAGE,
                        DEAD_LETTER.TOKEN_TYPE,
                        DEAD_LETTER.TOKEN,
                        inSequence)
                .from(DEAD_LETTER)
                .where(DEAD_LETTER.SEQUENCE_INDEX.eq(select(min(other.SEQUENCE_INDEX))
                        .from(other)
                        .where(other.SEQUENCE_IDENTIFIER.eq(DEAD_LETTER.SEQUENCE_IDENTIFIER))))
                .and(BY_STREAM.after(page))
                .orderBy(BY_STREAM.order())
                .limit(page.rowsToRead())
                .fetch(row -> BY_STREAM.listed(
                        row,
                        new HeldEvent(
                                row.get(DEAD_LETTER.DEAD_LETTER_ID),
                                row.get(DEAD_LETTER.SEQUENCE_IDENTIFIER),
                                TokenTable.position(row.get(DEAD_LETTER.TOKEN_TYPE), row.get(DEAD_LETTER.TOKEN)),
                                row.get(DEAD_LETTER.SEQUENCE_NUMBER) + 1,
                                row.get(DEAD_LETTER.EVENT_IDENTIFIER),
                                row.get(DEAD_LETTER.PAYLOAD_TYPE),
                                row.get(DEAD_LETTER.PAYLOAD_REVISION),
                                row.get(IN_SEQUENCE) - 1,
                                Instant.parse(row.get(DEAD_LETTER.ENQUEUED_AT)),
                                Instant.parse(row.get(DEAD_LETTER.LAST_TOUCHED)),
                                row.get(DEAD_LETTER.CAUSE_TYPE),
                                row.get(DEAD_LETTER.CAUSE_MESSAGE))));
    }
}
