package dev.rapport.events.seal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;

/**
 * What the seal covers of an event: all columns of its row in the event log, and the stored bytes of payload and metadata as they are.
 *
 * <p>Its encoding is what the leaf's hash is made of, so it can never change; another set of columns would be another version, with another
 * first line. Every field is told apart from the next by its length, so that no two events have the same encoding:
 *
 * <pre>
 * rapport-event-v1\n                   ASCII
 * position, sequence number, time      8 bytes each, big-endian, signed; the time in microseconds since 1970-01-01T00:00:00Z
 * event id, stream type, stream,
 * event type, revision                 each: length in bytes (4 bytes, big-endian), UTF-8
 * payload, metadata                    each: length in bytes (4 bytes, big-endian), bytes
 * </pre>
 *
 * @param recordedAt in microseconds, which is what the event log keeps on both databases
 */
@SuppressWarnings(
        "ArrayRecordComponent") // compared by its encoding; copying every payload would be paid for every event
public record SealedEvent(
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

    private static final String VERSION = "rapport-event-v1\n";

    public SealedEvent {
        Objects.requireNonNull(payload);
        Objects.requireNonNull(metadata);
        if (!recordedAt.truncatedTo(ChronoUnit.MICROS).equals(recordedAt)) {
            throw new IllegalArgumentException("events are recorded in microseconds, not at " + recordedAt);
        }
    }

    /** The bytes that are hashed. */
    public byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256 + payload.length + metadata.length);
        out.writeBytes(VERSION.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(position)
                .putLong(sequenceNumber)
                .putLong(microseconds())
                .array());
        write(out, StrictText.encode(eventId));
        write(out, StrictText.encode(streamType));
        write(out, StrictText.encode(stream));
        write(out, StrictText.encode(eventType));
        write(out, StrictText.encode(revision));
        write(out, payload);
        write(out, metadata);
        return out.toByteArray();
    }

    /** The event that was encoded to these bytes. */
    public static SealedEvent decode(byte[] encoded) {
        ByteBuffer in = ByteBuffer.wrap(encoded);
        byte[] version = VERSION.getBytes(StandardCharsets.US_ASCII);
        if (encoded.length < version.length + 3 * Long.BYTES
                || !Arrays.equals(version, 0, version.length, encoded, 0, version.length)) {
            throw new IllegalArgumentException("not an event of version 1");
        }
        in.position(version.length);
        long position = in.getLong();
        long sequenceNumber = in.getLong();
        Instant recordedAt = instant(in.getLong());
        SealedEvent event = new SealedEvent(
                position,
                StrictText.decode(read(in)),
                StrictText.decode(read(in)),
                StrictText.decode(read(in)),
                sequenceNumber,
                StrictText.decode(read(in)),
                StrictText.decode(read(in)),
                recordedAt,
                read(in),
                read(in));
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("an event followed by something else");
        }
        return event;
    }

    /** The hash of the leaf that seals it. */
    public Hash leafHash() {
        return Hash.ofLeaf(encode());
    }

    private long microseconds() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, recordedAt);
    }

    private static Instant instant(long microseconds) {
        try {
            return Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("an event recorded at no time", e);
        }
    }

    private static void write(ByteArrayOutputStream out, byte[] field) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
        out.writeBytes(field);
    }

    private static byte[] read(ByteBuffer in) {
        if (in.remaining() < Integer.BYTES) {
            throw new IllegalArgumentException("an event that breaks off");
        }
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("an event that breaks off");
        }
        byte[] field = new byte[length];
        in.get(field);
        return field;
    }
}
