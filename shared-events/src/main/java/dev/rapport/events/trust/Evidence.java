package dev.rapport.events.trust;

import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Party;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that speaks for or against the trustworthiness of a party.
 *
 * @param entryId the entry that it rests on
 * @param kind what it is
 * @param about whose trustworthiness it is about
 * @param at when it occurred: from then on it counts, and fades
 * @param position of the event in the log that it came from
 * @param counted the times at which it counts, in order and apart from each other; none when it never does
 */
public record Evidence(EntryId entryId, EvidenceKind kind, Party about, Instant at, long position, List<Span> counted) {

    public Evidence {
        counted = List.copyOf(counted);
    }

    /**
     * A time during which evidence counts.
     *
     * @param from the first moment
     * @param until the first moment after; null when there is no end in sight
     */
    public record Span(Instant from, @Nullable Instant until) {

        Span upTo(Instant time) {
            return until != null && until.isAfter(time) ? new Span(from, null) : this;
        }

        /** Whether it had begun by then, and, if it has an end, had ended. */
        boolean isWholeAt(Instant time) {
            return !from.isAfter(time) && (until == null || !until.isAfter(time));
        }

        boolean includes(Instant time) {
            return !time.isBefore(from) && (until == null || time.isBefore(until));
        }
    }

    /** Whether it counts until further notice. */
    boolean countsUntilFurtherNotice() {
        return !counted.isEmpty() && counted.getLast().until() == null;
    }

    /** Whether it counts at a time. */
    public boolean countsAt(Instant time) {
        for (Span span : counted) {
            if (span.includes(time)) {
                return true;
            }
        }
        return false;
    }
}
