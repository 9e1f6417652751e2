package dev.rapport.query.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the binary form of PostgreSQL's {@code COPY}: nothing has to be escaped here, nor numbers and times read from texts there. Each value
 * is in the form of the column's own type, which the type in Java tells.
 */
final class BinaryRows {

    /** As bytes of ISO 8859-1. */
    private static final String SIGNATURE = "PGCOPY\n\u00ff\r\n\0";

    private static final int FLAGS_AND_EXTENSION = 2 * Integer.BYTES;
    private static final int AT_A_TIME = 1 << 16;

    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int NULL = -1;
    private static final int END = -1;

    private final Target target;
    private byte[] bytes = new byte[2 * AT_A_TIME];
    private int length;

    /** Where the bytes go. */
    interface Target {
        void write(byte[] bytes, int from, int length) throws SQLException;
    }

    BinaryRows(Target target) {
        this.target = target;
        put(SIGNATURE.getBytes(StandardCharsets.ISO_8859_1));
        length += FLAGS_AND_EXTENSION; // none of them
    }

    void add(@Nullable Object[] row) throws SQLException {
        if (length >= AT_A_TIME) {
            flush();
        }
        putShort(row.length);
        for (Object value : row) {
            add(value);
        }
    }

    private void add(@Nullable Object value) {
        switch (value) {
            case null -> putInt(NULL);
            case String text -> putSized(text.getBytes(UTF_8));
            case Long number -> putSized(number);
            case Integer number -> {
                putInt(Integer.BYTES);
                putInt(number);
            }
            case Short number -> {
                putInt(Short.BYTES);
                putShort(number);
            }
            case Boolean yes -> {
                putInt(1);
                ensure(1);
                bytes[length++] = (byte) (yes ? 1 : 0);
            }
            case Instant instant -> putSized(micros(instant));
            case LocalDate day -> {
                putInt(Integer.BYTES);
                putInt(Math.toIntExact(day.toEpochDay() - TimeUnit.SECONDS.toDays(EPOCH.getEpochSecond())));
            }
            case Double number -> putSized(Double.doubleToLongBits(number));
            case byte[] raw -> putSized(raw);
            default -> throw new IllegalArgumentException("no column of a read model holds a " + value.getClass());
        }
    }

    void end() throws SQLException {
        putShort(END);
        flush();
    }

    private static long micros(Instant instant) {
        return TimeUnit.SECONDS.toMicros(instant.getEpochSecond() - EPOCH.getEpochSecond())
                + TimeUnit.NANOSECONDS.toMicros(instant.getNano());
    }

    private void putSized(byte[] raw) {
        putInt(raw.length);
        put(raw);
    }

    private void putSized(long number) {
        putInt(Long.BYTES);
        ensure(Long.BYTES);
        LONGS.set(bytes, length, number);
        length += Long.BYTES;
    }

    private void putInt(int number) {
        ensure(Integer.BYTES);
        INTS.set(bytes, length, number);
        length += Integer.BYTES;
    }

    private void putShort(int number) {
        ensure(Short.BYTES);
        SHORTS.set(bytes, length, (short) number);
        length += Short.BYTES;
    }

    private void put(byte[] raw) {
        ensure(raw.length);
        System.arraycopy(raw, 0, bytes, length, raw.length);
        length += raw.length;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    private void flush() throws SQLException {
        target.write(bytes, 0, length);
        length = 0;
    }
}
