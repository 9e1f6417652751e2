package dev.rapport.events.storage;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-256 in Galois/counter mode, as the Java platform has it: a box is a random nonce of 12 bytes, the ciphertext, and a tag of 16, which
 * also vouches for where the box belongs. No key closes so many boxes that two nonces could meet.
 */
final class AesGcm {

    static final String ALGORITHM = "AES";
    static final int KEY_BYTES = 32;

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random;

    /** To look a cipher up takes longer than to open a box. */
    private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(AesGcm::cipher);

    AesGcm(SecureRandom random) {
        this.random = random;
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance(CIPHER);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has AES-GCM", impossible);
        }
    }

    byte[] random(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return drawn;
    }

    /** Closes a box that can be opened only with the same key, at the same place. */
    byte[] close(SecretKey key, byte[] content, byte[] place) {
        byte[] nonce = random(NONCE_BYTES);
        try {
            Cipher cipher = ciphers.get();
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place);
            byte[] box = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(content.length));
            cipher.doFinal(content, 0, content.length, box, NONCE_BYTES);
            return box;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a box could not be closed", impossible);
        }
    }

    /** What is in a box; null when it was closed with another key, belongs elsewhere or was tampered with. */
    byte @Nullable [] open(SecretKey key, byte[] box, byte[] place) {
        if (box.length < NONCE_BYTES) {
            return null;
        }
        try {
            Cipher cipher = ciphers.get();
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, box, 0, NONCE_BYTES));
            cipher.updateAAD(place);
            return cipher.doFinal(box, NONCE_BYTES, box.length - NONCE_BYTES);
        } catch (AEADBadTagException notThisKey) {
            return null;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a box could not be looked into", impossible);
        }
    }
}
