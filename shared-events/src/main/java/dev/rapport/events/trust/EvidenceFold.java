package dev.rapport.events.trust;

import static dev.rapport.events.trust.EvidenceKind.ADDED_VALUE_DISCLOSURE;
import static dev.rapport.events.trust.EvidenceKind.COMMITMENT_BROKEN;
import static dev.rapport.events.trust.EvidenceKind.COMMITMENT_KEPT_LATE;
import static dev.rapport.events.trust.EvidenceKind.COMMITMENT_KEPT_ON_TIME;
import static dev.rapport.events.trust.EvidenceKind.COMMITMENT_OVERDUE;
import static dev.rapport.events.trust.EvidenceKind.CONCERN_RESOLVED;
import static dev.rapport.events.trust.EvidenceKind.CONTRIBUTION;
import static dev.rapport.events.trust.EvidenceKind.COOL_INTERACTION;
import static dev.rapport.events.trust.EvidenceKind.FAIRNESS_CONCERN;
import static dev.rapport.events.trust.EvidenceKind.FRIENDLY_INTERACTION;
import static dev.rapport.events.trust.EvidenceKind.HOSTILE_INTERACTION;
import static dev.rapport.events.trust.EvidenceKind.JOINT_VALUE_DISCLOSURE;
import static dev.rapport.events.trust.EvidenceKind.MEASUREMENT_OFF_TARGET;
import static dev.rapport.events.trust.EvidenceKind.MEASUREMENT_ON_TARGET;
import static dev.rapport.events.trust.EvidenceKind.OPENNESS_CONCERN;
import static dev.rapport.events.trust.EvidenceKind.QUALITY_CONCERN;
import static dev.rapport.events.trust.EvidenceKind.RELEASE;
import static dev.rapport.events.trust.EvidenceKind.TRANSACTIONAL_DISCLOSURE;
import static dev.rapport.events.trust.EvidenceKind.WARM_INTERACTION;

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
import dev.rapport.events.DisclosureCorrected;
import dev.rapport.events.DisclosureRecorded;
import dev.rapport.events.DisputeRaised;
import dev.rapport.events.DisputeSettled;
import dev.rapport.events.EntryEvent;
import dev.rapport.events.EntryRetracted;
import dev.rapport.events.IndicatorAgreed;
import dev.rapport.events.InteractionCorrected;
import dev.rapport.events.InteractionLogged;
import dev.rapport.events.MeasurementRecorded;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.trust.EntryEvidence.Piece;
import dev.rapport.events.vocabulary.ConcernSubject;
import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.ReleaseCause;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which evidence the events of a relationship give. Each event changes what one entry gives and nothing else, so that late, backdated,
 * corrected and retracted news cost no more than others, and the order in which entries arrive makes no difference.
 */
public final class EvidenceFold {

    private final ZoneId zone;
    private final Map<EntryId, EntryEvidence> entries = new LinkedHashMap<>();
    private final Set<EntryId> changed = new LinkedHashSet<>();

    /**
     * A fold that goes on.
     *
     * @param zone whose days measurements are made on
     * @param known what the {@linkplain RelationshipEvent#entriesInvolved() entries that the events to come involve} gave so far, and the
     *     measurements of indicators that are retracted
     */
    public EvidenceFold(ZoneId zone, Collection<EntryEvidence> known) {
        this.zone = zone;
        known.forEach(entry -> entries.put(entry.entryId(), entry));
    }

    /** All evidence, in the order in which its entries were first heard of. */
    public Stream<Evidence> evidence() {
        return entries.values().stream().flatMap(entry -> entry.evidence().stream());
    }

    /** What all entries give. */
    public Collection<EntryEvidence> entries() {
        return List.copyOf(entries.values());
    }

    /** What the entries give that were changed by events of this fold. */
    public Collection<EntryEvidence> changed() {
        return changed.stream()
                .map(id -> Objects.requireNonNull(entries.get(id)))
                .toList();
    }

