package dev.rapport.events.storage;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.SerializedType;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way into the log: all that the writer knows. Its position and the time of its recording are for the log to give, and the form of
 * what it says of people may have to wait for a key.
 */
public final class NewEvent {

    static final String COLUMNS =
            "event_id, stream_type, stream, sequence_number, event_type, revision, payload, metadata";

    private final DomainEventMessage<?> message;
    private final EventSerializer serializer;
    private final byte[] metadata;
    private final byte @Nullable [] payload;
    private final @Nullable Closing closedWith;

    private NewEvent(
            DomainEventMessage<?> message,
            EventSerializer serializer,
            byte[] metadata,
            byte @Nullable [] payload,
            @Nullable Closing closedWith) {
        this.message = message;
        this.serializer = serializer;
        this.metadata = metadata;
        this.payload = payload;
        this.closedWith = closedWith;
    }

    /** An event in its stored form, unless the key that it needs is not remembered. */
    static NewEvent of(DomainEventMessage<?> message, EventSerializer serializer, PersonalKeys keys) {
        byte[] metadata = message.serializeMetaData(serializer, byte[].class).getData();
        if (!PersonalFields.areIn(message.getPayloadType())) {
            return new NewEvent(message, serializer, metadata, serializer.form(message.getPayload()), null);
        }
        NewEvent open = new NewEvent(message, serializer, metadata, null, null);
        Closing closing = keys.remembered(message.getAggregateIdentifier());
        return closing == null ? open : open.closed(closing);
    }

    /**
     * The same in its stored form, which what it says of people is closed in. This one stays open: a key that was made for it is gone if the
     * transaction comes to nothing.
     */
    NewEvent closed(Closing closing) {
        return new NewEvent(
                message, serializer, metadata, serializer.form(message.getPayload(), closing.of(message)), closing);
    }

    private SerializedType type() {
        return serializer.typeForClass(message.getPayloadType());
    }

    /** Whether it has no stored form yet. */
    boolean isOpen() {
        return payload == null;
    }

    /** The root that texts of a stream were closed with. */
    record Closed(String stream, Closing with) {}

    /** What has to be there still for events to be appended, each once. */
    static List<Closed> closed(List<NewEvent> events) {
        List<Closed> closed = new ArrayList<>();
        for (NewEvent event : events) {
            Closing with = event.closedWith;
            if (with != null) {
                closed.add(new Closed(event.stream(), with));
            }
        }
        return closed.stream().distinct().toList();
    }

    String stream() {
        return message.getAggregateIdentifier();
    }

    boolean beginsItsStream() {
        return message.getSequenceNumber() == 0;
    }

    private byte[] payload() {
        if (payload == null) {
            throw new IllegalStateException("event " + message.getIdentifier() + " was never closed");
        }
        return payload;
    }

    /** Binds each column's values as an array, in the order of the events, from a parameter on. */
    static void bindAll(List<NewEvent> events, PreparedStatement insert, int first) throws SQLException {
        Connection connection = insert.getConnection();
        insert.setArray(first, texts(events, event -> event.message.getIdentifier(), connection));
        insert.setArray(first + 1, texts(events, event -> event.message.getType(), connection));
        insert.setArray(first + 2, texts(events, NewEvent::stream, connection));
        insert.setArray(
                first + 3,
                connection.createArrayOf(
                        "bigint",
                        events.stream()
                                .map(event -> event.message.getSequenceNumber())
                                .toArray(Long[]::new)));
        insert.setArray(first + 4, texts(events, event -> event.type().getName(), connection));
        insert.setArray(first + 5, texts(events, event -> event.type().getRevision(), connection));
        insert.setArray(first + 6, bytes(events, NewEvent::payload, connection));
        insert.setArray(first + 7, bytes(events, event -> event.metadata, connection));
    }

    private static Array texts(List<NewEvent> events, Function<NewEvent, String> value, Connection connection)
            throws SQLException {
        return connection.createArrayOf("text", events.stream().map(value).toArray(String[]::new));
    }

    private static Array bytes(List<NewEvent> events, Function<NewEvent, byte[]> value, Connection connection)
            throws SQLException {
        return connection.createArrayOf("bytea", events.stream().map(value).toArray(byte[][]::new));
    }

    void bind(PreparedStatement insert) throws SQLException {
        insert.setString(1, message.getIdentifier());
        insert.setString(2, message.getType());
        insert.setString(3, stream());
        insert.setLong(4, message.getSequenceNumber());
        insert.setString(5, type().getName());
        insert.setString(6, type().getRevision());
        insert.setBytes(7, payload());
        insert.setBytes(8, metadata);
    }
}
