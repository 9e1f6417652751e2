package dev.rapport.events.storage;

import dev.rapport.events.storage.NewEvent.Closed;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.SecretKey;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that personal data of events is encrypted with: makes them as events are appended, in the same transaction, and opens what events
 * enclose for whoever reads them, a batch at a time. The one place where texts of people turn into what is stored, and back.
 *
 * <p>Keys that were read are remembered for a few seconds. So a key that another process destroys is forgotten here at the latest after
 * these; whoever sees the event that tells of an erasure has to have them forgotten at once.
 */
public final class PersonalKeys {

    private static final Logger LOG = LoggerFactory.getLogger(PersonalKeys.class);

    private static final String REQUESTS = "requests";
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final DataSource dataSource;
    private final LogDialect dialect;
    private final AesGcm boxes = new AesGcm(new SecureRandom());
    private final Hashes hashes = new Hashes();
    private final PersonalKeyTable table;
    private final @Nullable KeyedHash requests;
    private final RememberedKeys remembered = new RememberedKeys(LONGEST);

    /** Without the keys that are kept one by one, which nothing new is closed with. */
    private final RememberedKeys roots = new RememberedKeys(LONGEST);

    private PersonalKeys(DataSource dataSource, MasterKeys masters, boolean onlyToRead) throws SQLException {
        this.dataSource = dataSource;
        this.dialect = LogDialect.of(dataSource);
        this.table = new PersonalKeyTable(masters, hashes);
        try (Connection connection = dataSource.getConnection()) {
            // in any case, which tells whether the master key is the right one
            Map<String, byte[]> secrets = table.secrets(connection);
            this.requests = onlyToRead ? null : new KeyedHash(secret(connection, REQUESTS, secrets), hashes);
        }
        if (!onlyToRead && !masters.former().isEmpty()) {
            wrapAnew();
        }
    }

    /**
     * The keys in a database. Those that a former master key wraps are wrapped by the current one before this returns.
     *
     * @throws UnusableMasterKeyException when they are wrapped by another master key
     */
    public static PersonalKeys in(DataSource dataSource, MasterKeys masters) {
        return of(dataSource, masters, false);
    }

    /**
     * The keys in a database that nothing may be written to: good to read events, and not to append any.
     *
     * @throws UnusableMasterKeyException when they are wrapped by another master key
     */
    public static PersonalKeys toRead(DataSource dataSource, MasterKeys masters) {
        return of(dataSource, masters, true);
    }

