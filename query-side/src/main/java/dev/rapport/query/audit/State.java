package dev.rapport.query.audit;

import dev.rapport.events.CommitmentBecameOverdue;
import dev.rapport.events.CommitmentBroken;
import dev.rapport.events.CommitmentKept;
import dev.rapport.events.CommitmentRecorded;
import dev.rapport.events.CommitmentReleased;
import dev.rapport.events.CommitmentRenegotiated;
import dev.rapport.events.DisputeRaised;
import dev.rapport.events.DisputeSettled;
import dev.rapport.events.DomainEvent;
import dev.rapport.events.EntryEvent;
import dev.rapport.events.EntryRetracted;
import dev.rapport.events.IndicatorAgreed;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.StakeholderErased;
import dev.rapport.events.StakeholderEvent;
import dev.rapport.events.StakeholderProfileChanged;
import dev.rapport.events.StakeholderRegistered;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.query.entry.Alignment;
import dev.rapport.query.entry.Entry;
import dev.rapport.query.entry.EntryContent.AlignmentAssessment;
import dev.rapport.query.entry.EntryContent.Commitment;
import dev.rapport.query.entry.EntryFold;
import dev.rapport.query.evidence.TrustClock;
import dev.rapport.query.evidence.TrustFold;
import dev.rapport.query.practice.PracticeFold;
import dev.rapport.query.relationship.Relationship;
import dev.rapport.query.relationship.RelationshipFold;
import dev.rapport.query.relationship.RelationshipView;
import dev.rapport.query.relationship.Told;
import dev.rapport.query.stakeholder.Stakeholder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A relationship as of two times: of the events that are handed over, all of which are known, those that had taken effect in the world by a
 * moment are folded, in the order of the log, with the folds of the live projection. Each event costs itself only, so that the state after
 * every one of them may be looked at.
 *
 * <p>An event takes effect when it occurred, but corrections and retractions at every time. One that is about an entry which is not there yet
 * has none; a settlement has none without its dispute.
 */
final class State {

    /** The events whose personal texts are told of a relationship: of all others only figures, days and choices are. */
    static final Set<Class<? extends DomainEvent>> TEXTS_OF = Set.of(
            StakeholderRegistered.class,
            StakeholderProfileChanged.class,
            RelationshipEstablished.class,
            CommitmentRecorded.class,
            CommitmentRenegotiated.class);

    private static final Comparator<Entry> LATEST_LAST = Comparator.<Entry, Instant>comparing(
                    entry -> entry.occurredAt().truncatedTo(ChronoUnit.MICROS))
            .thenComparingLong(Entry::position);

    private final Judgement judgement;
    private final Instant moment;
    private final @Nullable Instant cut;
    private final TrustClock clock;
    private final RelationshipFold fold = RelationshipFold.fromTheStart();
    private final PracticeFold practice = new PracticeFold();
    private final TrustFold trust;
    private final NavigableSet<Entry> alignments = new TreeSet<>(LATEST_LAST);
    private final Set<EntryId> mentioned = new HashSet<>();
    private final Map<EntryId, Entry> indicatorsToCome = new HashMap<>();
    private final Set<EntryId> disputesToCome = new HashSet<>();
    private @Nullable Stakeholder stakeholder;
    private long version;

    /**
     * Nothing yet.
     *
     * @param moment as of which it is judged
     * @param cut leaves out what happened in the world later; null for nothing
     */
    State(Judgement judgement, Instant moment, @Nullable Instant cut) {
        this.judgement = judgement;
        this.moment = moment;
        this.cut = cut;
        this.clock = judgement.clockAt(moment);
        this.trust = TrustFold.fromTheStart(judgement.trust(), clock, cut);
    }

    /** As of when it is judged. */
    Instant moment() {
        return moment;
    }

    /** The version of the relationship that is known, 0 before the first event. */
    long version() {
        return version;
    }

    /** The entries that are there, by their ids. */
    Map<EntryId, Entry> entries() {
        return fold.entriesById();
    }

    /** What the other party is called, if that is known. */
    @Nullable
    String stakeholderName() {
        return stakeholder == null ? null : stakeholder.name();
    }

    /** The relationship as it is told, if it was there. */
    Optional<RelationshipView> view() {
        return told().map(told -> judgement.view(told, moment));
    }

    private Optional<Told> told() {
        Relationship relationship = fold.relationship();
        Stakeholder with = stakeholder;
        return relationship == null || with == null
                ? Optional.empty()
                : Optional.of(new Told(relationship, with, practice.practice(), trust.standing(), alignment()));
    }

