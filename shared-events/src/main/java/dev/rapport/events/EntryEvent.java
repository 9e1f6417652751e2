package dev.rapport.events;

import dev.rapport.events.vocabulary.EntryId;
import java.util.Set;

/** What happened to one entry of a relationship: it was made, corrected, ended, disputed or taken back. */
public sealed interface EntryEvent extends RelationshipEvent
        permits InteractionLogged,
                InteractionCorrected,
                CommitmentRecorded,
                CommitmentKept,
                CommitmentBroken,
                CommitmentRenegotiated,
                CommitmentReleased,
                CommitmentBecameOverdue,
                DisclosureRecorded,
                DisclosureCorrected,
                ObjectiveHeld,
                ObjectiveRetired,
                ExpectationStated,
                ContributionRecorded,
                ContributionCorrected,
                IndicatorAgreed,
                MeasurementRecorded,
                AlignmentAssessed,
                ValuesAssessed,
                DependencyAssessed,
                ConcernRaised,
                ConcernResolved,
                DisputeRaised,
                DisputeSettled,
                EntryRetracted {

    /** The entry that it happened to. */
    EntryId entryId();

    @Override
    default Set<EntryId> entriesInvolved() {
        return Set.of(entryId());
    }
}
