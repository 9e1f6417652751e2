package dev.rapport.query.projection;

import dev.rapport.events.DomainEvent;
import dev.rapport.events.PersonalDataErased;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.StakeholderErased;
import dev.rapport.events.StakeholderEvent;
import dev.rapport.events.StreamName;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.storage.StoredEvent;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.query.database.BatchWriter;
import dev.rapport.query.entry.Entry;
import dev.rapport.query.entry.EntryTable;
import dev.rapport.query.entry.NeededEntries;
import dev.rapport.query.evidence.TrustEvidence;
import dev.rapport.query.history.HistoryTable;
import dev.rapport.query.history.NewHistoryItem;
import dev.rapport.query.practice.Practice;
import dev.rapport.query.practice.PracticeTable;
import dev.rapport.query.relationship.Relationship;
import dev.rapport.query.relationship.RelationshipFold;
import dev.rapport.query.relationship.RelationshipTable;
import dev.rapport.query.stakeholder.Stakeholder;
import dev.rapport.query.stakeholder.StakeholderTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Brings the rows of all read models up to a batch of events: reads what the events change, folds them, and writes each table once. Events
 * that the rows have seen already change nothing; one that does not follow on what the rows have seen is refused.
 *
 * <p>When personal data was erased, what the rows keep of the texts is not to be trusted: the whole stream is read again from the log, which
 * does not give them any more, and folded from the start.
 */
@Component
public class ReadModels {

    private static final int PAGE = 1_000;

    private final StakeholderTable stakeholders;
    private final RelationshipTable relationships;
    private final EntryTable entries;
    private final PracticeTable practices;
    private final TrustEvidence trust;
    private final HistoryTable history;
    private final BatchWriter writer;
    private final DiscardedEventTable discarded;
    private final EventLog log;

    ReadModels(
            StakeholderTable stakeholders,
            RelationshipTable relationships,
            EntryTable entries,
            PracticeTable practices,
            TrustEvidence trust,
            HistoryTable history,
            BatchWriter writer,
            DiscardedEventTable discarded,
            EventLog log) {
        this.stakeholders = stakeholders;
        this.relationships = relationships;
        this.entries = entries;
        this.practices = practices;
        this.trust = trust;
        this.history = history;
        this.writer = writer;
        this.discarded = discarded;
        this.log = log;
    }

    /** To be called in a transaction of the read database, with events in the order of the log. */
    public void apply(List<RecordedEvent> batch) {
        Map<StakeholderId, List<Happened<StakeholderEvent>>> ofStakeholders = new LinkedHashMap<>();
        Map<RelationshipId, List<Happened<RelationshipEvent>>> ofRelationships = new LinkedHashMap<>();
        for (RecordedEvent recorded : batch) {
            switch (recorded.payload()) {
                case StakeholderEvent event -> add(ofStakeholders, event.stakeholderId(), event, recorded);
                case RelationshipEvent event -> add(ofRelationships, event.relationshipId(), event, recorded);
            }
        }
        if (!ofStakeholders.isEmpty()) {
            applyToStakeholders(ofStakeholders);
        }
        if (!ofRelationships.isEmpty()) {
            applyToRelationships(ofRelationships);
        }
    }

    /**
     * Adds what all read models tell of streams that they know nothing of yet. To be called with the events of each stream from its first on,
     * which may come stream by stream.
     */
    public void add(List<RecordedEvent> batch) {
        writer.addingOnly(() -> apply(batch));
    }

    private record Happened<E extends DomainEvent>(E event, RecordedEvent recorded) {}

    private static <I, E extends DomainEvent> void add(
            Map<I, List<Happened<E>>> byId, I id, E event, RecordedEvent recorded) {
        byId.computeIfAbsent(id, _ -> new ArrayList<>()).add(new Happened<>(event, recorded));
    }

