package dev.rapport.query.history;

import dev.rapport.events.DomainEvent;
import dev.rapport.events.EntryEvent;
import dev.rapport.events.ManagerAssigned;
import dev.rapport.events.Provenance;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.StakeholderEvent;
import dev.rapport.events.StreamName;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.storage.StoredEvent;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.query.access.InteractionTexts;
import dev.rapport.query.database.Json;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.entry.Entry;
import dev.rapport.query.entry.EntryFold;
import dev.rapport.query.entry.EntryTable;
import dev.rapport.query.entry.NeededEntries;
import dev.rapport.query.relationship.Relationship;
import dev.rapport.query.relationship.RelationshipTable;
import dev.rapport.query.stakeholder.Stakeholder;
import dev.rapport.query.stakeholder.StakeholderTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells events as they come from the log, of any relationship. What is known around them comes from the read models and, where those have
 * not come so far, from the log itself: so an event can be told as soon as it is recorded, on any node, and also while read models stand
 * still or are being rebuilt.
 */
@Component
public class Chronicle {

    private static final Logger LOG = LoggerFactory.getLogger(Chronicle.class);

    private static final int PAGE = 256;

    private final EventLog log;
    private final RelationshipTable relationships;
    private final StakeholderTable stakeholders;
    private final EntryTable entries;
    private final Sentences sentences;
    private final TransactionTemplate snapshot;

