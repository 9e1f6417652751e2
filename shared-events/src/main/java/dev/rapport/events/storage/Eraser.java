package dev.rapport.events.storage;

import dev.rapport.events.EntryEvent;
import dev.rapport.events.Personal;
import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.StreamName;
import dev.rapport.events.storage.Erasable.Finding;
import dev.rapport.events.storage.Erasable.InStream;
import dev.rapport.events.storage.Erasable.Parts;
import dev.rapport.events.storage.ErasureOrder.EntryOf;
import dev.rapport.events.storage.ErasureOrder.EventOf;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.JdbcUtils;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the log says of a person, and destroys the keys of it. There is no index from people to what they are named in, which could
 * outlive them: whoever is to be forgotten is looked for in all texts.
 */
public final class Eraser {

    private static final LostRaces LOST_RACES = new LostRaces();

    private static final int PAGE = 1_000;

    private final EventLog log;
    private final ConnectionProvider connections;

    /**
     * An eraser of a log.
     *
     * @param connections give the connection of the running transaction
     */
    public Eraser(EventLog log, ConnectionProvider connections) {
        this.log = log;
        this.connections = connections;
    }

    /** What an order means: of a person, as far as the log goes now. */
    public Erasable find(ErasureOrder order) {
        Finding finding = new Finding();
        // first, so that all that is found by then is found by the person
        long through = order.person() == null ? 0 : look(order, order.person(), 0, finding);
        order.entries().forEach(entry -> find(entry, finding));
        order.events().forEach(event -> find(event, finding));
        order.stakeholders().forEach(stakeholder -> find(stakeholder, finding));
        return finding.through(through);
    }

    /** What came to the log since, while the person was looked for. */
    public Erasable findSince(Erasable found, ErasureOrder order) {
        Finding finding = new Finding();
        return finding.through(order.person() == null ? 0 : look(order, order.person(), found.through(), finding));
    }

    private long look(ErasureOrder order, String person, long after, Finding finding) {
        PersonName name = PersonName.of(person);
        long through = lookForNaming(order, name, after, finding);
        finding.soFar().forEach((stream, parts) -> takeAllOf(stream, Set.copyOf(parts.entries), name, finding));
        return through;
    }

    /**
     * What belongs to entries and stakeholders that name a person, and does not do so itself. Within a generation it has the same key, but earlier
     * and later erasures gave the stream other generations, and what was stored before encryption has no key at all.
     */
    private void takeAllOf(StreamName stream, Set<EntryId> entries, PersonName name, Finding finding) {
        if (stream.isOfStakeholder()) {
            take(stream, _ -> true, name, finding);
        } else if (!entries.isEmpty()) {
            take(
                    stream,
                    said -> said.event instanceof EntryEvent event && entries.contains(event.entryId()),
                    name,
                    finding);
        }
    }

    private long lookForNaming(ErasureOrder order, PersonName name, long after, Finding finding) {
        if (!order.within().isEmpty()) {
            order.within().forEach(relationship -> look(relationship, name, finding));
            return after;
        }
        long position = after;
        while (true) {
            List<StoredEvent> page = log.read(position, PAGE);
            if (page.isEmpty()) {
                return position;
            }
            take(page, naming(name), name, finding);
            position = page.getLast().position();
        }
    }

    private void look(RelationshipId relationship, PersonName name, Finding finding) {
        StreamName stream = StreamName.of(relationship);
        if (!take(stream, naming(name), name, finding)) {
            finding.misses(stream.inWords());
        }
    }

    private void find(EntryOf entry, Finding finding) {
        StreamName stream = StreamName.of(entry.relationshipId());
        boolean there = take(
                stream,
                said -> said.event instanceof EntryEvent event
                        && event.entryId().equals(entry.entryId()),
                null,
                finding);
        if (!there || !finding.in(stream).entries.contains(entry.entryId())) {
            finding.misses("entry " + entry.entryId() + " of " + stream.inWords());
        }
    }

    private void find(EventOf event, Finding finding) {
        StreamName stream = StreamName.of(event.relationshipId());
        List<StoredEvent> there =
                event.version() < 1 ? List.of() : log.readStream(stream.value(), event.version() - 1, 1);
        if (there.isEmpty()) {
            finding.misses("version " + event.version() + " of " + stream.inWords());
        }
        take(there, _ -> true, null, finding);
    }

    private void find(StakeholderId stakeholder, Finding finding) {
        StreamName stream = StreamName.of(stakeholder);
        if (!take(stream, _ -> true, null, finding)) {
            finding.misses(stream.inWords());
        }
    }

