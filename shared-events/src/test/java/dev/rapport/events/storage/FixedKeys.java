package dev.rapport.events.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rapport.events.DomainEvent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/** Keys and nonces that are always the same, so that an encrypted event is always the same bytes. For golden files, and nothing else. */
final class FixedKeys {

    private static final KeyedHash NAMES = new KeyedHash(sha256("names"));

    /** Closes the texts of the first event of a stream. */
    static Enclosing closing(DomainEvent event, String eventId) {
        var message = new GenericDomainEventMessage<>("Any", event.stream().value(), 0, event);
        var boxes = new AesGcm(new Counting());
        var ordinals = new int[1];
        return (keyOf, text) -> {
            var owner = KeyOwner.of(keyOf, text, message, NAMES);
            var id = Base64.getUrlEncoder().encodeToString(Arrays.copyOf(sha256(owner), 12));
            return EnclosedText.written(key(id), text, eventId, ordinals[0]++, boxes);
        };
    }

    private static PersonalKey key(String id) {
        return new PersonalKey(id, "relationship/R-1", "some owner", sha256(id));
    }

    static List<StoredEvent> opened(List<StoredEvent> events) {
        return events.stream()
                .map(event -> event.saying(opened(event.eventId(), event.payload())))
                .toList();
    }

    static byte[] opened(String eventId, byte[] payload) {
        var event = new StoredEvent(1, eventId, "", "", 0, "", "", Instant.EPOCH, payload, new byte[0]);
        return EnclosedText.opened(event, EnclosedText.in(payload), FixedKeys::key);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Counting extends SecureRandom {

        private static final long serialVersionUID = 1;

        private int drawn;

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 0);
            bytes[bytes.length - 1] = (byte) drawn++;
        }
    }

    private FixedKeys() {}
}