    private @Nullable Alignment alignment() {
        return alignments.isEmpty()
                ? null
                : ((AlignmentAssessment) alignments.last().content()).figures();
    }

    void take(RecordedEvent recorded) {
        switch (recorded.payload()) {
            case StakeholderEvent event -> take(event, recorded);
            case RelationshipEvent event -> take(event, recorded);
        }
    }

    /** A relationship is never without its stakeholder, however late that was registered. */
    private void take(StakeholderEvent happened, RecordedEvent recorded) {
        boolean counts = switch (happened) {
            case StakeholderRegistered _ -> true;
            case StakeholderProfileChanged _, StakeholderErased _ -> isReached(recorded.occurredAt());
        };
        if (counts) {
            stakeholder = Stakeholder.evolve(stakeholder, happened, recorded);
        }
    }

    private void take(RelationshipEvent happened, RecordedEvent recorded) {
        version = recorded.version();
        trust.evolve(happened, recorded);
        boolean reached = isReached(TimeOfEffect.of(happened, recorded, clock.zone()));
        if (happened instanceof RelationshipEstablished && reached) {
            fold.evolve(happened, recorded);
        } else if (fold.relationship() != null) {
            if (happened instanceof EntryEvent event) {
                take(event, recorded, reached);
            } else if (reached) {
                fold.evolve(happened, recorded);
            }
            fold.pass(recorded);
        }
    }

    private boolean isReached(Instant time) {
        return cut == null || !time.isAfter(cut);
    }

    private void take(EntryEvent event, RecordedEvent recorded, boolean reached) {
        EntryId id = event.entryId();
        boolean made = mentioned.add(id);
        boolean there = made || fold.entriesById().containsKey(id);
        if (reached && there && !isSettlementToCome(event)) {
            evolve(event, recorded);
        } else if (there && !reached) {
            toCome(event, recorded, made);
        } else if (event instanceof EntryRetracted && indicatorsToCome.containsKey(id)) {
            measuredBy(EntryFold.evolve(indicatorsToCome, event, recorded));
        }
        if (event instanceof DisputeRaised) {
            note(id, !reached, disputesToCome);
        }
    }

    private static void note(EntryId id, boolean isOne, Set<EntryId> among) {
        if (isOne) {
            among.add(id);
        } else {
            among.remove(id);
        }
    }

    private boolean isSettlementToCome(EntryEvent event) {
        return event instanceof DisputeSettled && disputesToCome.contains(event.entryId());
    }

    private void evolve(EntryEvent event, RecordedEvent recorded) {
        Entry before = fold.entriesById().get(event.entryId());
        fold.evolve(event, recorded);
        Entry after = fold.entriesById().get(event.entryId());
        if (after != null) {
            practice.replace(before, after);
            if (before != null) {
                alignments.remove(before);
            }
            if (after.content() instanceof AlignmentAssessment && !after.retracted()) {
                alignments.add(after);
            }
        }
    }

    /** What the future shows of the moment. */
    private void toCome(EntryEvent event, RecordedEvent recorded, boolean made) {
        switch (event) {
            case IndicatorAgreed _ -> {
                if (made) {
                    measuredBy(EntryFold.evolve(Map.of(), event, recorded));
                }
            }
            case CommitmentKept _, CommitmentBroken _, CommitmentReleased _, CommitmentRenegotiated _ ->
                overdueUntil(event, recorded);
            default -> {} // says nothing of the time before
        }
    }

    /** A measurement may be older than the agreement on its indicator: it tells of the level all the same, as it is evidence for trust. */
    private void measuredBy(Entry indicator) {
        practice.replace(indicatorsToCome.put(indicator.id(), indicator), indicator);
    }

    /** A promise that ended, or moved, after its day was overdue until then, whether or not Rapport came to note it. */
    private void overdueUntil(EntryEvent event, RecordedEvent recorded) {
        Entry entry = fold.entriesById().get(event.entryId());
        if (entry != null
                && entry.content() instanceof Commitment commitment
                && commitment.isOpen()
                && !commitment.overdue()
                && isReached(commitment
                        .dueOn()
                        .plusDays(1)
                        .atStartOfDay(clock.zone())
                        .toInstant())) {
            evolve(new CommitmentBecameOverdue(event.relationshipId(), entry.id(), commitment.dueOn()), recorded);
        }
    }
}
