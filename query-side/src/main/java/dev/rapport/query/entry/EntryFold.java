package dev.rapport.query.entry;

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
import dev.rapport.events.DisclosureCorrected;
import dev.rapport.events.DisclosureRecorded;
import dev.rapport.events.DisputeRaised;
import dev.rapport.events.DisputeSettled;
import dev.rapport.events.EntryEvent;
import dev.rapport.events.EntryRetracted;
import dev.rapport.events.ExpectationStated;
import dev.rapport.events.IndicatorAgreed;
import dev.rapport.events.InteractionCorrected;
import dev.rapport.events.InteractionLogged;
import dev.rapport.events.MeasurementRecorded;
import dev.rapport.events.ObjectiveHeld;
import dev.rapport.events.ObjectiveRetired;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.ValuesAssessed;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Money;
import dev.rapport.query.entry.EntryContent.AlignmentAssessment;
import dev.rapport.query.entry.EntryContent.Commitment;
import dev.rapport.query.entry.EntryContent.Concern;
import dev.rapport.query.entry.EntryContent.Contribution;
import dev.rapport.query.entry.EntryContent.DependencyAssessment;
import dev.rapport.query.entry.EntryContent.Disclosure;
import dev.rapport.query.entry.EntryContent.Expectation;
import dev.rapport.query.entry.EntryContent.Indicator;
import dev.rapport.query.entry.EntryContent.Interaction;
import dev.rapport.query.entry.EntryContent.Measurement;
import dev.rapport.query.entry.EntryContent.Objective;
import dev.rapport.query.entry.EntryContent.ValuesAssessment;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an entry evolves by an event of its relationship: no database, no clock, so that every reader of events may use it. */
public final class EntryFold {

