package dev.rapport.events.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class A_sealed_event {

    private static final SealedEvent EVENT = new SealedEvent(
            4711,
            "0199b5a0-7c1e-7aa0-8f3e-2f8a5d1c9b10",
            "Relationship",
            "relationship/R-1",
            3,
            "InteractionLogged",
            "2",
            Instant.parse("2026-10-30T08:34:56.123456Z"),
            bytes("{\"summary\":\"Grüße\"}"),
            bytes("{\"recordedBy\":\"manager1\"}"));

    /** Never to be edited: what is in the seals of the world hangs on it. Made by another program, after the description alone. */
    private static final String GOLDEN = "726170706f72742d6576656e742d76310a" // rapport-event-v1\n
            + "0000000000001267" // position
            + "0000000000000003" // sequence number
            + "00065f0aabc0ee40" // microseconds
            + "0000002430313939623561302d376331652d376161302d386633652d326638613564316339623130"
            + "0000000c52656c6174696f6e73686970"
            + "0000001072656c6174696f6e736869702f522d31"
            + "00000011496e746572616374696f6e4c6f67676564"
            + "0000000132"
            + "000000157b2273756d6d617279223a224772c3bcc39f65227d"
            + "000000197b227265636f726465644279223a226d616e6167657231227d";

    private static final String GOLDEN_HASH = "676c56110495614a8b6c6ae41d2bc33b470d1c06d2f5ec4f3772aab4bfbb0472";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static SealedEvent at(Instant recordedAt) {
        return new SealedEvent(1, "e", "s", "s/1", 0, "t", "1", recordedAt, bytes("p"), bytes("m"));
    }

    private static SealedEvent of(String eventId, String streamType, byte[] payload, byte[] metadata) {
        return new SealedEvent(1, eventId, streamType, "s/1", 0, "t", "1", Instant.EPOCH, payload, metadata);
    }

    @Test
    void is_encoded_as_it_always_was() {
        assertThat(HexFormat.of().formatHex(EVENT.encode())).isEqualTo(GOLDEN);
        assertThat(EVENT.leafHash().hex()).isEqualTo(GOLDEN_HASH);
    }

    @Test
    void comes_back_from_its_encoding() {
        SealedEvent decoded = SealedEvent.decode(HexFormat.of().parseHex(GOLDEN));

        assertThat(decoded).usingRecursiveComparison().isEqualTo(EVENT);
    }

    @Test
    void has_another_hash_when_any_column_is_another() {
        SealedEvent e = EVENT;
        byte[] other = bytes("{}");
        List<UnaryOperator<SealedEvent>> changes = List.of(
                x -> x,
                x -> new SealedEvent(
                        4712,
                        e.eventId(),
                        e.streamType(),
                        e.stream(),
                        3,
                        e.eventType(),
                        "2",
                        e.recordedAt(),
                        e.payload(),
                        e.metadata()),
                x -> new SealedEvent(
                        4711,
                        "other",
                        e.streamType(),
                        e.stream(),
                        3,
                        e.eventType(),
                        "2",
                        e.recordedAt(),
                        e.payload(),
                        e.metadata()),
                x -> new SealedEvent(
                        4711,
                        e.eventId(),
                        "Stakeholder",
                        e.stream(),
                        3,
                        e.eventType(),
                        "2",
                        e.recordedAt(),
                        e.payload(),
                        e.metadata()),
                x -> new SealedEvent(
                        4711,
                        e.eventId(),
                        e.streamType(),
                        "relationship/R-2",
                        3,
                        e.eventType(),
                        "2",
                        e.recordedAt(),
                        e.payload(),
                        e.metadata()),
                x -> new SealedEvent(
                        4711,
                        e.eventId(),
                        e.streamType(),
                        e.stream(),
                        4,
                        e.eventType(),
                        "2",
                        e.recordedAt(),
                        e.payload(),
                        e.metadata()),
                x -> new SealedEvent(
                        4711,
                        e.eventId(),
                        e.streamType(),
                        e.stream(),
                        3,
                        "CommitmentKept",
                        "2",
                        e.recordedAt(),
                        e.payload(),
                        e.metadata()),
                x -> new SealedEvent(
                        4711,
                        e.eventId(),
                        e.streamType(),
                        e.stream(),
                        3,
                        e.eventType(),
                        "3",
                        e.recordedAt(),
                        e.payload(),
                        e.metadata()),
                x -> new SealedEvent(
                        4711,
                        e.eventId(),
                        e.streamType(),
                        e.stream(),
                        3,
                        e.eventType(),
                        "2",
                        e.recordedAt().plusNanos(1_000),
                        e.payload(),
                        e.metadata()),
                x -> new SealedEvent(
                        4711,
                        e.eventId(),
                        e.streamType(),
                        e.stream(),
                        3,
                        e.eventType(),
                        "2",
                        e.recordedAt(),
                        other,
                        e.metadata()),
                x -> new SealedEvent(
                        4711,
                        e.eventId(),
                        e.streamType(),
                        e.stream(),
                        3,
                        e.eventType(),
                        "2",
                        e.recordedAt(),
                        e.payload(),
                        other));

        Set<Hash> hashes = new HashSet<>();
        changes.forEach(change -> hashes.add(change.apply(EVENT).leafHash()));

        assertThat(hashes).hasSameSizeAs(changes);
    }

    @Test
    void does_not_let_bytes_wander_from_one_field_to_the_next() {
        assertThat(of("ab", "c", bytes("de"), bytes("f")).encode())
                .isNotEqualTo(of("a", "bc", bytes("de"), bytes("f")).encode())
                .isNotEqualTo(of("ab", "c", bytes("d"), bytes("ef")).encode())
                .isNotEqualTo(of("ab", "c", bytes("def"), bytes("")).encode());
    }

    @Test
    void keeps_every_microsecond_of_any_time() {
        for (String time : List.of(
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999999Z",
                "0001-01-01T00:00:00.000001Z",
                "9999-12-31T23:59:59.999999Z",
                "2026-11-27T02:03:46.000001Z")) {
            SealedEvent event = at(Instant.parse(time));

            assertThat(SealedEvent.decode(event.encode()).recordedAt()).isEqualTo(time);
        }
    }

    @Test
    void is_not_recorded_between_two_microseconds() {
        assertThatIllegalArgumentException().isThrownBy(() -> at(Instant.ofEpochSecond(0, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> at(Instant.ofEpochSecond(-1, 999_999_999)));
    }

    @Test
    void is_not_guessed_where_a_text_has_no_encoding() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("half \ud800 a character", "s", bytes("p"), bytes("m"))
                        .leafHash());
    }

    @Test
    void is_not_read_from_anything_but_its_encoding() {
        byte[] encoded = EVENT.encode();

        for (int length = 0; length < encoded.length; length++) {
            byte[] shorter = Arrays.copyOf(encoded, length);
            assertThatIllegalArgumentException()
                    .as("the first %s bytes", length)
                    .isThrownBy(() -> SealedEvent.decode(shorter));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SealedEvent.decode(Arrays.copyOf(encoded, encoded.length + 1)));
    }

    @Test
    void is_read_as_what_it_is_or_not_at_all() {
        long seed = 20261127;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = EVENT.encode();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            try {
                assertThat(SealedEvent.decode(changed).encode())
                        .as("seed %s, change %s", seed, i)
                        .isEqualTo(changed);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageNotContaining("null");
            }
        }
    }
}
