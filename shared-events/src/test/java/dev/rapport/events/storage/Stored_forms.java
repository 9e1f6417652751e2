package dev.rapport.events.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.events.DomainEvent;
import dev.rapport.events.Provenance;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the stored form of every event to its golden files. A file that is missing is written by {@code -Drapport.golden-files=write};
 * one that is there never is: whoever has to change one needs a new revision and an upcaster instead.
 */
class Stored_forms {

    private static final String MINIMAL = ".minimal";
    private static final String EVENT_ID = "0199b6d2-7c1e-7b5a-9f64-3d1c2ab47e10";

    private static final EventDecoder DECODER = EventDecoder.ofToday(FixedKeys::opened);
    private static final EventSerializer SERIALIZER = DECODER.serializer();
    private static final EventTypes TYPES = SERIALIZER.types();

    private static final Map<String, String> OF_A_CALLER = Map.of(
            Provenance.SUBJECT, "ines.calloway@example.org",
            Provenance.ROLE, "RELATIONSHIP_MANAGER",
            Provenance.OCCURRED_AT, "2026-11-20T08:30:00.123456Z",
            Provenance.CORRELATION_ID, "b6c1f4a2-2f0e-4d0f-8e9e-1f2a3b4c5d6e",
            Provenance.CAUSATION_ID, "b6c1f4a2-2f0e-4d0f-8e9e-1f2a3b4c5d6e",
            Provenance.IDEMPOTENCY_KEY, "order \\ 66 \"B\"");
    private static final Map<String, String> OF_RAPPORT = Map.of(
            Provenance.SUBJECT, Provenance.RAPPORT,
            Provenance.ROLE, Provenance.RAPPORT,
            Provenance.OCCURRED_AT, "2028-03-01T00:00:00Z",
            Provenance.CORRELATION_ID, "0a9d8c7b-6e5f-4a3b-9c2d-1e0f9a8b7c6d",
            Provenance.CAUSATION_ID, "5d4c3b2a-1f0e-4d9c-8b7a-6f5e4d3c2b1a");

    @BeforeAll
    static void write_the_files_that_are_missing_when_asked_to() throws IOException {
        if ("write".equals(System.getProperty("rapport.golden-files"))) {
            for (var sample : present().entrySet()) {
                new GoldenFile(sample.getKey()).writeIfMissing(form(sample.getValue()));
            }
        }
    }

    /** The events of today's revisions, by the name of their golden file without its ending. */
    static SortedMap<String, DomainEvent> present() {
        var samples = new TreeMap<String, DomainEvent>();
        SampleEvents.FULL.forEach(event -> samples.put(nameOf(event.getClass()), event));
        SampleEvents.MINIMAL.forEach(event -> samples.put(nameOf(event.getClass()) + MINIMAL, event));
        return samples;
    }

    private static String nameOf(Class<?> type) {
        return TYPES.nameOf(type) + "." + TYPES.revisionOf(type);
    }

    static Stream<String> presentNames() {
        return present().keySet().stream();
    }

    static Stream<String> allNames() {
        return all().keySet().stream();
    }

    private static SortedMap<String, DomainEvent> all() {
        var samples = present();
        samples.putAll(SampleEvents.EARLIER);
        return samples;
    }

    @ParameterizedTest
    @MethodSource("presentNames")
    void are_those_of_the_golden_files_byte_by_byte(String name) throws IOException {
        assertStoredAs(new GoldenFile(name), present().get(name));
    }

    @ParameterizedTest
    @MethodSource("allNames")
    void are_read_into_equal_events_whatever_their_revision(String name) throws IOException {
        var file = new GoldenFile(name);

        assertThat(DECODER.recorded(List.of(stored(file)))).singleElement().satisfies(read -> {
            assertThat(read.payload()).isEqualTo(all().get(name));
            assertThat(read.occurredAt()).isEqualTo(Instant.parse(OF_A_CALLER.get(Provenance.OCCURRED_AT)));
        });
    }

    @ParameterizedTest
    @MethodSource("allNames")
    void say_the_same_to_those_who_take_them_as_messages(String name) throws IOException {
        List<StoredEvent> stored = List.of(stored(new GoldenFile(name)));

        RecordedEvent recorded = DECODER.recorded(stored).getFirst();
        var message = (DomainEventMessage<?>) DECODER.messages(stored).getFirst();
        assertThat(recorded.payload()).isEqualTo(message.getPayload());
        assertThat(recorded.type()).isEqualTo(TYPES.nameOf(message.getPayloadType()));
        assertThat(recorded.revision()).isEqualTo(TYPES.revisionOf(message.getPayloadType()));
        assertThat(recorded.eventId()).isEqualTo(message.getIdentifier());
        assertThat(recorded.stream().value()).isEqualTo(message.getAggregateIdentifier());
        assertThat(recorded.version()).isEqualTo(message.getSequenceNumber() + 1);
        assertThat(recorded.recordedAt()).isEqualTo(message.getTimestamp());
        assertThat(recorded.metadata()).isEqualTo(Map.copyOf(message.getMetaData()));
        assertThat(recorded.subject()).isEqualTo(message.getMetaData().get(Provenance.SUBJECT));
    }