    /** What an entry gave before an event, null for nothing, and what it gives after it. */
    public record Change(@Nullable EntryEvidence before, EntryEvidence after) {

        /** Whether evidence came, changed or went. */
        public boolean isOfEvidence() {
            return after.isEvidence() || (before != null && before.isEvidence());
        }
    }

    /**
     * Takes in an event, and tells what it changed: mostly one entry, or none.
     *
     * @param occurredAt when it happened in the world
     * @param position its own in the log
     */
    public List<Change> evolve(RelationshipEvent happened, Instant occurredAt, long position) {
        if (!(happened instanceof EntryEvent event)) {
            return List.of();
        }
        EntryEvidence known = entries.get(event.entryId());
        EntryEvidence entry = known == null ? begin(event, occurredAt, position) : known;
        if (entry == null) {
            return List.of();
        }
        List<Change> changes = new ArrayList<>();
        change(known, next(entry, event, occurredAt, position), changes);
        if (event instanceof EntryRetracted retracted && retracted.kind() == EntryKind.INDICATOR) {
            measurementsOf(retracted.entryId())
                    .forEach(measurement -> change(measurement, measurement.takenBack(), changes));
        }
        return changes;
    }

    private void change(@Nullable EntryEvidence before, EntryEvidence after, List<Change> changes) {
        if (!after.equals(before)) {
            entries.put(after.entryId(), after);
            changed.add(after.entryId());
            changes.add(new Change(before, after));
        }
    }

    /** They go with their indicator: what should never have been measured says nothing. */
    private List<EntryEvidence> measurementsOf(EntryId indicator) {
        return entries.values().stream()
                .filter(entry -> indicator.equals(entry.indicatorId()))
                .toList();
    }

    /** What an entry begins with; null for those that say nothing about trust. */
    private @Nullable EntryEvidence begin(EntryEvent happened, Instant occurredAt, long position) {
        EntryId id = happened.entryId();
        return switch (happened) {
            case CommitmentRecorded event ->
                EntryEvidence.of(id, event.madeBy(), occurredAt, position).dueOn(event.dueOn());
            case IndicatorAgreed event -> EntryEvidence.of(id, event.owner(), occurredAt, position);
            case ConcernRaised event -> EntryEvidence.of(id, event.raisedBy().other(), occurredAt, position);
            case MeasurementRecorded event ->
                EntryEvidence.of(id, null, event.measuredOn().atStartOfDay(zone).toInstant(), position)
                        .of(event.indicatorId());
            case InteractionLogged _, DisclosureRecorded _, ContributionRecorded _ ->
                EntryEvidence.of(id, null, occurredAt, position);
            default -> null;
        };
    }

