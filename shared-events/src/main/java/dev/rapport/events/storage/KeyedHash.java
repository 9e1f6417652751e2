package dev.rapport.events.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import javax.crypto.SecretKey;

/** HMAC-SHA-256: tells equal texts by equal hashes, and lets nobody without the secret try which text a hash is of. */
public final class KeyedHash {

    private final SecretKey secret;
    private final Hashes hashes;

    KeyedHash(byte[] secret, Hashes hashes) {
        this.secret = Hashes.key(secret);
        this.hashes = hashes;
    }

    /** The hash of a text, 64 hexadecimal digits. */
    public String of(String text) {
        return HexFormat.of().formatHex(hashes.hmac(secret, text.getBytes(UTF_8)));
    }
}