    /** The entry after the event. */
    public static Entry evolve(Map<EntryId, Entry> entries, EntryEvent happened, RecordedEvent recorded) {
        return switch (happened) {
            case InteractionLogged event ->
                made(
                        event.interactionId(),
                        new Interaction(event.channel(), event.summary(), event.participants(), event.sentiment()),
                        happened,
                        recorded);
            case InteractionCorrected event -> {
                Entry entry = known(entries, event.interactionId());
                Interaction wrong = content(entry, Interaction.class);
                yield entry.correctedTo(new Interaction(
                        orElse(event.channel(), wrong.channel()),
                        orElse(event.summary(), wrong.summary()),
                        orElse(event.participants(), wrong.participants()),
                        event.sentiment() == null ? wrong.sentiment() : event.sentiment()));
            }
            case CommitmentRecorded event ->
                made(
                        event.commitmentId(),
                        Commitment.open(event.madeBy(), event.statement(), event.dueOn()),
                        happened,
                        recorded);
            case CommitmentKept event -> {
                Entry entry = known(entries, event.commitmentId());
                yield entry.now(
                        content(entry, Commitment.class).kept(recorded.occurredAt(), event.late(), event.note()));
            }
            case CommitmentBroken event -> {
                Entry entry = known(entries, event.commitmentId());
                yield entry.now(content(entry, Commitment.class)
                        .ended(Commitment.State.BROKEN, recorded.occurredAt(), event.reason()));
            }
            case CommitmentReleased event -> {
                Entry entry = known(entries, event.commitmentId());
                yield entry.now(content(entry, Commitment.class)
                        .ended(Commitment.State.RELEASED, recorded.occurredAt(), event.reason()));
            }
            case CommitmentRenegotiated event -> {
                Entry entry = known(entries, event.commitmentId());
                Commitment before = content(entry, Commitment.class);
                yield entry.now(before.dueNow(event.dueOn(), orElse(event.statement(), before.statement())));
            }
            case CommitmentBecameOverdue event -> {
                Entry entry = known(entries, event.commitmentId());
                yield entry.now(content(entry, Commitment.class).pastDue());
            }
            case DisclosureRecorded event ->
                made(
                        event.disclosureId(),
                        new Disclosure(event.madeBy(), event.kind(), event.subject()),
                        happened,
                        recorded);
            case DisclosureCorrected event -> {
                Entry entry = known(entries, event.disclosureId());
                Disclosure wrong = content(entry, Disclosure.class);
                yield entry.correctedTo(new Disclosure(
                        orElse(event.madeBy(), wrong.madeBy()),
                        orElse(event.kind(), wrong.disclosed()),
                        orElse(event.subject(), wrong.subject())));
            }
            case ObjectiveHeld event ->
                made(
                        event.objectiveId(),
                        new Objective(event.heldBy(), event.statement(), event.motive(), null, null),
                        happened,
                        recorded);
            case ObjectiveRetired event -> {
                Entry entry = known(entries, event.objectiveId());
                yield entry.now(content(entry, Objective.class).retired(recorded.occurredAt(), event.reason()));
            }
            case ExpectationStated event ->
                made(
                        event.expectationId(),
                        new Expectation(event.heldBy(), event.of(), event.statement()),
                        happened,
                        recorded);
            case ContributionRecorded event ->
                made(
                        event.contributionId(),
                        Contribution.of(event.givenBy(), event.statement(), event.amount()),
                        happened,
                        recorded);
            case ContributionCorrected event -> {
                Entry entry = known(entries, event.contributionId());
                Contribution wrong = content(entry, Contribution.class);
                Money worth = event.amount();
                yield entry.correctedTo(new Contribution(
                        orElse(event.givenBy(), wrong.givenBy()),
                        orElse(event.statement(), wrong.statement()),
                        worth == null ? wrong.amount() : worth.amount(),
                        worth == null ? wrong.currency() : worth.currency()));
            }
            case IndicatorAgreed event ->
                made(
                        event.indicatorId(),
                        new Indicator(
                                event.owner(),
                                event.requirement(),
                                event.level(),
                                event.name(),
                                event.target(),
                                event.better(),
                                event.unit()),
                        happened,
                        recorded);
            case MeasurementRecorded event ->
                made(
                        event.measurementId(),
                        new Measurement(event.indicatorId(), event.value(), event.measuredOn(), event.meetsTarget()),
                        happened,
                        recorded);
            case AlignmentAssessed event ->
                made(event.assessmentId(), new AlignmentAssessment(event.dimensions()), happened, recorded);
            case ValuesAssessed event ->
                made(
                        event.assessmentId(),
                        new ValuesAssessment(event.overlap(), event.complement(), event.conflict(), event.note()),
                        happened,
                        recorded);
            case DependencyAssessed event ->
                made(
                        event.assessmentId(),
                        new DependencyAssessment(event.ourDependence(), event.theirDependence(), event.switchingCost()),
                        happened,
                        recorded);
            case ConcernRaised event ->
                made(
                        event.concernId(),
                        new Concern(event.raisedBy(), event.about(), event.statement(), null, null),
                        happened,
                        recorded);
            case ConcernResolved event -> {
                Entry entry = known(entries, event.concernId());
                yield entry.now(content(entry, Concern.class).resolved(recorded.occurredAt(), event.resolution()));
            }
            case DisputeRaised event ->
                known(entries, event.entryId())
                        .contested(new Entry.Dispute(
                                event.raisedBy(), event.reason(), recorded.occurredAt(), null, null, null));
            case DisputeSettled event -> {
                Entry entry = known(entries, event.entryId());
                Entry.Dispute dispute = entry.dispute();
                if (dispute == null) {
                    throw new IllegalStateException("a dispute was settled that nobody raised: " + event.entryId());
                }
                yield entry.contested(dispute.settled(recorded.occurredAt(), event.outcome(), event.upheld()));
            }
            case EntryRetracted event -> known(entries, event.entryId()).takenBack();
        };
    }

    private static Entry made(EntryId id, EntryContent content, RelationshipEvent happened, RecordedEvent recorded) {
        return Entry.recorded(happened.relationshipId(), id, content, recorded);
    }

    private static Entry known(Map<EntryId, Entry> entries, EntryId id) {
        Entry entry = entries.get(id);
        if (entry == null) {
            throw new IllegalStateException("an event deals with an entry that was never made: " + id);
        }
        return entry;
    }

    private static <C extends EntryContent> C content(Entry entry, Class<C> type) {
        if (type.isInstance(entry.content())) {
            return type.cast(entry.content());
        }
        throw new IllegalStateException(
                "entry " + entry.id() + " is " + entry.kind() + ", not " + type.getSimpleName());
    }

    private static <T> T orElse(@Nullable T right, T wrong) {
        return right == null ? wrong : right;
    }

    private EntryFold() {}
}