    /** A name makes an event one to be forgotten when it is a participant's, or in a text. */
    private static Predicate<Said> naming(PersonName name) {
        return said -> said.texts.stream()
                .anyMatch(text -> text.keyOf == KeyOf.PERSON ? name.isThatOf(text.text) : name.isIn(text.text));
    }

    /** What an event says of people: texts that were erased before are not among them. */
    private record Said(StoredEvent stored, Object event, List<Text> texts) {}

    private record Text(KeyOf keyOf, String text) {}

    /** Whether there is such a stream. */
    private boolean take(StreamName stream, Predicate<Said> wanted, @Nullable PersonName name, Finding finding) {
        long next = 0;
        while (true) {
            List<StoredEvent> page = log.readStream(stream.value(), next, PAGE);
            if (page.isEmpty()) {
                return next > 0;
            }
            take(page, wanted, name, finding);
            next = page.getLast().sequenceNumber() + 1;
        }
    }

    private void take(List<StoredEvent> page, Predicate<Said> wanted, @Nullable PersonName name, Finding finding) {
        List<Said> concerned = said(page).stream().filter(wanted).toList();
        Map<String, StreamKeys> keys =
                log.personalKeys().now(concerned.stream().map(Said::stored).toList());
        for (Said said : concerned) {
            Parts parts = finding.in(new StreamName(said.stored.stream()));
            if (said.event instanceof EntryEvent event) {
                parts.entries.add(event.entryId());
            }
            List<EnclosedText> enclosed = EnclosedText.in(said.stored.payload());
            if (enclosed.isEmpty() && !said.texts.isEmpty()) {
                parts.inClear.add(said.stored.position());
            }
            for (EnclosedText text : enclosed) {
                StreamKeys ofStream = Objects.requireNonNull(keys.get(said.stored.stream()));
                if (ofStream.key(text.generation(), text.label()) != null
                        && (!RootKey.isOfPerson(text.label())
                                || (name != null
                                        && name.isThatOf(log.personalKeys().opened(text, said.stored, ofStream))))) {
                    parts.take(text);
                }
            }
        }
    }

    private List<Said> said(List<StoredEvent> page) {
        List<Said> said = new ArrayList<>();
        Map<Long, StoredEvent> stored = new HashMap<>();
        page.forEach(event -> stored.put(event.position(), event));
        for (RecordedEvent recorded : log.recorded(page)) {
            List<Text> texts = new ArrayList<>();
            log.serializer().form(recorded.payload(), (keyOf, text) -> {
                if (!text.equals(Personal.ERASED)) {
                    texts.add(new Text(keyOf, text));
                }
                return "";
            });
            said.add(new Said(Objects.requireNonNull(stored.get(recorded.position())), recorded.payload(), texts));
        }
        return said;
    }

    /**
     * Destroys the keys of what was found, in the running transaction.
     *
     * @return how many keys of names, and of texts, of each stream were there still
     */
    public Map<StreamName, Destroyed> destroy(Erasable found) {
        Connection connection = connection();
        try {
            Map<StreamName, Destroyed> destroyed = new LinkedHashMap<>();
            // in one order, so that no two erasures wait for each other
            List<StreamName> streams = found.streams().keySet().stream()
                    .sorted(Comparator.comparing(StreamName::value))
                    .toList();
            for (StreamName stream : streams) {
                InStream ofStream = Objects.requireNonNull(found.streams().get(stream));
                Set<String> labels =
                        log.personalKeys().destroy(connection, stream.value(), ofStream.labels(), () -> all(stream));
                if (!labels.isEmpty()) {
                    int names =
                            (int) labels.stream().filter(RootKey::isOfPerson).count();
                    destroyed.put(stream, new Destroyed(names, labels.size() - names));
                }
            }
            return destroyed;
        } catch (SQLException e) {
            throw LOST_RACES.isDuplicateKeyViolation(e)
                    ? new ConcurrencyException("another transaction was in the way of destroying the keys", e)
                    : new EventStoreException("could not destroy the keys", e);
        } finally {
            JdbcUtils.closeQuietly(connection);
        }
    }

    private List<StoredEvent> all(StreamName stream) {
        List<StoredEvent> all = new ArrayList<>();
        List<StoredEvent> page = log.readStream(stream.value(), 0, PAGE);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = log.readStream(stream.value(), page.getLast().sequenceNumber() + 1, PAGE);
        }
        return all;
    }

    /** How many keys were destroyed. */
    public record Destroyed(int names, int texts) {}

    private Connection connection() {
        try {
            return connections.getConnection();
        } catch (SQLException e) {
            throw new EventStoreException("no connection to destroy keys by", e);
        }
    }
}
