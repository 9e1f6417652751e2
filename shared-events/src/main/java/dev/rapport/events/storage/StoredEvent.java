package dev.rapport.events.storage;

import dev.rapport.events.PersonalDataErased;
import dev.rapport.events.StakeholderErased;
import dev.rapport.events.seal.SealedEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;

/**
 * A row of the event log as it is stored; the bytes of payload and metadata are untouched, so that what is sealed and proven is what
 * was written.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying every payload would be paid by every reader
public record StoredEvent(
        long position,
        String eventId,
        String streamType,
        String stream,
        long sequenceNumber,
        String eventType,
        String revision,
        Instant recordedAt,
        byte[] payload,
        byte[] metadata) {

    static final String COLUMNS =
            "position, event_id, stream_type, stream, sequence_number, event_type, revision, recorded_at, payload,"
                    + " metadata";

    private static final Set<String> ERASURES =
            Set.of(PersonalDataErased.class.getSimpleName(), StakeholderErased.class.getSimpleName());

    /** Whether it tells that something was erased: whoever keeps what earlier events said has to forget it then. */
    public boolean isErasure() {
        return ERASURES.contains(eventType);
    }

    /** The same event for who needs none of its personal texts, and so none of the keys. */
    StoredEvent leftClosed() {
        return saying(EnclosedText.leftClosed(payload));
    }

    /** The same event with another payload. */
    StoredEvent saying(byte[] other) {
        return new StoredEvent(
                position,
                eventId,
                streamType,
                stream,
                sequenceNumber,
                eventType,
                revision,
                recordedAt,
                other,
                metadata);
    }

    static StoredEvent of(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getString(6),
                row.getString(7),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                row.getBytes(9),
                row.getBytes(10));
    }

    /** As the seal takes it: every column, and the bytes as they are. */
    public SealedEvent toBeSealed() {
        return new SealedEvent(
                position,
                eventId,
                streamType,
                stream,
                sequenceNumber,
                eventType,
                revision,
                recordedAt,
                payload,
                metadata);
    }
}
