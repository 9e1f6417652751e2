package dev.rapport.events;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The trace of what comes of a command. It is named by the correlation id that the command's events carry, so whoever has one of them, in
 * whichever process and however much later, can find the trace and add to it.
 *
 * @param traceId as W3C Trace Context has it: 32 hex digits
 * @param spanId where the trace begins: 16 hex digits
 */
public record CorrelationTrace(String traceId, String spanId) {

    private static final int DIGITS_OF_A_SPAN = 16;
    private static final int HEXADECIMAL = 16;

    /** The low half of a UUID begins with two bits that are always the same (RFC 9562, section 4.1). */
    private static final long RANDOM_BITS = (1L << 62) - 1;

    /** Of a correlation id; nothing when there is none, or one that is no UUID. */
    public static Optional<CorrelationTrace> of(@Nullable String correlationId) {
        if (correlationId == null) {
            return Optional.empty();
        }
        try {
            UUID id = UUID.fromString(correlationId);
            String digits = "%016x%016x".formatted(id.getMostSignificantBits(), id.getLeastSignificantBits());
            return Optional.of(new CorrelationTrace(digits, digits.substring(0, DIGITS_OF_A_SPAN)));
        } catch (IllegalArgumentException another) {
            return Optional.empty();
        }
    }

    /** Whether this trace is among a share of all; every process comes to the same answer. */
    public boolean isAmong(double share) {
        long number = Long.parseUnsignedLong(traceId.substring(DIGITS_OF_A_SPAN), HEXADECIMAL) & RANDOM_BITS;
        return share >= 1 || number < share * RANDOM_BITS;
    }
}
