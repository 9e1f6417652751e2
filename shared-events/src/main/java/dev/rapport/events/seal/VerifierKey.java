package dev.rapport.events.seal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public key of a C2SP signed note, with the name of whoever signs with it. Written {@code name+id+key}: the name, the key's id in hex,
 * and base64 of the signature type and the 32 bytes of an Ed25519 key.
 */
public final class VerifierKey {

    /** C2SP signed-note's signature type for Ed25519. */
    static final byte ED25519 = 1;

    static final int KEY_SIZE = 32;
    private static final Pattern WRITTEN = Pattern.compile("([^+]+)\\+([0-9a-f]{8})\\+(.+)", Pattern.DOTALL);

    private final String name;
    private final byte[] key;

    VerifierKey(String name, byte[] key) {
        this.name = KeyNames.require(name);
        if (key.length != KEY_SIZE) {
            throw new IllegalArgumentException("an Ed25519 key has " + KEY_SIZE + " bytes, not " + key.length);
        }
        this.key = key.clone();
    }

    public static VerifierKey parse(String written) {
        Matcher parts = WRITTEN.matcher(written);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a verifier key is written name+id+key");
        }
        VerifierKey parsed = new VerifierKey(parts.group(1), ofEd25519(StrictBase64.decode(parts.group(3))));
        if (!HexFormat.of().toHexDigits(parsed.id()).equals(parts.group(2))) {
            throw new IllegalArgumentException("a verifier key whose id is not its own");
        }
        return parsed;
    }

    /** The bytes of a key without the signature type before it. */
    static byte[] ofEd25519(byte[] typed) {
        if (typed.length != 1 + KEY_SIZE || typed[0] != ED25519) {
            throw new IllegalArgumentException("not an Ed25519 key");
        }
        return Arrays.copyOfRange(typed, 1, typed.length);
    }

    public String name() {
        return name;
    }

    /** The first four bytes of SHA-256 of the name, a newline, the signature type and the key. Tells keys apart, and proves nothing. */
    public int id() {
        ByteArrayOutputStream identified = new ByteArrayOutputStream();
        identified.writeBytes(StrictText.encode(name));
        identified.write('\n');
        identified.writeBytes(typed(key));
        return ByteBuffer.wrap(Sha256.of(identified.toByteArray())).getInt();
    }

    /** Whether the signature says that it is this key's. */
    boolean isNamedBy(NoteSignature signature) {
        return signature.name().equals(name) && signature.keyId() == id();
    }

    /** Whether the signature is this key's over the text. */
    public boolean verifies(String text, NoteSignature signature) {
        if (!isNamedBy(signature)) {
            return false;
        }
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(publicKey());
            ed25519.update(StrictText.encode(text));
            return ed25519.verify(signature.bytes());
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    private PublicKey publicKey() throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(Ed25519Encodings.spki(key)));
    }

    static byte[] typed(byte[] key) {
        return ByteBuffer.allocate(1 + key.length).put(ED25519).put(key).array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** As it is written. */
    @Override
    public String toString() {
        return name + "+" + HexFormat.of().toHexDigits(id()) + "+"
                + Base64.getEncoder().encodeToString(typed(key));
    }
}
