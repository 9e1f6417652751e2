package dev.rapport.events.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rapport.events.EntryEvent;
import dev.rapport.events.Personal.KeyOf;
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

    private final byte[] key;
    private final SecretKey secret;
    private final HmacSha256 hmac;

    RootKey(byte[] key, HmacSha256 hmac) {
        this.key = key.clone();
        this.secret = HmacSha256.key(key);
        this.hmac = hmac;
    }

    byte[] bytes() {
        return key.clone();
    }

    /** The label of whatever the key of a field belongs to. */
    String label(KeyOf keyOf, String text, DomainEventMessage<?> event) {
        String owner =
                switch (keyOf) {
                    case ENTRY -> "entry/" + ((EntryEvent) event.getPayload()).entryId().value();
                    case EVENT -> "event/" + event.getSequenceNumber();
                    case STAKEHOLDER -> "stakeholder";
                    case PERSON -> "person/" + PersonName.normalized(text);
                };
        byte[] hash = hmac.of(secret, ("label of " + owner).getBytes(UTF_8));
        return (keyOf == KeyOf.PERSON ? PERSON : TEXT)
                + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, LABEL_BYTES));
    }

    static boolean isOfPerson(String label) {
        return label.charAt(0) == PERSON;
    }

    /** The key of a label, 256 bits. */
    SecretKey key(String label) {
        return new SecretKeySpec(hmac.of(secret, ("key of " + label).getBytes(UTF_8)), AesGcm.ALGORITHM);
    }

    @Override
    public String toString() {
        return "the root of a stream's keys";
    }
}