    /** The events that are new to rows that show their stream at a version. */
    private <E extends DomainEvent> List<Happened<E>> newAfter(long version, List<Happened<E>> happened) {
        long shown = version;
        List<Happened<E>> news = new ArrayList<>();
        for (Happened<E> each : happened) {
            long next = each.recorded.version();
            if (next > shown + 1 && !areDiscarded(each.recorded.stream(), shown + 1, next)) {
                throw new IllegalStateException(
                        "version " + next + " of " + each.recorded.stream() + " does not follow on version " + shown);
            }
            if (next > shown) {
                news.add(each);
                shown = next;
            }
        }
        return news;
    }

    private boolean areDiscarded(StreamName stream, long from, long to) {
        Set<Long> versions = discarded.among(List.of(stream)).getOrDefault(stream, Set.of());
        return LongStream.range(from, to).allMatch(versions::contains);
    }

    /** Tells what is told of a stream once more, as the log has it now: without what was erased since. */
    void tellAnew(StreamName stream) {
        if (stream.isOfStakeholder()) {
            var id = new StakeholderId(stream.id());
            Stakeholder shown = stakeholders.load(Set.of(id)).get(id);
            if (shown != null) {
                stakeholders.replace(evolved(null, anew(stream, shown.version(), StakeholderEvent.class)));
            }
        } else {
            var id = new RelationshipId(stream.id());
            Relationship shown = relationships.load(Set.of(id)).get(id);
            if (shown != null) {
                var fold = RelationshipFold.fromTheStart();
                List<Happened<RelationshipEvent>> told = anew(stream, shown.version(), RelationshipEvent.class);
                told.forEach(each -> fold.evolve(each.event, each.recorded));
                history.forget(id);
                save(List.of(fold), told);
            }
        }
    }

    /** Everything that happened in a stream up to a version, as the log tells it now. */
    private <E extends DomainEvent> List<Happened<E>> anew(StreamName stream, long version, Class<E> family) {
        Set<Long> leftOut = discarded.among(List.of(stream)).getOrDefault(stream, Set.of());
        List<Happened<E>> all = new ArrayList<>();
        long read = 0;
        while (read < version) {
            List<StoredEvent> page = log.readStream(stream.value(), read, (int) Math.min(PAGE, version - read));
            if (page.isEmpty()) {
                throw new IllegalStateException(stream + " ends before version " + version + ", which is told of");
            }
            read = page.getLast().sequenceNumber() + 1;
            log.recorded(page).stream()
                    .filter(recorded -> !leftOut.contains(recorded.version()))
                    .forEach(recorded -> all.add(new Happened<>(family.cast(recorded.payload()), recorded)));
        }
        return all;
    }

    /**
     * Whether what the rows keep has to be forgotten with these news. Where rows are only added, there are none yet, and the news were read together
     * with the erasure, so that they tell nothing of what was erased.
     */
    private <E extends DomainEvent> boolean isToBeForgotten(List<Happened<E>> news) {
        return !writer.isAddingOnly() && news.stream().anyMatch(each -> isErasure(each.recorded));
    }

    /** Whether an event tells that something was erased which was told before. */
    static boolean isErasure(RecordedEvent recorded) {
        return recorded.payload() instanceof PersonalDataErased || recorded.payload() instanceof StakeholderErased;
    }

    private static Stakeholder evolved(@Nullable Stakeholder shown, List<Happened<StakeholderEvent>> happened) {
        Stakeholder stakeholder = shown;
        for (var each : happened) {
            stakeholder = Stakeholder.evolve(stakeholder, each.event, each.recorded);
        }
        return Objects.requireNonNull(stakeholder);
    }