    private static PersonalKeys of(DataSource dataSource, MasterKeys masters, boolean onlyToRead) {
        try {
            return new PersonalKeys(dataSource, masters, onlyToRead);
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

    /** Some at a time, so that whoever appends meanwhile waits for none of them long. A crash in between leaves both kinds, which both can be read. */
    private void wrapAnew() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                long all = 0;
                int some;
                do {
                    some = table.wrapAnew(connection);
                    connection.commit();
                    all += some;
                } while (some > 0);
                table.wrapSecretsAnew(connection);
                connection.commit();
                LOG.info("{} keys of personal data were wrapped anew, by the current master key", all);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /** Tells requests from each other without keeping anything that they could be guessed by. */
    public KeyedHash ofRequests() {
        return Objects.requireNonNull(requests, "these keys are there to read events by");
    }

    /** The keys of the streams that events are of, as they are now. */
    Map<String, StreamKeys> now(List<StoredEvent> events) {
        Set<String> streams = new LinkedHashSet<>();
        events.forEach(event -> streams.add(event.stream()));
        return read(streams);
    }

    /** What a text of an event says, which must not have been erased. */
    String opened(EnclosedText text, StoredEvent event, StreamKeys keys) {
        return text.open(Objects.requireNonNull(keys.key(text.generation(), text.label())), event, boxes);
    }

    /** Forgets what was read: to be called when keys were destroyed. */
    void forgetRemembered() {
        remembered.forgetAll();
        roots.forgetAll();
    }

    /** Events as if they had been stored in clear, with {@code [erased]} where a key was destroyed. */
    List<StoredEvent> opened(List<StoredEvent> events) {
        List<List<EnclosedText>> enclosed = enclosed(events);
        var keys = new KeysOfBatch(keys(events, enclosed));
        List<StoredEvent> opened = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            StoredEvent event = events.get(i);
            List<EnclosedText> texts = enclosed.get(i);
            opened.add(
                    texts.isEmpty()
                            ? event
                            : event.saying(EnclosedText.opened(event, texts, text -> keys.key(text, event), boxes)));
        }
        return opened;
    }

    private static List<List<EnclosedText>> enclosed(List<StoredEvent> events) {
        return events.stream().map(event -> EnclosedText.in(event.payload())).toList();
    }

    /** Has the keys of events at hand for whoever opens them one by one. */
    void prepare(List<StoredEvent> events) {
        keys(events, enclosed(events));
    }

    /** What is derived for one event of a batch is often needed for the next: a person's, or that of an entry. */
    private final class KeysOfBatch {

        private final Map<String, StreamKeys> ofStreams;

        /** By their labels, which differ between streams and between generations. */
        private final Map<String, Optional<SecretKey>> derived = new HashMap<>();

        KeysOfBatch(Map<String, StreamKeys> ofStreams) {
            this.ofStreams = ofStreams;
        }

        @Nullable
        SecretKey key(EnclosedText text, StoredEvent event) {
            Optional<SecretKey> known = derived.get(text.label());
            if (known == null) {
                known = Optional.ofNullable(ofStream(text, event).key(text.generation(), text.label()));
                derived.put(text.label(), known);
            }
            return known.orElse(null);
        }

        private StreamKeys ofStream(EnclosedText text, StoredEvent event) {
            StreamKeys found = Objects.requireNonNull(ofStreams.get(event.stream()));
            if (!found.knows(text.generation(), text.label())) {
                // what was remembered may be older than the event
                found = Objects.requireNonNull(read(Set.of(event.stream())).get(event.stream()));
                ofStreams.put(event.stream(), found);
            }
            if (!found.knows(text.generation(), text.label())) {
                throw new IllegalStateException("the key of text " + text.ordinal() + " of the event at position "
                        + event.position()
                        + " is not there, not even as destroyed: the table of keys is not that of this log");
            }
            return found;
        }
    }

    private Map<String, StreamKeys> keys(List<StoredEvent> events, List<List<EnclosedText>> enclosed) {
        Map<String, StreamKeys> keys = new HashMap<>();
        Set<String> unknown = new HashSet<>();
        long generation = remembered.generation();
        for (int i = 0; i < events.size(); i++) {
            if (!enclosed.get(i).isEmpty() && keys.computeIfAbsent(events.get(i).stream(), remembered::get) == null) {
                unknown.add(events.get(i).stream());
            }
        }
        if (!unknown.isEmpty()) {
            read(unknown).forEach((stream, ofStream) -> {
                keys.put(stream, ofStream);
                remembered.put(stream, ofStream, generation);
            });
        }
        return keys;
    }

    private Map<String, StreamKeys> read(Collection<String> streams) {
        try (Connection connection = dataSource.getConnection()) {
            return table.of(connection, streams);
        } catch (SQLException e) {
            throw new EventStoreException("could not read the keys of personal data", e);
        }
    }

    /**
     * What the new texts of a stream are closed with, if that is remembered here. It may have been destroyed since, or never been committed, so
     * {@linkplain LogDialect#append whoever appends} has to make sure that this very root is there.
     */
    @Nullable
    Closing remembered(String stream) {
        StreamKeys keys = roots.get(stream);
        return keys == null ? null : closing(keys);
    }

    /**
     * What the new texts of streams are closed with, by stream; makes the roots of keys that are not there yet. In the transaction that appends the
     * events, which was {@linkplain LogDialect#begin begun}: nobody can destroy a key that a running transaction closes something with.
     */
    Map<String, Closing> closing(Connection connection, Set<String> streams) throws SQLException {
        Map<String, Closing> closing = new HashMap<>();
        long generation = roots.generation();
        for (var found : table.roots(connection, streams).entrySet()) {
            String stream = found.getKey();
            StreamKeys keys = found.getValue();
            Closing there = closing(keys);
            if (there == null) {
                int next = keys.newest() + 1;
                byte[] made = boxes.random(AesGcm.KEY_BYTES);
                there = new Closing(next, table.insertRoot(connection, stream, next, made), boxes);
            } else {
                roots.put(stream, keys, generation);
            }
            closing.put(stream, there);
        }
        return closing;
    }

    private @Nullable Closing closing(StreamKeys keys) {
        RootKey root = keys.root(keys.newest());
        return root == null ? null : new Closing(keys.newest(), root, boxes);
    }

    /** These were found to be there still. */
    void foundAgain(List<Closed> closed) {
        closed.forEach(each -> roots.renew(each.stream()));
    }

    /** One of these was found not to be there. */
    void foundGone(List<Closed> closed) {
        closed.forEach(each -> roots.forget(each.stream()));
    }

    /**
     * Destroys keys of a stream, in the running transaction. The first time in a generation, the root goes as well, and the keys of all that is not
     * to be forgotten are kept by themselves.
     *
     * @param labels what is to be forgotten, by generation
     * @param all gives all events of the stream, once nobody can add any with the keys of now
     * @return the labels whose keys were there still
     */
    Set<String> destroy(Connection connection, String stream, Map<Integer, Set<String>> labels, AllEvents all)
            throws SQLException {
        dialect.takeTurn(connection, stream);
        StreamKeys keys =
                Objects.requireNonNull(table.of(connection, Set.of(stream)).get(stream));
        Map<Integer, Set<String>> used = null;
        Set<String> destroyed = new TreeSet<>();
        for (var ofGeneration : new LinkedHashMap<>(labels).entrySet()) {
            int generation = ofGeneration.getKey();
            Set<String> there = new TreeSet<>(ofGeneration.getValue());
            there.removeIf(label -> !keys.knows(generation, label) || keys.key(generation, label) == null);
            RootKey root = keys.root(generation);
            if (root == null) {
                table.destroy(connection, stream, generation, there);
            } else {
                if (used == null) {
                    used = labels(all.events());
                }
                Map<String, byte[]> kept = new HashMap<>();
                for (String label : used.getOrDefault(generation, Set.of())) {
                    if (!there.contains(label)) {
                        kept.put(label, root.key(label).getEncoded());
                    }
                }
                table.replaceRoot(connection, stream, generation, kept, there);
            }
            destroyed.addAll(there);
        }
        return destroyed;
    }

    /** All events of a stream. */
    interface AllEvents {
        List<StoredEvent> events();
    }

    private static Map<Integer, Set<String>> labels(List<StoredEvent> events) {
        Map<Integer, Set<String>> labels = new HashMap<>();
        for (StoredEvent event : events) {
            for (EnclosedText text : EnclosedText.in(event.payload())) {
                labels.computeIfAbsent(text.generation(), _ -> new TreeSet<>()).add(text.label());
            }
        }
        return labels;
    }
}
