package dev.rapport.events.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256: tells equal texts by equal hashes, and lets nobody without the secret try which text a hash is of. */
public final class KeyedHash {

    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec secret;

    KeyedHash(byte[] secret) {
        this.secret = new SecretKeySpec(secret, HMAC);
    }

    /** The hash of a text, 64 hexadecimal digits. */
    public String of(String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(secret);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + HMAC, impossible);
        }
    }
}
