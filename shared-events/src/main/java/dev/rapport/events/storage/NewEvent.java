package dev.rapport.events.storage;

import java.sql.PreparedStatement;
import java.sql.SQLException;
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
