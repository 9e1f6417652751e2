package dev.rapport.events.storage;

import dev.rapport.events.Personal.KeyOf;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStoreException;

/**
 * The keys that personal data of events is encrypted with: makes them as events are appended, in the same transaction, and opens what events
 * enclose for whoever reads them, a batch at a time. The one place where texts of people turn into what is stored, and back.
 *
 * <p>Keys that were read are remembered for a few seconds. So a key that another process destroys is forgotten here at the latest after
 * these; whoever sees the event that tells of an erasure has to have them forgotten at once.
 */
public final class PersonalKeys {

    private static final String NAMES = "names";
    private static final String REQUESTS = "requests";
    private static final int ID_BYTES = 12;

    private final DataSource dataSource;
    private final LogDialect dialect;
    private final AesGcm boxes = new AesGcm(new SecureRandom());
    private final PersonalKeyTable table;
    private final KeyedHash names;
    private final KeyedHash requests;
    private final RememberedKeys remembered = new RememberedKeys(Duration.ofSeconds(10));

    private PersonalKeys(DataSource dataSource, MasterKey master) throws SQLException {
        this.dataSource = dataSource;
        this.dialect = LogDialect.of(dataSource);
        this.table = new PersonalKeyTable(master, boxes);
        try (Connection connection = dataSource.getConnection()) {
            Map<String, byte[]> secrets = table.secrets(connection);
            this.names = new KeyedHash(secret(connection, NAMES, secrets));
            this.requests = new KeyedHash(secret(connection, REQUESTS, secrets));
        }
    }

    /**
     * The keys in a database.
     *
     * @throws UnusableMasterKeyException when they are wrapped by another master key
     */
    public static PersonalKeys in(DataSource dataSource, MasterKey master) {
        try {
            return new PersonalKeys(dataSource, master);
        } catch (SQLException e) {
            throw new EventStoreException("could not read the keys of personal data", e);
        }
    }

