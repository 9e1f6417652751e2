package dev.rapport.query.relationship;

import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.stream.Stream;
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

        /** The levels that are known are not all equal: where parties disagree on the level there is friction. */
        public boolean mismatch() {
            return Stream.of(declared, stakeholders)
                            .filter(Objects::nonNull)
                            .distinct()
                            .count()
                    > 1;
        }
    }

    /** The open commitment that is due first. */
    public record NextDue(EntryId id, Party madeBy, String statement, LocalDate dueOn, boolean overdue) {}
}
