package dev.rapport.query.entry;

import dev.rapport.events.CommitmentBecameOverdue;
import dev.rapport.events.CommitmentBroken;
import dev.rapport.events.CommitmentKept;
import dev.rapport.events.CommitmentRecorded;
import dev.rapport.events.CommitmentReleased;
import dev.rapport.events.CommitmentRenegotiated;
import dev.rapport.events.DisputeRaised;
import dev.rapport.events.DisputeSettled;
import dev.rapport.events.EntryEvent;
import dev.rapport.events.EntryRetracted;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The entries that the fold of a relationship has to know to fold some events: those that the events deal with, and as many of the next due
 * commitments and of the latest interactions as the events could end or take back, and one more.
 *
 * @param dueFirst how many open commitments, those due first
 * @param latest how many interactions that still count, the latest
 */
public record NeededEntries(Set<EntryId> named, int dueFirst, int latest) {

    public static NeededEntries toFold(Collection<? extends RelationshipEvent> events) {
        Set<EntryId> named = new LinkedHashSet<>();
        int commitmentChanges = 0;
        int interactionsRetracted = 0;
        for (RelationshipEvent event : events) {
            if (event instanceof EntryEvent entryEvent) {
                named.add(entryEvent.entryId());
            }
            if (dealsWithCommitment(event)) {
                commitmentChanges++;
            }
            if (event instanceof EntryRetracted retracted && retracted.kind() == EntryKind.INTERACTION) {
                interactionsRetracted++;
            }
        }
        return new NeededEntries(named, orNone(commitmentChanges), orNone(interactionsRetracted));
    }

    private static boolean dealsWithCommitment(RelationshipEvent happened) {
        return switch (happened) {
            case CommitmentRecorded _, CommitmentKept _, CommitmentBroken _ -> true;
            case CommitmentRenegotiated _, CommitmentReleased _, CommitmentBecameOverdue _ -> true;
            case DisputeRaised _, DisputeSettled _ -> true;
            case EntryRetracted event -> event.kind() == EntryKind.COMMITMENT;
            default -> false;
        };
    }

    private static int orNone(int changes) {
        return changes == 0 ? 0 : changes + 1;
    }
}