    private void applyToStakeholders(Map<StakeholderId, List<Happened<StakeholderEvent>>> happened) {
        Map<StakeholderId, Stakeholder> known = stakeholders.load(happened.keySet());
        Map<StakeholderId, Stakeholder> changed = new LinkedHashMap<>();
        happened.forEach((id, events) -> {
            Stakeholder before = known.get(id);
            List<Happened<StakeholderEvent>> news = newAfter(before == null ? 0 : before.version(), events);
            if (isToBeForgotten(news)) {
                RecordedEvent last = news.getLast().recorded;
                changed.put(id, evolved(null, anew(last.stream(), last.version(), StakeholderEvent.class)));
            } else if (!news.isEmpty()) {
                changed.put(id, evolved(before, news));
            }
        });
        stakeholders.save(changed.values());
    }

    private static boolean changesPractice(RelationshipFold fold) {
        return fold.changedEntries().stream().anyMatch(entry -> Practice.isShownBy(entry.kind()));
    }

    /** Of relationships that were folded from their first event on, so that all their entries are known here. */
    private static Map<RelationshipId, Practice> practices(List<RelationshipFold> folds) {
        Map<RelationshipId, Practice> practices = new HashMap<>();
        folds.stream()
                .filter(ReadModels::changesPractice)
                .forEach(fold -> practices.put(
                        Objects.requireNonNull(fold.relationship()).id(), Practice.shownBy(fold.entries())));
        return practices;
    }

    private void applyToRelationships(Map<RelationshipId, List<Happened<RelationshipEvent>>> happened) {
        Map<RelationshipId, Relationship> known = relationships.load(happened.keySet());
        happened.replaceAll((id, events) -> {
            Relationship before = known.get(id);
            return newAfter(before == null ? 0 : before.version(), events);
        });
        happened.values().removeIf(List::isEmpty);

        Map<RelationshipId, NeededEntries> needed = new LinkedHashMap<>();
        if (!writer.isAddingOnly()) {
            happened.forEach((id, events) -> needed.put(
                    id,
                    NeededEntries.toFold(events.stream().map(Happened::event).toList())));
        }
        Map<RelationshipId, List<Entry>> loaded = entries.load(needed);

        List<RelationshipFold> folds = new ArrayList<>();
        List<Happened<RelationshipEvent>> toTell = new ArrayList<>();
        happened.forEach((id, events) -> {
            Relationship before = known.get(id);
            boolean erased = isToBeForgotten(events);
            RelationshipFold fold = before == null || erased
                    ? RelationshipFold.fromTheStart()
                    : RelationshipFold.continuing(before, loaded.getOrDefault(id, List.of()));
            RecordedEvent last = events.getLast().recorded;
            List<Happened<RelationshipEvent>> told =
                    erased ? anew(last.stream(), last.version(), RelationshipEvent.class) : events;
            told.forEach(each -> fold.evolve(each.event, each.recorded));
            folds.add(fold);
            toTell.addAll(told);
            if (erased) {
                history.forget(id);
            }
        });
        save(folds, toTell);
        Map<RelationshipId, List<RecordedEvent>> news = new LinkedHashMap<>();
        happened.forEach((id, events) ->
                news.put(id, events.stream().map(Happened::recorded).toList()));
        trust.apply(news);
    }

    private void save(List<RelationshipFold> folds, List<Happened<RelationshipEvent>> toTell) {
        List<Relationship> folded = folds.stream()
                .map(RelationshipFold::relationship)
                .filter(Objects::nonNull)
                .toList();
        if (writer.isAddingOnly()) {
            relationships.add(folded, practices(folds));
        } else {
            relationships.save(folded);
        }
        entries.save(folds.stream()
                .map(RelationshipFold::changedEntries)
                .flatMap(Collection::stream)
                .toList());
        if (!writer.isAddingOnly()) {
            practices.derive(folds.stream()
                    .filter(ReadModels::changesPractice)
                    .map(fold -> Objects.requireNonNull(fold.relationship()).id())
                    .toList());
        }
        history.append(toTell.stream()
                .map(each -> NewHistoryItem.of(each.event, each.recorded))
                .toList());
    }
}
