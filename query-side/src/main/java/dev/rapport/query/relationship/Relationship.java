package dev.rapport.query.relationship;

import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.query.practice.LevelMismatch;
import dev.rapport.query.practice.PractisedLevel;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a relationship after some of its events.
 *
 * @param version of its stream
 * @param position of the newest event that is in here
 * @param establishedPosition of its first event
 */
public record Relationship(
        RelationshipId id,
        StakeholderId stakeholderId,
        ManagerId managerId,
        Status status,
        @Nullable String purpose,
        Levels levels,
        Instant establishedAt,
        @Nullable Instant endedAt,
        @Nullable Instant lastInteractionAt,
        Counts counts,
        @Nullable NextDue nextDue,
        long version,
        long position,
        long establishedPosition) {

    /** Whether it goes on. */
    public enum Status {
        ACTIVE,
        ENDED
    }

    /** Which level it is: as we run it, as the stakeholder says, and as we want it to be. */
    public record Levels(
            Level declared,
            @Nullable Level stakeholders,
            @Nullable Level desired) {

        /** The stakeholder says, as far as we know, another level than we declare. */
        boolean partiesDisagree() {
            return stakeholders != null && stakeholders != declared;
        }

        /** These levels beside the one that is practised. */
        LevelMismatch against(PractisedLevel practised) {
            return new LevelMismatch(declared, stakeholders, practised);
        }
    }

    /** The open commitment that is due first. */
    public record NextDue(EntryId id, Party madeBy, String statement, LocalDate dueOn, boolean overdue) {}
}
