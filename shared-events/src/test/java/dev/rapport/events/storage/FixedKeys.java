package dev.rapport.events.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rapport.events.DomainEvent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/** Keys and nonces that are always the same, so that an encrypted event is always the same bytes. For golden files, and nothing else. */
final class FixedKeys {

    private static final int GENERATION = 1;
    private static final RootKey ROOT = new RootKey(sha256("root"), new byte[0], new Hashes());

    /** Closes the texts of the first event of a stream. */
    static Enclosing closing(DomainEvent event, String eventId) {
        var message = new GenericDomainEventMessage<>("Any", event.stream().value(), 0, event);
        var boxes = new AesGcm(new Counting());
        var ordinals = new int[1];
        return (keyOf, text) -> {
            var label = ROOT.label(keyOf, text, message);
            return EnclosedText.written(GENERATION, label, ROOT.key(label), text, eventId, ordinals[0]++, boxes);
        };
    }

    static List<StoredEvent> opened(List<StoredEvent> events) {
        return events.stream()
                .map(event -> event.saying(opened(event.eventId(), event.payload())))
                .toList();
    }

    static byte[] opened(String eventId, byte[] payload) {
        var event = new StoredEvent(1, eventId, "", "", 0, "", "", Instant.EPOCH, payload, new byte[0]);
        return EnclosedText.opened(
                event, EnclosedText.in(payload), text -> ROOT.key(text.label()), new AesGcm(new Counting()));
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
