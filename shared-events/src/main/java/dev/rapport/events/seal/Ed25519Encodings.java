package dev.rapport.events.seal;

import java.util.Arrays;
import java.util.HexFormat;

/** The encodings of RFC 8410, in which Java takes Ed25519 keys: a fixed beginning, then the 32 bytes of RFC 8032. */
final class Ed25519Encodings {

    private static final String SPKI = "302a300506032b6570032100";
    private static final String PKCS8 = "302e020100300506032b657004220420";

    static byte[] spki(byte[] publicKey) {
        return HexFormat.of().parseHex(SPKI + HexFormat.of().formatHex(publicKey));
    }

    static byte[] pkcs8(byte[] seed) {
        return HexFormat.of().parseHex(PKCS8 + HexFormat.of().formatHex(seed));
    }

    /** The last 32 bytes of what Java encoded. */
    static byte[] raw(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - VerifierKey.KEY_SIZE, encoded.length);
    }

    private Ed25519Encodings() {}
}
