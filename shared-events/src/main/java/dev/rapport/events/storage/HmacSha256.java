package dev.rapport.events.storage;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256, as the Java platform has it. */
final class HmacSha256 {

    private static final String ALGORITHM = "HmacSHA256";

    /** To look one up takes longer than to have it reckon. */
    private final ThreadLocal<Mac> macs = ThreadLocal.withInitial(HmacSha256::mac);

    private static Mac mac() {
        try {
            return Mac.getInstance(ALGORITHM);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }

    static SecretKey key(byte[] secret) {
        return new SecretKeySpec(secret, ALGORITHM);
    }

    byte[] of(SecretKey secret, byte[] message) {
        try {
            Mac mac = macs.get();
            mac.init(secret);
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a secret of ours is no key for " + ALGORITHM, impossible);
        }
    }
}
