package dev.rapport.query.relationship;

import dev.rapport.events.DesiredLevelSet;
import dev.rapport.events.EntryEvent;
import dev.rapport.events.ManagerAssigned;
import dev.rapport.events.PersonalDataErased;
import dev.rapport.events.RelationshipDowngraded;
import dev.rapport.events.RelationshipEnded;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.RelationshipReopened;
import dev.rapport.events.RelationshipUpgraded;
import dev.rapport.events.StakeholderLevelRecorded;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.query.entry.Entry;
import dev.rapport.query.entry.EntryContent.Commitment;
import dev.rapport.query.entry.EntryFold;
import dev.rapport.query.entry.NeededEntries;
import dev.rapport.query.relationship.Relationship.Levels;
import dev.rapport.query.relationship.Relationship.NextDue;
import dev.rapport.query.relationship.Relationship.Status;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Folds the events of one relationship, one after the other, into what is known of it and of its entries. No database, no clock: the live
 * projection, a rebuild and a question about the past all fold with this.
 *
 * <p>Whoever continues from a stored state need not bring all entries, but only those that {@link NeededEntries} names.
 */
public final class RelationshipFold {

    private static final Comparator<Entry> DUE_FIRST = Comparator.<Entry, LocalDate>comparing(
                    entry -> ((Commitment) entry.content()).dueOn())
            .thenComparingLong(Entry::position);

    private static final Comparator<Entry> LATEST_LAST =
            Comparator.comparing(Entry::occurredAt).thenComparingLong(Entry::position);

    private final Map<EntryId, Entry> entries = new LinkedHashMap<>();
    private final Map<EntryId, Entry> changed = new LinkedHashMap<>();
    private final NavigableSet<Entry> open = new TreeSet<>(DUE_FIRST);
    private final NavigableSet<Entry> interactions = new TreeSet<>(LATEST_LAST);
    private @Nullable Relationship relationship;

    private RelationshipFold() {}

    public static RelationshipFold fromTheStart() {
        return new RelationshipFold();
    }

    public static RelationshipFold continuing(Relationship relationship, Collection<Entry> entries) {
        var fold = new RelationshipFold();
        fold.relationship = relationship;
        entries.forEach(entry -> {
            fold.entries.put(entry.id(), entry);
            fold.remember(entry);
        });
        return fold;
    }

    /** The relationship after the events so far, or null before the first. */
    public @Nullable Relationship relationship() {
        return relationship;
    }

    /** The entries that are known here, in the order in which they became so. */
    public Collection<Entry> entries() {
        return entries.values();
    }

    /** The entries that are known here, by their ids. */
    public Map<EntryId, Entry> entriesById() {
        return Collections.unmodifiableMap(entries);
    }

    /** The entries that the events folded here made or changed. */
    public Collection<Entry> changedEntries() {
        return changed.values();
    }

    public void evolve(RelationshipEvent happened, RecordedEvent recorded) {
        Relationship before =
                happened instanceof RelationshipEstablished event ? established(event, recorded) : known(recorded);
        Standing standing = Standing.of(before);
        standing.evolve(happened, recorded);
        if (happened instanceof EntryEvent event) {
            evolve(standing, EntryFold.evolve(entries, event, recorded));
        }
        relationship = standing.at(before, recorded);
    }

    /** Moves the version on past an event without its effect: at the time that is asked about it has not occurred. */
    public void pass(RecordedEvent recorded) {
        Relationship before = known(recorded);
        relationship = Standing.of(before).at(before, recorded);
    }

    private void evolve(Standing standing, Entry after) {
        changed.put(after.id(), after);
        Entry before = entries.put(after.id(), after);
        if (before != null) {
            standing.counts = standing.counts.minus(before);
            forget(before);
        }
        standing.counts = standing.counts.plus(after);
        remember(after);
        if (after.kind() == EntryKind.COMMITMENT) {
            standing.nextDue = nextDue();
        }
        if (after.kind() == EntryKind.INTERACTION) {
            standing.lastInteractionAt =
                    after.retracted() ? latestInteraction() : later(standing.lastInteractionAt, after.occurredAt());
        }
    }