    Chronicle(
            EventLog log,
            RelationshipTable relationships,
            StakeholderTable stakeholders,
            EntryTable entries,
            Sentences sentences,
            @ReadDatabase PlatformTransactionManager transactions) {
        this.log = log;
        this.relationships = relationships;
        this.stakeholders = stakeholders;
        this.entries = entries;
        this.sentences = sentences;
        this.snapshot = new TransactionTemplate(transactions);
        // rows of several tables have to be of the same version
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /** How much has to be known. */
    public enum Knowledge {
        /** What was recorded up to the events at least. */
        OF_THEN,
        /** Everything that was recorded before the call, above all who manages relationships. */
        OF_NOW
    }

    /** Events in the order of the log, told in that order. */
    public List<ToldEvent> tell(List<RecordedEvent> events, Knowledge knowledge) {
        if (events.isEmpty()) {
            return List.of();
        }
        return Objects.requireNonNull(snapshot.execute(_ -> new Telling(events, knowledge).tell()));
    }

    /** Who manages a relationship by what was recorded up to now; nobody when there is no such relationship. */
    public Optional<ManagerId> managerOf(RelationshipId id) {
        Relationship row = relationships.load(Set.of(id)).get(id);
        ManagerId manager = row == null ? null : row.managerId();
        for (RecordedEvent recorded : recordedSince(StreamName.of(id), row == null ? 0 : row.version())) {
            manager = managerAfter(recorded.payload(), manager);
        }
        return Optional.ofNullable(manager);
    }

    private static @Nullable ManagerId managerAfter(DomainEvent happened, @Nullable ManagerId before) {
        return switch (happened) {
            case RelationshipEstablished event -> event.managerId();
            case ManagerAssigned event -> event.managerId();
            default -> before;
        };
    }

    private List<RecordedEvent> recordedSince(StreamName stream, long version) {
        List<RecordedEvent> since = new ArrayList<>();
        long next = version; // the version after an event is the sequence number of the next one
        while (true) {
            List<StoredEvent> page = log.readStream(stream.value(), next, PAGE);
            since.addAll(log.recorded(page));
            if (page.size() < PAGE) {
                return since;
            }
            next += PAGE;
        }
    }

    /** What is known of a relationship, event by event beyond its row. */
    private static final class Known {

        private final List<RecordedEvent> beyondRow = new ArrayList<>();
        private final Map<EntryId, Entry> entries = new HashMap<>();
        private final long rowVersion;
        private @Nullable StakeholderId stakeholderId;
        private @Nullable ManagerId managerId;

        Known(@Nullable Relationship row) {
            rowVersion = row == null ? 0 : row.version();
            stakeholderId = row == null ? null : row.stakeholderId();
            managerId = row == null ? null : row.managerId();
        }

        void evolve() {
            for (RecordedEvent recorded : beyondRow) {
                managerId = managerAfter(recorded.payload(), managerId);
                if (recorded.payload() instanceof RelationshipEstablished event) {
                    stakeholderId = event.stakeholderId();
                }
                if (recorded.payload() instanceof EntryEvent event) {
                    evolve(event, recorded);
                }
            }
        }

        private void evolve(EntryEvent event, RecordedEvent recorded) {
            try {
                Entry entry = EntryFold.evolve(entries, event, recorded);
                entries.put(entry.id(), entry);
            } catch (RuntimeException unknown) {
                // a read model that cannot take an event must not keep it from being told; it names the entry by its id
                LOG.warn("Event {} says nothing about its entry that could be told", recorded.position(), unknown);
            }
        }
    }

    /** The telling of some events, in one snapshot of the read database. */
    private final class Telling {

        private final List<RecordedEvent> events;
        private final Knowledge knowledge;
        private final Map<RelationshipId, Known> known = new LinkedHashMap<>();
        private final Map<StakeholderId, Stakeholder> parties = new HashMap<>();

        Telling(List<RecordedEvent> events, Knowledge knowledge) {
            this.events = events;
            this.knowledge = knowledge;
        }

        List<ToldEvent> tell() {
            learnOfRelationships();
            learnOfStakeholders();
            return events.stream().map(this::told).toList();
        }

        private void learnOfRelationships() {
            Map<RelationshipId, List<RecordedEvent>> happened = new LinkedHashMap<>();
            for (RecordedEvent recorded : events) {
                if (recorded.payload() instanceof RelationshipEvent event) {
                    happened.computeIfAbsent(event.relationshipId(), _ -> new ArrayList<>())
                            .add(recorded);
                }
            }
            if (happened.isEmpty()) {
                return;
            }
            Map<RelationshipId, Relationship> rows = relationships.load(happened.keySet());
            Map<RelationshipId, NeededEntries> needed = new LinkedHashMap<>();
            happened.forEach((id, ofIt) -> {
                var one = new Known(rows.get(id));
                one.beyondRow.addAll(beyond(one.rowVersion, StreamName.of(id), ofIt));
                known.put(id, one);
                needed.put(id, new NeededEntries(involved(ofIt, one.beyondRow), 0, 0));
            });
            entries.load(needed)
                    .forEach((id, found) -> found.forEach(entry ->
                            Objects.requireNonNull(known.get(id)).entries.put(entry.id(), entry)));
            known.values().forEach(Known::evolve);
        }

        /** What happened in a stream since the version that its row shows: from these events, if they are all that there can be. */
        private List<RecordedEvent> beyond(long version, StreamName stream, List<RecordedEvent> happened) {
            if (knowledge == Knowledge.OF_THEN) {
                List<RecordedEvent> news = happened.stream()
                        .filter(recorded -> recorded.version() > version)
                        .toList();
                if (news.isEmpty() || news.getLast().version() == version + news.size()) {
                    return news;
                }
            }
            return recordedSince(stream, version);
        }

        private static Set<EntryId> involved(List<RecordedEvent> told, List<RecordedEvent> folded) {
            Set<EntryId> involved = new LinkedHashSet<>();
            for (RecordedEvent recorded : told) {
                if (recorded.payload() instanceof RelationshipEvent event) {
                    involved.addAll(event.entriesInvolved());
                }
            }
            for (RecordedEvent recorded : folded) {
                if (recorded.payload() instanceof EntryEvent event) {
                    involved.add(event.entryId());
                }
            }
            return involved;
        }

        private void learnOfStakeholders() {
            Set<StakeholderId> named = new LinkedHashSet<>();
            for (RecordedEvent recorded : events) {
                switch (recorded.payload()) {
                    case StakeholderEvent event -> named.add(event.stakeholderId());
                    case RelationshipEvent event -> {
                        StakeholderId other = knownOf(event).stakeholderId;
                        if (other != null) {
                            named.add(other);
                        }
                    }
                }
            }
            parties.putAll(stakeholders.load(named));
            named.removeAll(parties.keySet());
            named.forEach(this::learnFromTheLog);
        }

        private void learnFromTheLog(StakeholderId id) {
            Stakeholder stakeholder = null;
            for (RecordedEvent recorded : recordedSince(StreamName.of(id), 0)) {
                stakeholder = Stakeholder.evolve(stakeholder, (StakeholderEvent) recorded.payload(), recorded);
            }
            if (stakeholder != null) {
                parties.put(id, stakeholder);
            }
        }

        private Known knownOf(RelationshipEvent event) {
            return Objects.requireNonNull(known.get(event.relationshipId()));
        }

        private ToldEvent told(RecordedEvent recorded) {
            return switch (recorded.payload()) {
                case StakeholderEvent event -> {
                    var around = new Sentences.Known(nameOf(event.stakeholderId()), Map.of(), false);
                    var item = item(recorded, around, null, event.stakeholderId(), false);
                    yield new ToldEvent(recorded, null, item, item);
                }
                case RelationshipEvent event -> told(recorded, event);
            };
        }

        private ToldEvent told(RecordedEvent recorded, RelationshipEvent event) {
            Known one = knownOf(event);
            StakeholderId other = one.stakeholderId;
            String name = other == null ? "The stakeholder" : nameOf(other);
            var full =
                    item(recorded, new Sentences.Known(name, one.entries, true), event.relationshipId(), null, false);
            if (!HistoryController.tellsOfInteraction(event)) {
                return new ToldEvent(recorded, one.managerId, full, full);
            }
            var withoutTexts =
                    item(recorded, new Sentences.Known(name, one.entries, false), event.relationshipId(), null, true);
            return new ToldEvent(recorded, one.managerId, full, withoutTexts);
        }

        private String nameOf(StakeholderId id) {
            Stakeholder stakeholder = parties.get(id);
            return stakeholder == null ? id.value() : stakeholder.name();
        }

        private ToldEvent.Item item(
                RecordedEvent recorded,
                Sentences.Known around,
                @Nullable RelationshipId relationship,
                @Nullable StakeholderId stakeholder,
                boolean leaveOutTexts) {
            var data = Json.tree(recorded.payload());
            if (leaveOutTexts) {
                InteractionTexts.leaveOut(data);
            }
            return new ToldEvent.Item(
                    recorded.position(),
                    recorded.version(),
                    recorded.type(),
                    relationship == null ? null : relationship.value(),
                    stakeholder == null ? null : stakeholder.value(),
                    recorded.occurredAt(),
                    recorded.recordedAt(),
                    Objects.requireNonNullElse(recorded.subject(), Provenance.RAPPORT),
                    sentences.tell(recorded.payload(), around),
                    data);
        }
    }
}