    /** Whether a database holds anything that only its master key can open. */
    public static boolean areIn(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return PersonalKeyTable.isInUse(connection);
        } catch (SQLException e) {
            throw new EventStoreException("could not read the keys of personal data", e);
        }
    }

    private byte[] secret(Connection connection, String name, Map<String, byte[]> secrets) throws SQLException {
        byte[] known = secrets.get(name);
        if (known != null) {
            return known;
        }
        try {
            byte[] made = boxes.random(AesGcm.KEY_BYTES);
            table.insertSecret(connection, name, made);
            return made;
        } catch (SQLException perhapsAnotherWasFaster) {
            byte[] theirs = table.secrets(connection).get(name);
            if (theirs == null) {
                throw perhapsAnotherWasFaster;
            }
            return theirs;
        }
    }

    /** Tells requests from each other without keeping anything that they could be guessed by. */
    public KeyedHash ofRequests() {
        return requests;
    }

    /** The keys that events are closed with, as they are now, by their ids. */
    Map<String, PersonalKey> of(List<StoredEvent> events) {
        Set<String> ids = new LinkedHashSet<>();
        events.forEach(event -> EnclosedText.in(event.payload()).forEach(text -> ids.add(text.keyId())));
        return read(ids).stream().collect(Collectors.toMap(PersonalKey::id, Function.identity()));
    }

    /** Destroys keys, in the running transaction; answers how many of them were there still. */
    int destroy(Connection connection, Collection<String> ids) throws SQLException {
        return table.destroy(connection, ids);
    }

    /** Forgets what was read: to be called when keys were destroyed. */
    void forgetRemembered() {
        remembered.forgetAll();
    }

    /** Events as if they had been stored in clear, with {@code [erased]} where a key was destroyed. */
    List<StoredEvent> opened(List<StoredEvent> events) {
        return opened(events, this::read);
    }

    private List<PersonalKey> read(Collection<String> ids) {
        try (Connection connection = dataSource.getConnection()) {
            return table.byId(connection, ids);
        } catch (SQLException e) {
            throw new EventStoreException("could not read the keys of personal data", e);
        }
    }

    /** The same for who has a connection already. */
    List<StoredEvent> opened(Connection connection, List<StoredEvent> events) {
        return opened(events, unknown -> {
            try {
                return table.byId(connection, unknown);
            } catch (SQLException e) {
                throw new EventStoreException("could not read the keys of personal data", e);
            }
        });
    }

    private List<StoredEvent> opened(
            List<StoredEvent> events, Function<Collection<String>, List<PersonalKey>> database) {
        List<List<EnclosedText>> enclosed =
                events.stream().map(event -> EnclosedText.in(event.payload())).toList();
        Map<String, PersonalKey> keys = keys(enclosed, database);
        List<StoredEvent> opened = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            StoredEvent event = events.get(i);
            List<EnclosedText> texts = enclosed.get(i);
            opened.add(
                    texts.isEmpty()
                            ? event
                            : event.saying(EnclosedText.opened(event, texts, id -> known(id, event, keys))));
        }
        return opened;
    }

    private Map<String, PersonalKey> keys(
            List<List<EnclosedText>> enclosed, Function<Collection<String>, List<PersonalKey>> database) {
        Map<String, PersonalKey> keys = new HashMap<>();
        Set<String> unknown = new HashSet<>();
        long generation = remembered.generation();
        enclosed.forEach(texts -> texts.forEach(text -> {
            PersonalKey key = remembered.get(text.keyId());
            if (key == null) {
                unknown.add(text.keyId());
            } else {
                keys.put(key.id(), key);
            }
        }));
        if (!unknown.isEmpty()) {
            for (PersonalKey key : database.apply(unknown)) {
                keys.put(key.id(), key);
                remembered.put(key, generation);
            }
        }
        return keys;
    }

    private static PersonalKey known(String id, StoredEvent event, Map<String, PersonalKey> keys) {
        PersonalKey key = keys.get(id);
        if (key == null) {
            throw new IllegalStateException("key " + id + " of the event at position " + event.position()
                    + " is not there, not even as destroyed: the table of keys is not that of this log");
        }
        return key;
    }

    /**
     * What closes the personal texts of new events, by the ids of these; makes the keys that are not there yet. In the transaction that
     * appends the events: nobody can destroy a key that a running transaction closes something with.
     */
    Map<String, Enclosing> forNew(
            Connection connection, List<? extends DomainEventMessage<?>> events, EventSerializer serializer)
            throws SQLException {
        Map<String, Set<String>> ownersByStream = new LinkedHashMap<>();
        for (DomainEventMessage<?> event : events) {
            serializer.form(event.getPayload(), (keyOf, text) -> {
                ownersByStream
                        .computeIfAbsent(event.getAggregateIdentifier(), _ -> new LinkedHashSet<>())
                        .add(KeyOwner.of(keyOf, text, event, names));
                return "";
            });
        }
        Map<String, Map<String, PersonalKey>> keys = new HashMap<>();
        for (var stream : ownersByStream.entrySet()) {
            keys.put(stream.getKey(), ofOwners(connection, stream.getKey(), stream.getValue()));
        }
        return events.stream()
                .collect(Collectors.toMap(
                        DomainEventMessage::getIdentifier,
                        event -> new OfEvent(event, keys.getOrDefault(event.getAggregateIdentifier(), Map.of()))));
    }

    private Map<String, PersonalKey> ofOwners(Connection connection, String stream, Set<String> owners)
            throws SQLException {
        Map<String, PersonalKey> keys = new HashMap<>();
        for (PersonalKey key : table.ofOwners(connection, stream, owners, dialect)) {
            keys.put(key.owner(), key);
        }
        List<PersonalKey> made = owners.stream()
                .filter(owner -> !keys.containsKey(owner))
                .map(owner -> new PersonalKey(newId(), stream, owner, boxes.random(AesGcm.KEY_BYTES)))
                .toList();
        if (!made.isEmpty()) {
            table.insert(connection, made);
            made.forEach(key -> keys.put(key.owner(), key));
        }
        return keys;
    }

    private String newId() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(boxes.random(ID_BYTES));
    }

    private final class OfEvent implements Enclosing {

        private final DomainEventMessage<?> event;
        private final Map<String, PersonalKey> keys;
        private int ordinal;

        OfEvent(DomainEventMessage<?> event, Map<String, PersonalKey> keys) {
            this.event = event;
            this.keys = keys;
        }

        @Override
        public String enclosed(KeyOf keyOf, String text) {
            PersonalKey key = Objects.requireNonNull(keys.get(KeyOwner.of(keyOf, text, event, names)));
            return EnclosedText.written(key, text, event.getIdentifier(), ordinal++, boxes);
        }
    }
}
