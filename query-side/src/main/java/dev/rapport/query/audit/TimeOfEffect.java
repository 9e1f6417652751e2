package dev.rapport.query.audit;

import dev.rapport.events.AlignmentAssessed;
import dev.rapport.events.CommitmentBecameOverdue;
import dev.rapport.events.CommitmentBroken;
import dev.rapport.events.CommitmentKept;
import dev.rapport.events.CommitmentRecorded;
import dev.rapport.events.CommitmentReleased;
import dev.rapport.events.CommitmentRenegotiated;
import dev.rapport.events.ConcernRaised;
import dev.rapport.events.ConcernResolved;
import dev.rapport.events.ContributionCorrected;
import dev.rapport.events.ContributionRecorded;
import dev.rapport.events.DependencyAssessed;
import dev.rapport.events.DesiredLevelSet;
import dev.rapport.events.DisclosureCorrected;
import dev.rapport.events.DisclosureRecorded;
import dev.rapport.events.DisputeRaised;
import dev.rapport.events.DisputeSettled;
import dev.rapport.events.EntryRetracted;
import dev.rapport.events.ExpectationStated;
import dev.rapport.events.IndicatorAgreed;
import dev.rapport.events.InteractionCorrected;
import dev.rapport.events.InteractionLogged;
import dev.rapport.events.ManagerAssigned;
import dev.rapport.events.MeasurementRecorded;
import dev.rapport.events.ObjectiveHeld;
import dev.rapport.events.ObjectiveRetired;
import dev.rapport.events.PersonalDataErased;
import dev.rapport.events.RelationshipDowngraded;
import dev.rapport.events.RelationshipEnded;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.RelationshipReopened;
import dev.rapport.events.RelationshipUpgraded;
import dev.rapport.events.StakeholderLevelRecorded;
import dev.rapport.events.ValuesAssessed;
import dev.rapport.events.storage.RecordedEvent;
import java.time.Instant;
import java.time.ZoneId;

/** From when on, in the world, an event says how things are. */
final class TimeOfEffect {

    /** What is right now was right from the beginning. */
    private static final Instant ALWAYS = Instant.MIN;

    /** The time since which the event has its effect; a measurement is of its day, in a zone. */
    static Instant of(RelationshipEvent happened, RecordedEvent recorded, ZoneId zone) {
        return switch (happened) {
            case InteractionCorrected _, DisclosureCorrected _, ContributionCorrected _, EntryRetracted _ -> ALWAYS;
            case MeasurementRecorded event ->
                event.measuredOn().atStartOfDay(zone).toInstant();
            case RelationshipEstablished _, RelationshipEnded _, RelationshipReopened _, ManagerAssigned _ ->
                recorded.occurredAt();
            case RelationshipUpgraded _, RelationshipDowngraded _, DesiredLevelSet _, StakeholderLevelRecorded _ ->
                recorded.occurredAt();
            case PersonalDataErased _ -> recorded.occurredAt();
            case CommitmentRecorded _, CommitmentRenegotiated _, CommitmentBecameOverdue _ -> recorded.occurredAt();
            case CommitmentKept _, CommitmentBroken _, CommitmentReleased _ -> recorded.occurredAt();
            case InteractionLogged _, DisclosureRecorded _, ContributionRecorded _, ExpectationStated _ ->
                recorded.occurredAt();
            case ObjectiveHeld _, ObjectiveRetired _, IndicatorAgreed _ -> recorded.occurredAt();
            case AlignmentAssessed _, ValuesAssessed _, DependencyAssessed _ -> recorded.occurredAt();
            case ConcernRaised _, ConcernResolved _, DisputeRaised _, DisputeSettled _ -> recorded.occurredAt();
        };
    }

    private TimeOfEffect() {}
}
