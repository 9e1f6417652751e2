package dev.rapport.events.trust;

import dev.rapport.events.trust.Evidence.Span;
import dev.rapport.events.vocabulary.Party;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A moment at which a piece of evidence begins to count, or ceases to: all that scoring a course needs to know of it, under any policy. Times
 * are microseconds since 1970, as the databases keep them.
 *
 * @param at the moment
 * @param since when the evidence occurred, which it fades from
 * @param begins false when it ceases
 */
public record TrustStep(long at, long since, EvidenceKind kind, Party about, boolean begins)
        implements Comparable<TrustStep> {

    private static final Comparator<TrustStep> IN_TIME = Comparator.comparingLong(TrustStep::at)
            .thenComparing(TrustStep::begins)
            .thenComparingLong(TrustStep::since)
            .thenComparing(TrustStep::kind)
            .thenComparing(TrustStep::about);

    /** The steps that an entry gives. */
    public static Stream<TrustStep> of(EntryEvidence entry) {
        return entry.evidence().stream()
                .flatMap(piece -> piece.counted().stream().flatMap(span -> of(piece, span)));
    }

    private static Stream<TrustStep> of(Evidence piece, Span span) {
        TrustStep begin = of(piece, span.from(), true);
        Instant until = span.until();
        return until == null ? Stream.of(begin) : Stream.of(begin, of(piece, until, false));
    }

    private static TrustStep of(Evidence piece, Instant at, boolean begins) {
        return new TrustStep(micros(at), micros(piece.at()), piece.kind(), piece.about(), begins);
    }

    static long micros(Instant time) {
        return TimeUnit.SECONDS.toMicros(time.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(time.getNano());
    }

    @Override
    public int compareTo(TrustStep other) {
        return IN_TIME.compare(this, other);
    }
}
