package dev.rapport.events.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import javax.crypto.SecretKey;

/** HMAC-SHA-256: tells equal texts by equal hashes, and lets nobody without the secret try which text a hash is of. */
public final class KeyedHash {

    private final SecretKey secret;
    private final HmacSha256 hmac;

    KeyedHash(byte[] secret, HmacSha256 hmac) {
        this.secret = HmacSha256.key(secret);
        this.hmac = hmac;
    }

    /** The hash of a text, 64 hexadecimal digits. */
    public String of(String text) {
        return HexFormat.of().formatHex(hmac.of(secret, text.getBytes(UTF_8)));
    }
}