    @ParameterizedTest
    @MethodSource("presentNames")
    void come_with_a_sample_that_says_everything_or_only_what_it_must(String name) {
        var event = present().get(name);
        var minimal = name.endsWith(MINIMAL);

        assertThat(event.getClass().getRecordComponents())
                .allSatisfy(component -> assertThat(valueOf(component, event) == null)
                        .as("%s is absent from %s", component.getName(), name)
                        .isEqualTo(minimal && isOptional(component)));
    }

    @Test
    void have_a_golden_file_for_every_event() {
        assertThat(present().keySet())
                .as("an event of the sealed family has no sample in SampleEvents, hence no golden file")
                .isEqualTo(expectedOfTheSealedFamily());
    }

    @Test
    void have_an_event_for_every_golden_file() throws IOException {
        assertThat(GoldenFile.names())
                .as("a golden file that stays behind needs an upcaster, and its meaning today in SampleEvents.EARLIER")
                .isEqualTo(all().keySet());
    }

    private static Set<String> expectedOfTheSealedFamily() {
        var names = new TreeSet<String>();
        EventTypes.leavesOf(DomainEvent.class).forEach(type -> {
            names.add(nameOf(type));
            if (Stream.of(type.getRecordComponents()).anyMatch(Stored_forms::isOptional)) {
                names.add(nameOf(type) + MINIMAL);
            }
        });
        return names;
    }

    @Nested
    class Of_metadata {

        @Test
        void are_those_of_the_golden_file_for_what_a_caller_did() throws IOException {
            assertStoredAs(GoldenFile.ofMetadata("caller"), MetaData.from(OF_A_CALLER));
        }

        @Test
        void are_those_of_the_golden_file_for_what_rapport_noted_by_itself() throws IOException {
            assertStoredAs(GoldenFile.ofMetadata("rapport"), MetaData.from(OF_RAPPORT));
        }

        @Test
        void are_read_into_equal_metadata() throws IOException {
            assertThat(read(GoldenFile.ofMetadata("caller"))).isEqualTo(MetaData.from(OF_A_CALLER));
            assertThat(read(GoldenFile.ofMetadata("rapport"))).isEqualTo(MetaData.from(OF_RAPPORT));
        }

        @Test
        void are_read_alike_from_metadata_that_are_more_than_texts() {
            MetaData more = MetaData.from(OF_A_CALLER).and("times", 3).and("sure", true);
            byte[] stored = SERIALIZER.serialize(more, byte[].class).getData();

            assertThat(SERIALIZER.readMetadata(stored)).isEqualTo(Map.copyOf(more));
        }

        @Test
        void are_refused_when_they_cannot_be_read() {
            assertThatThrownBy(() -> SERIALIZER.readMetadata("{\"subject\":\"manager1".getBytes(UTF_8)))
                    .isInstanceOf(SerializationException.class);
        }

        private static MetaData read(GoldenFile file) throws IOException {
            return SERIALIZER.deserialize(new SimpleSerializedObject<>(
                    file.content().getBytes(UTF_8), byte[].class, MetaData.class.getName(), null));
        }
    }

    private static void assertStoredAs(GoldenFile file, Object object) throws IOException {
        assertThat(file.exists())
                .as("%s is there, and says %s", file, form(object))
                .isTrue();
        assertThat(form(object))
                .as("the stored form has changed, which takes a new revision and an upcaster; %s stays", file)
                .isEqualTo(file.content());
    }

    private static String form(Object object) {
        byte[] form = object instanceof DomainEvent event
                ? SERIALIZER.form(event, FixedKeys.closing(event, EVENT_ID))
                : SERIALIZER.serialize(object, byte[].class).getData();
        return new String(form, UTF_8);
    }

    private static StoredEvent stored(GoldenFile file) throws IOException {
        return new StoredEvent(
                1,
                EVENT_ID,
                "Relationship",
                "relationship/R-1",
                0,
                file.event(),
                file.revision(),
                Instant.parse("2026-11-20T09:00:00Z"),
                file.content().getBytes(UTF_8),
                GoldenFile.ofMetadata("caller").content().getBytes(UTF_8));
    }

    private static boolean isOptional(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Object valueOf(RecordComponent component, DomainEvent event) {
        try {
            return component.getAccessor().invoke(event);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
