package dev.rapport.events.storage;

import dev.rapport.events.seal.Sha256;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256 and HMAC-SHA-256, as the Java platform has them. */
final class Hashes {

    private static final String HMAC = "HmacSHA256";

    /** To look one up takes longer than to have it reckon. */
    private final ThreadLocal<Mac> macs = ThreadLocal.withInitial(Hashes::mac);

    private final ThreadLocal<MessageDigest> digests = ThreadLocal.withInitial(Sha256::begin);

    private static Mac mac() {
        try {
            return Mac.getInstance(HMAC);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + HMAC, impossible);
        }
    }

    static SecretKey key(byte[] secret) {
        return new SecretKeySpec(secret, HMAC);
    }

    byte[] hmac(SecretKey secret, byte[] message) {
        try {
            Mac mac = macs.get();
            mac.init(secret);
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a secret of ours is no key for " + HMAC, impossible);
        }
    }

    byte[] sha256(byte[] message) {
        return digests.get().digest(message);
    }
}