    private EntryEvidence next(EntryEvidence entry, EntryEvent happened, Instant at, long position) {
        return switch (happened) {
            case InteractionLogged event -> climate(entry, event.sentiment());
            case InteractionCorrected event -> event.sentiment() == null ? entry : climate(entry, event.sentiment());
            case CommitmentKept event ->
                noLongerOverdue(entry, at, position)
                        .with(
                                event.late() ? COMMITMENT_KEPT_LATE : COMMITMENT_KEPT_ON_TIME,
                                party(entry),
                                at,
                                position);
            case CommitmentBroken _ ->
                noLongerOverdue(entry, at, position).with(COMMITMENT_BROKEN, party(entry), at, position);
            case CommitmentRenegotiated event ->
                noLongerOverdue(entry, at, position).dueOn(event.dueOn());
            case CommitmentReleased event ->
                event.cause() == ReleaseCause.RELATIONSHIP_ENDED
                        ? noLongerOverdue(entry, at, position)
                        : noLongerOverdue(entry, at, position)
                                .with(RELEASE, party(entry).other(), at, position);
            case CommitmentBecameOverdue _ -> entry.with(COMMITMENT_OVERDUE, party(entry), at, position);
            case DisclosureRecorded event -> entry.with(kindOf(event.kind()), event.madeBy(), entry.at(), position);
            case DisclosureCorrected event ->
                entry.replacingPieces(wrong -> wrong.of(
                        event.kind() == null ? wrong.kind() : kindOf(event.kind()),
                        event.madeBy() == null ? wrong.about() : event.madeBy()));
            case ContributionRecorded event -> entry.with(CONTRIBUTION, event.givenBy(), entry.at(), position);
            case ContributionCorrected event ->
                entry.replacingPieces(
                        wrong -> wrong.of(wrong.kind(), event.givenBy() == null ? wrong.about() : event.givenBy()));
            case MeasurementRecorded event -> {
                EntryEvidence indicator = Objects.requireNonNull(entries.get(event.indicatorId()));
                EntryEvidence measured = entry.with(
                        event.meetsTarget() ? MEASUREMENT_ON_TARGET : MEASUREMENT_OFF_TARGET,
                        party(indicator).other(),
                        entry.at(),
                        position);
                yield indicator.retracted() ? measured.takenBack() : measured;
            }
            case ConcernRaised event -> {
                EvidenceKind kind = kindOf(event.about());
                yield kind == null ? entry : entry.with(kind, party(entry), entry.at(), position);
            }
            case ConcernResolved _ -> entry.with(CONCERN_RESOLVED, party(entry), at, position);
            case DisputeRaised _ -> entry.disputed(at);
            case DisputeSettled event -> event.upheld() ? entry.upheld(at) : entry;
            case EntryRetracted _ -> entry.takenBack();
            default -> entry;
        };
    }

    /**
     * A promise that ended, or moved, after its day was overdue until then, whether or not Rapport came to note it: in a file of past events the
     * end follows at once.
     */
    private EntryEvidence noLongerOverdue(EntryEvidence entry, Instant at, long position) {
        Instant overdueFrom = Objects.requireNonNull(entry.dueOn())
                .plusDays(1)
                .atStartOfDay(zone)
                .toInstant();
        EntryEvidence known = overdueFrom.isBefore(at) && !entry.isKnownOverdueFrom(overdueFrom)
                ? entry.with(COMMITMENT_OVERDUE, party(entry), overdueFrom, position)
                : entry;
        return known.noLongerOverdue(at, position);
    }

    /** The climate is shared, so a sentiment is about both; a neutral one says nothing. */
    private static EntryEvidence climate(EntryEvidence entry, @Nullable Integer sentiment) {
        EvidenceKind kind = sentiment == null ? null : kindOf(sentiment);
        return entry.withPieces(
                kind == null
                        ? List.of()
                        : Stream.of(Party.values())
                                .map(party -> new Piece(kind, party, entry.at(), entry.position(), null))
                                .toList());
    }

    private static @Nullable EvidenceKind kindOf(int sentiment) {
        return switch (sentiment) {
            case -2 -> HOSTILE_INTERACTION;
            case -1 -> COOL_INTERACTION;
            case 1 -> FRIENDLY_INTERACTION;
            case 2 -> WARM_INTERACTION;
            default -> null;
        };
    }

    private static EvidenceKind kindOf(DisclosureKind kind) {
        Level level = kind.typicalOf();
        return switch (level) {
            case TRANSACTIONAL -> TRANSACTIONAL_DISCLOSURE;
            case ADDED_VALUE -> ADDED_VALUE_DISCLOSURE;
            case JOINT_VALUE -> JOINT_VALUE_DISCLOSURE;
        };
    }

    private static @Nullable EvidenceKind kindOf(ConcernSubject about) {
        return switch (about) {
            case QUALITY -> QUALITY_CONCERN;
            case FAIRNESS -> FAIRNESS_CONCERN;
            case OPENNESS -> OPENNESS_CONCERN;
            case OTHER -> null;
        };
    }

    private static Party party(EntryEvidence entry) {
        return Objects.requireNonNull(entry.party());
    }
}
