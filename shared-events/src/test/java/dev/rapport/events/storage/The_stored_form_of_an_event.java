package dev.rapport.events.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.events.CommitmentRecorded;
import dev.rapport.events.ContributionRecorded;
import dev.rapport.events.DomainEvent;
import dev.rapport.events.InteractionLogged;
import dev.rapport.events.MeasurementRecorded;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Money;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class The_stored_form_of_an_event {

    private static final RelationshipId RELATIONSHIP = new RelationshipId("R-1");
    private static final String EVENT_ID = "0199b6d2-7c1e-7b5a-9f64-3d1c2ab47e10";

    private final EventSerializer serializer = new EventSerializer(EventTypes.of(DomainEvent.class));

    @Test
    void is_json_in_the_order_of_the_record_under_its_name_and_revision() {
        var stored = stored(new CommitmentRecorded(
                RELATIONSHIP, new EntryId("C-1"), Party.THEM, "send the plan", LocalDate.of(2026, 11, 30)));

        assertThat(stored.getType().getName()).isEqualTo("CommitmentRecorded");
        assertThat(stored.getType().getRevision()).isEqualTo("2");
        assertThat(text(stored))
                .matches("\\{\"relationshipId\":\"R-1\",\"commitmentId\":\"C-1\",\"madeBy\":\"THEM\","
                        + "\"statement\":\\{\"personal\":\"1\\.t[A-Za-z0-9_-]{16}\\.[A-Za-z0-9_-]+\"},"
                        + "\"dueOn\":\"2026-11-30\"}");
        assertThat(text(opened(stored)))
                .isEqualTo("{\"relationshipId\":\"R-1\",\"commitmentId\":\"C-1\",\"madeBy\":\"THEM\","
                        + "\"statement\":\"send the plan\",\"dueOn\":\"2026-11-30\"}");
    }

    @Test
    void leaves_out_what_is_absent() {
        var silent = new InteractionLogged(RELATIONSHIP, new EntryId("I-1"), Channel.EMAIL, "hello", List.of(), null);

        assertThat(text(opened(stored(silent))))
                .isEqualTo("{\"relationshipId\":\"R-1\",\"interactionId\":\"I-1\",\"channel\":\"EMAIL\","
                        + "\"summary\":\"hello\",\"participants\":[]}");
        assertThat(readBack(silent)).isEqualTo(silent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1.10", "-0.000", "12345678901234567890.123456789", "0.1", "1E+3", "1E-30", "-7E+400"})
    void keeps_every_digit_of_a_number(String number) {
        var event = new MeasurementRecorded(
                RELATIONSHIP,
                new EntryId("M-1"),
                new EntryId("N-1"),
                new BigDecimal(number),
                LocalDate.of(2026, 2, 28),
                true);
        var money = new ContributionRecorded(
                RELATIONSHIP,
                new EntryId("K-1"),
                Party.US,
                "paid",
                new Money(new BigDecimal(number), Currency.getInstance("EUR")));

        assertThat(readBack(event)).isEqualTo(event);
        assertThat(readBack(money)).isEqualTo(money);
        assertThat(throughAnUpcaster(event)).isEqualTo(event);
    }

    @Test
    void keeps_every_character_of_a_text() {
        var text = "\u0000 \t \" \\ / ü 漢 \uD83D\uDE00 \u2028 <script>";
        var event = new InteractionLogged(RELATIONSHIP, new EntryId("I-1"), Channel.OTHER, text, List.of(text), 2);

        assertThat(readBack(event)).isEqualTo(event);
    }

    @Test
    void may_have_fields_that_a_newer_program_added() {
        var event = serializer.deserialize(
                new SimpleSerializedObject<>("""
                    {"relationshipId":"R-1","commitmentId":"C-1","madeBy":"US","mood":{"of":["the","day"]},
                     "statement":"call","dueOn":"2026-12-01"}\
                    """.getBytes(UTF_8), byte[].class, "CommitmentRecorded", "2"));

        assertThat(event)
                .isEqualTo(new CommitmentRecorded(
                        RELATIONSHIP, new EntryId("C-1"), Party.US, "call", LocalDate.of(2026, 12, 1)));
    }

    @Test
    void is_never_skipped_when_it_is_not_known() {
        var unknown = new SimpleSerializedObject<>("{}".getBytes(UTF_8), byte[].class, "CommitmentForgotten", "1");

        assertThatThrownBy(() -> serializer.deserialize(unknown))
                .isInstanceOf(UnknownEventException.class)
                .hasMessageContaining("CommitmentForgotten");
        assertThatThrownBy(() -> serializer.classForType(unknown.getType())).isInstanceOf(UnknownEventException.class);
    }

    @Test
    void is_not_known_either_when_it_says_a_word_that_is_not() {
        var unknown = new SimpleSerializedObject<>("""
            {"relationshipId":"R-1","commitmentId":"C-1","madeBy":"A_THIRD_PARTY",
             "statement":"call","dueOn":"2026-12-01"}\
            """.getBytes(UTF_8), byte[].class, "CommitmentRecorded", "2");

        assertThatThrownBy(() -> serializer.deserialize(unknown))
                .isInstanceOf(UnknownEventException.class)
                .hasMessageContaining("CommitmentRecorded of revision 2")
                .hasMessageNotContaining("A_THIRD_PARTY");
        assertThatThrownBy(() -> serializer.read(unknown.getData(), "CommitmentRecorded", "2"))
                .isInstanceOf(UnknownEventException.class);
        assertThat(serializer.newer().what())
                .hasValueSatisfying(met -> assertThat(met).contains("CommitmentRecorded of revision 2"));
    }

    @Test
    void is_never_had_with_what_is_personal_in_clear() {
        var event = new InteractionLogged(RELATIONSHIP, new EntryId("I-1"), Channel.EMAIL, "hello", List.of(), null);

        assertThatThrownBy(() -> serializer.serialize(event, byte[].class)).hasStackTraceContaining("never in clear");
    }

    @Test
    void cannot_be_had_of_what_is_no_event() {
        assertThatThrownBy(() -> stored("just a text")).hasMessageContaining("java.lang.String is not an event");
    }

    @Test
    void has_its_metadata_as_json_with_sorted_names() {
        var unsorted = new LinkedHashMap<String, Object>();
        unsorted.put("subject", "manager1");
        unsorted.put("idempotencyKey", null);
        unsorted.put("correlationId", "c-1");

        var stored = stored(MetaData.from(unsorted));

        assertThat(text(stored)).isEqualTo("{\"correlationId\":\"c-1\",\"subject\":\"manager1\"}");
        assertThat(serializer.<byte[], MetaData>deserialize(stored))
                .isEqualTo(MetaData.from(Map.of("subject", "manager1", "correlationId", "c-1")));
    }

    private SerializedObject<byte[]> stored(Object object) {
        return object instanceof DomainEvent event
                ? new SimpleSerializedObject<>(
                        serializer.form(event, FixedKeys.closing(event, EVENT_ID)),
                        byte[].class,
                        serializer.typeForClass(event.getClass()))
                : serializer.serialize(object, byte[].class);
    }

    private Object readBack(Object object) {
        return serializer.deserialize(opened(stored(object)));
    }

    private static SerializedObject<byte[]> opened(SerializedObject<byte[]> stored) {
        return new SimpleSerializedObject<>(
                FixedKeys.opened(EVENT_ID, stored.getData()), byte[].class, stored.getType());
    }

    private Object throughAnUpcaster(Object object) {
        var stored = opened(stored(object));
        var converter = serializer.getConverter();
        var tree = converter.convert(stored.getData(), JsonNode.class);
        return serializer.deserialize(
                new SimpleSerializedObject<>(converter.convert(tree, byte[].class), byte[].class, stored.getType()));
    }

    private static String text(SerializedObject<byte[]> stored) {
        return new String(stored.getData(), UTF_8);
    }
}
