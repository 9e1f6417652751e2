package dev.rapport.query.entry;

import dev.rapport.events.Provenance;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that was recorded in a relationship, after some of its events.
 *
 * @param occurredAt when it happened in the world
 * @param recordedAt when Rapport learned of it
 * @param recordedBy the subject who recorded it
 * @param position of the event that recorded it
 * @param retracted it should never have been made: it counts nowhere, and is not listed
 */
public record Entry(
        RelationshipId relationshipId,
        EntryId id,
        EntryContent content,
        Instant occurredAt,
        Instant recordedAt,
        String recordedBy,
        long position,
        boolean corrected,
        boolean retracted,
        @Nullable Dispute dispute) {

    /** A party contested the entry; until it is settled the last three are absent. */
    public record Dispute(
            Party raisedBy,
            String reason,
            Instant raisedAt,
            @Nullable Instant settledAt,
            @Nullable String outcome,
            @Nullable Boolean upheld) {

        Dispute settled(Instant at, String outcome, boolean upheld) {
            return new Dispute(raisedBy, reason, raisedAt, at, outcome, upheld);
        }
    }

    static Entry recorded(RelationshipId relationship, EntryId id, EntryContent content, RecordedEvent recorded) {
        return new Entry(
                relationship,
                id,
                content,
                recorded.occurredAt(),
                recorded.recordedAt(),
                subjectOf(recorded),
                recorded.position(),
                false,
                false,
                null);
    }

    private static String subjectOf(RecordedEvent recorded) {
        return Objects.requireNonNullElse(recorded.subject(), Provenance.RAPPORT);
    }

    public EntryKind kind() {
        return content.kind();
    }

    Entry now(EntryContent changed) {
        return new Entry(
                relationshipId,
                id,
                changed,
                occurredAt,
                recordedAt,
                recordedBy,
                position,
                corrected,
                retracted,
                dispute);
    }

    Entry correctedTo(EntryContent right) {
        return new Entry(
                relationshipId, id, right, occurredAt, recordedAt, recordedBy, position, true, retracted, dispute);
    }

    Entry takenBack() {
        return new Entry(
                relationshipId, id, content, occurredAt, recordedAt, recordedBy, position, corrected, true, dispute);
    }

    Entry contested(Dispute dispute) {
        return new Entry(
                relationshipId,
                id,
                content,
                occurredAt,
                recordedAt,
                recordedBy,
                position,
                corrected,
                retracted,
                dispute);
    }
}
