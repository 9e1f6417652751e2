package dev.rapport.events.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rapport.events.EntryEvent;
import dev.rapport.events.Personal.KeyOf;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.axonframework.eventhandling.DomainEventMessage;

/**
 * The key that all keys of a stream come from, as long as nothing of it was erased: each entry, event and person has a label in the stream, and
 * the label a key, which nobody can reckon without this one, nor whose a label is.
 */
final class RootKey {

    /** What the labels of persons begin with; those of texts begin with another letter. */
    private static final char PERSON = 'p';

    private static final char TEXT = 't';

    private static final int LABEL_BYTES = 12;

    /** The counter of the only step. */
    private static final int COUNTER_BYTES = Integer.BYTES;

    private final byte[] start;
    private final byte[] kept;
    private final SecretKey secret;
    private final Hashes hashes;

    /** @param kept the key as it is kept, wrapped: no two keys are kept as the same, even if they have the same place */
    RootKey(byte[] key, byte[] kept, Hashes hashes) {
        this.kept = kept;
        this.start = ByteBuffer.allocate(COUNTER_BYTES + key.length)
                .putInt(1)
                .put(key)
                .array();
        this.secret = Hashes.key(key);
        this.hashes = hashes;
    }

    /** What it is told from all other keys by. */
    byte[] kept() {
        return kept;
    }

    /** The label of whatever the key of a field belongs to. */
    String label(KeyOf keyOf, String text, DomainEventMessage<?> event) {
        String owner = switch (keyOf) {
            case ENTRY -> "entry/" + ((EntryEvent) event.getPayload()).entryId().value();
            case EVENT -> "event/" + event.getSequenceNumber();
            case STAKEHOLDER -> "stakeholder";
            case PERSON -> "person/" + PersonName.normalized(text);
        };
        byte[] hash = hashes.hmac(secret, ("label of " + owner).getBytes(UTF_8));
        return (keyOf == KeyOf.PERSON ? PERSON : TEXT)
                + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, LABEL_BYTES));
    }

    static boolean isOfPerson(String label) {
        return label.charAt(0) == PERSON;
    }

    /**
     * The key of a label, 256 bits: derived in one step by SHA-256, as NIST SP 800-56C has it. Counter, root and label fit into one block, so
     * that it takes a fraction of what opening a text takes.
     */
    SecretKey key(String label) {
        byte[] input = Arrays.copyOf(start, start.length + label.length());
        System.arraycopy(label.getBytes(ISO_8859_1), 0, input, start.length, label.length());
        return new SecretKeySpec(hashes.sha256(input), AesGcm.ALGORITHM);
    }

    @Override
    public String toString() {
        return "the root of a stream's keys";
    }
}
