package dev.rapport.events.storage;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;

/** An event on its way into the log: all that the writer knows. Its position and the time of its recording are for the log to give. */
record NewEvent(DomainEventMessage<?> message, SerializedObject<byte[]> payload, SerializedObject<byte[]> metadata) {

    static final String COLUMNS =
            "event_id, stream_type, stream, sequence_number, event_type, revision, payload, metadata";

    static NewEvent of(DomainEventMessage<?> message, Serializer serializer) {
        return new NewEvent(
                message,
                message.serializePayload(serializer, byte[].class),
                message.serializeMetaData(serializer, byte[].class));
    }

    void bind(PreparedStatement insert) throws SQLException {
        insert.setString(1, message.getIdentifier());
        insert.setString(2, message.getType());
        insert.setString(3, message.getAggregateIdentifier());
        insert.setLong(4, message.getSequenceNumber());
        insert.setString(5, payload.getType().getName());
        insert.setString(6, payload.getType().getRevision());
        insert.setBytes(7, payload.getData());
        insert.setBytes(8, metadata.getData());
    }
}