    private void remember(Entry entry) {
        if (isOpen(entry)) {
            open.add(entry);
        }
        if (isInteraction(entry)) {
            interactions.add(entry);
        }
    }

    private void forget(Entry entry) {
        if (isOpen(entry)) {
            open.remove(entry);
        }
        if (isInteraction(entry)) {
            interactions.remove(entry);
        }
    }

    private static boolean isOpen(Entry entry) {
        return !entry.retracted() && entry.content() instanceof Commitment commitment && commitment.isOpen();
    }

    private static boolean isInteraction(Entry entry) {
        return !entry.retracted() && entry.kind() == EntryKind.INTERACTION;
    }

    private @Nullable NextDue nextDue() {
        return open.isEmpty() ? null : nextDue(open.first());
    }

    private static NextDue nextDue(Entry entry) {
        var commitment = (Commitment) entry.content();
        return new NextDue(
                entry.id(), commitment.madeBy(), commitment.statement(), commitment.dueOn(), commitment.overdue());
    }

    private @Nullable Instant latestInteraction() {
        return interactions.isEmpty() ? null : interactions.last().occurredAt();
    }

    private static Instant later(@Nullable Instant one, Instant other) {
        return one == null || other.isAfter(one) ? other : one;
    }

    private static Relationship established(RelationshipEstablished event, RecordedEvent recorded) {
        return new Relationship(
                event.relationshipId(),
                event.stakeholderId(),
                event.managerId(),
                Status.ACTIVE,
                event.purpose(),
                new Levels(event.level(), null, event.desiredLevel()),
                recorded.occurredAt(),
                null,
                null,
                Counts.NONE,
                null,
                recorded.version(),
                recorded.position(),
                recorded.position());
    }

    private Relationship known(RecordedEvent recorded) {
        if (relationship == null) {
            throw new IllegalStateException(
                    "an event of a relationship that was never established: " + recorded.stream());
        }
        return relationship;
    }

    /** What events change of a relationship, laid open while one of them is applied. */
    private static final class Standing {

        private ManagerId managerId;
        private Status status;
        private Levels levels;
        private @Nullable Instant endedAt;
        private @Nullable Instant lastInteractionAt;
        private Counts counts;
        private @Nullable NextDue nextDue;

        private Standing(Relationship before) {
            managerId = before.managerId();
            status = before.status();
            levels = before.levels();
            endedAt = before.endedAt();
            lastInteractionAt = before.lastInteractionAt();
            counts = before.counts();
            nextDue = before.nextDue();
        }

        static Standing of(Relationship before) {
            return new Standing(before);
        }

        void evolve(RelationshipEvent happened, RecordedEvent recorded) {
            switch (happened) {
                case ManagerAssigned event -> managerId = event.managerId();
                case RelationshipUpgraded event ->
                    levels = new Levels(event.to(), levels.stakeholders(), levels.desired());
                case RelationshipDowngraded event ->
                    levels = new Levels(event.to(), levels.stakeholders(), levels.desired());
                case StakeholderLevelRecorded event ->
                    levels = new Levels(levels.declared(), event.level(), levels.desired());
                case DesiredLevelSet event ->
                    levels = new Levels(levels.declared(), levels.stakeholders(), event.level());
                case RelationshipEnded _ -> {
                    status = Status.ENDED;
                    endedAt = recorded.occurredAt();
                }
                case RelationshipReopened _ -> {
                    status = Status.ACTIVE;
                    endedAt = null;
                }
                case RelationshipEstablished _ -> {}
                case PersonalDataErased _ -> {} // whoever keeps what was erased has to fold anew, from what is left
                case EntryEvent _ -> {} // changes its entry, and the relationship only through that
            }
        }

        Relationship at(Relationship before, RecordedEvent recorded) {
            return new Relationship(
                    before.id(),
                    before.stakeholderId(),
                    managerId,
                    status,
                    before.purpose(),
                    levels,
                    before.establishedAt(),
                    endedAt,
                    lastInteractionAt,
                    counts,
                    nextDue,
                    recorded.version(),
                    recorded.position(),
                    before.establishedPosition());
        }
    }
}
