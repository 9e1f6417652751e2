package dev.rapport.events.trust;

import dev.rapport.events.trust.Evidence.Span;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Party;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an entry of a relationship gives as evidence, as far as is known. It is a plain value, to be kept between events.
 *
 * @param entryId the entry
 * @param party who made the commitment, owns the indicator, or is what the concern is about; null where that says nothing about trust
 * @param dueOn of a commitment, as agreed last
 * @param indicatorId the indicator that was measured
 * @param at when the entry occurred
 * @param position of its first event in the log
 * @param pieces the evidence, as if nothing of it was disputed
 * @param disputes the times at which it is disputed, when none of it counts
 * @param retracted takes all of it away from every time
 */
public record EntryEvidence(
        EntryId entryId,
        @Nullable Party party,
        @Nullable LocalDate dueOn,
        @Nullable EntryId indicatorId,
        Instant at,
        long position,
        List<Piece> pieces,
        List<Span> disputes,
        boolean retracted) {

    public EntryEvidence {
        pieces = List.copyOf(pieces);
        disputes = List.copyOf(disputes);
    }

    /** A piece of evidence that counts from {@code at} on, until there may be an end to it. */
    public record Piece(
            EvidenceKind kind,
            Party about,
            Instant at,
            long position,
            @Nullable Ending end) {

        Piece of(EvidenceKind otherKind, Party otherParty) {
            return new Piece(otherKind, otherParty, at, position, end);
        }

        private Piece endedBy(Ending ending) {
            return end == null ? new Piece(kind, about, at, position, ending) : this;
        }

        private Piece upTo(Instant time) {
            return end != null && end.at.isAfter(time) ? new Piece(kind, about, at, position, null) : this;
        }

        private boolean isWholeAt(Instant time) {
            return !at.isAfter(time) && (end == null || !end.at.isAfter(time));
        }

        private Piece without(long event) {
            return end != null && end.position == event ? new Piece(kind, about, at, position, null) : this;
        }
    }

    /** When a piece ceased to count, by which event in the log. */
    public record Ending(Instant at, long position) {}

    static EntryEvidence of(EntryId entryId, @Nullable Party party, Instant at, long position) {
        return new EntryEvidence(entryId, party, null, null, at, position, List.of(), List.of(), false);
    }

    EntryEvidence dueOn(LocalDate day) {
        return new EntryEvidence(entryId, party, day, indicatorId, at, position, pieces, disputes, retracted);
    }

    EntryEvidence of(EntryId indicator) {
        return new EntryEvidence(entryId, party, dueOn, indicator, at, position, pieces, disputes, retracted);
    }

    EntryEvidence with(EvidenceKind kind, Party about, Instant occurredAt, long eventPosition) {
        List<Piece> more = new ArrayList<>(pieces);
        more.add(new Piece(kind, about, occurredAt, eventPosition, null));
        return withPieces(more);
    }

    EntryEvidence withPieces(List<Piece> others) {
        return new EntryEvidence(entryId, party, dueOn, indicatorId, at, position, others, disputes, retracted);
    }

    EntryEvidence replacingPieces(UnaryOperator<Piece> change) {
        return withPieces(pieces.stream().map(change).toList());
    }

    /** What is overdue counts no longer, from then on. */
    EntryEvidence noLongerOverdue(Instant from, long eventPosition) {
        Ending ending = new Ending(from, eventPosition);
        return replacingPieces(piece -> piece.kind == EvidenceKind.COMMITMENT_OVERDUE ? piece.endedBy(ending) : piece);
    }

    /**
     * What it would give had an event of evidence not happened: nothing without its first one; what the event ended would still count; and that
     * a commitment was overdue would be known all the same from what ended it.
     */
    EntryEvidence without(long event) {
        if (event == position) {
            return withPieces(List.of());
        }
        return withPieces(
                pieces.stream().flatMap(piece -> withoutEvent(piece, event)).toList());
    }

    private static Stream<Piece> withoutEvent(Piece piece, long event) {
        if (piece.position != event) {
            return Stream.of(piece.without(event));
        }
        Ending end = piece.end;
        return piece.kind == EvidenceKind.COMMITMENT_OVERDUE && end != null && end.position != event
                ? Stream.of(new Piece(piece.kind, piece.about, piece.at, end.position, end))
                : Stream.empty();
    }

    /** Whether it is known to be overdue since then, or still. */
    boolean isKnownOverdueFrom(Instant time) {
        return pieces.stream()
                .anyMatch(piece ->
                        piece.kind == EvidenceKind.COMMITMENT_OVERDUE && (piece.at.equals(time) || piece.end == null));
    }

    EntryEvidence disputed(Instant from) {
        List<Span> more = new ArrayList<>(disputes);
        more.add(new Span(from, null));
        return withDisputes(more);
    }

    EntryEvidence upheld(Instant from) {
        return withDisputes(disputes.stream()
                .map(dispute -> dispute.until() == null ? new Span(dispute.from(), from) : dispute)
                .toList());
    }

    private EntryEvidence withDisputes(List<Span> others) {
        return new EntryEvidence(entryId, party, dueOn, indicatorId, at, position, pieces, others, retracted);
    }

    EntryEvidence takenBack() {
        return new EntryEvidence(entryId, party, dueOn, indicatorId, at, position, pieces, disputes, true);
    }

    /** What it gives as of a time: without what begins later, and what ends later lasts still. What was taken back was never there. */
    public EntryEvidence upTo(Instant time) {
        if (isWholeAt(time)) {
            return this;
        }
        return withPieces(pieces.stream()
                        .filter(piece -> !piece.at.isAfter(time))
                        .map(piece -> piece.upTo(time))
                        .toList())
                .withDisputes(disputes.stream()
                        .filter(dispute -> !dispute.from().isAfter(time))
                        .map(dispute -> dispute.upTo(time))
                        .toList());
    }

    /** Whether all of it had begun by then, and what has ended, had ended. */
    private boolean isWholeAt(Instant time) {
        for (Piece piece : pieces) {
            if (!piece.isWholeAt(time)) {
                return false;
            }
        }
        for (Span dispute : disputes) {
            if (!dispute.isWholeAt(time)) {
                return false;
            }
        }
        return true;
    }

    /** The latest moment at which something of it began to count or ceased to; null when nothing ever counts. */
    public @Nullable Instant lastMoment() {
        Instant last = null;
        for (Evidence piece : evidence()) {
            for (Span span : piece.counted()) {
                Instant moment = span.until() == null ? span.from() : span.until();
                last = last == null || moment.isAfter(last) ? moment : last;
            }
        }
        return last;
    }

    /** Whether anything in it ever was evidence. */
    public boolean isEvidence() {
        return !pieces.isEmpty();
    }

    /** The evidence, with the times at which it counts. */
    public List<Evidence> evidence() {
        if (retracted) {
            return List.of();
        }
        // projections ask several times for each event: for one piece a stream took 115 ns, and this takes 22
        List<Evidence> evidence = new ArrayList<>(pieces.size());
        for (Piece piece : pieces) {
            evidence.add(evidence(piece));
        }
        return evidence;
    }

    private Evidence evidence(Piece piece) {
        return new Evidence(entryId, piece.kind, piece.about, piece.at, piece.position, counted(piece));
    }

    private List<Span> counted(Piece piece) {
        Span undisputed = new Span(piece.at, piece.end == null ? null : piece.end.at);
        List<Span> counted = lasts(undisputed) ? List.of(undisputed) : List.of();
        for (Span dispute : disputes) {
            counted = counted.stream()
                    .flatMap(span -> without(span, dispute))
                    .filter(EntryEvidence::lasts)
                    .toList();
        }
        return counted;
    }

    private static Stream<Span> without(Span span, Span taken) {
        if (!lasts(taken)) {
            return Stream.of(span); // settled as of a time before it was raised
        }
        Span before = new Span(span.from(), earliest(span.until(), taken.from()));
        Instant end = taken.until();
        return end == null
                ? Stream.of(before)
                : Stream.of(before, new Span(end.isAfter(span.from()) ? end : span.from(), span.until()));
    }

    private static Instant earliest(@Nullable Instant end, Instant other) {
        return end == null || other.isBefore(end) ? other : end;
    }

    private static boolean lasts(Span span) {
        return span.until() == null || span.from().isBefore(span.until());
    }
}
