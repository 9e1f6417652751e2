package dev.rapport.events.storage;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.SerializedType;

/** An event on its way into the log: all that the writer knows. Its position and the time of its recording are for the log to give. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NewEvent(DomainEventMessage<?> message, SerializedType type, byte[] payload, byte[] metadata) {

    static final String COLUMNS =
            "event_id, stream_type, stream, sequence_number, event_type, revision, payload, metadata";

    static NewEvent of(DomainEventMessage<?> message, EventSerializer serializer, Enclosing enclosing) {
        return new NewEvent(
                message,
                serializer.typeForClass(message.getPayloadType()),
                serializer.form(message.getPayload(), enclosing),
                message.serializeMetaData(serializer, byte[].class).getData());
    }

    /** Binds each column's values as an array, in the order of the events. */
    static void bindAll(List<NewEvent> events, PreparedStatement insert) throws SQLException {
        texts(1, events, event -> event.message.getIdentifier(), insert);
        texts(2, events, event -> event.message.getType(), insert);
        texts(3, events, event -> event.message.getAggregateIdentifier(), insert);
        insert.setArray(
                4,
                insert.getConnection()
                        .createArrayOf(
                                "bigint",
                                events.stream()
                                        .map(event -> event.message.getSequenceNumber())
                                        .toArray()));
        texts(5, events, event -> event.type.getName(), insert);
        texts(6, events, event -> event.type.getRevision(), insert);
        bytes(7, events, event -> event.payload, insert);
        bytes(8, events, event -> event.metadata, insert);
    }

    private static void texts(
            int parameter, List<NewEvent> events, Function<NewEvent, String> value, PreparedStatement insert)
            throws SQLException {
        String[] values = events.stream().map(value).toArray(String[]::new);
        insert.setArray(parameter, insert.getConnection().createArrayOf("text", values));
    }

    private static void bytes(
            int parameter, List<NewEvent> events, Function<NewEvent, byte[]> value, PreparedStatement insert)
            throws SQLException {
        byte[][] values = events.stream().map(value).toArray(byte[][]::new);
        insert.setArray(parameter, insert.getConnection().createArrayOf("bytea", values));
    }

    void bind(PreparedStatement insert) throws SQLException {
        insert.setString(1, message.getIdentifier());
        insert.setString(2, message.getType());
        insert.setString(3, message.getAggregateIdentifier());
        insert.setLong(4, message.getSequenceNumber());
        insert.setString(5, type.getName());
        insert.setString(6, type.getRevision());
        insert.setBytes(7, payload);
        insert.setBytes(8, metadata);
    }
}
