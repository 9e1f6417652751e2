package dev.rapport.events.seal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every Java platform has: the hash of the seal, and of whatever else is told apart by one. */
public final class Sha256 {

    /** A hash to reckon, of nothing so far. */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** The hash of some bytes. */
    public static byte[] of(byte[] bytes) {
        return begin().digest(bytes);
    }

    private Sha256() {}
}
