package dev.rapport.events.seal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The private key of a C2SP signed note. Written as Go's signed notes are: {@code PRIVATE+KEY+name+id+seed}, with the id of the public key
 * and base64 of the signature type and the 32 bytes of RFC 8032's private key. It is only ever written by {@link #secret()}.
 */
public final class SignerKey {

    private static final Pattern WRITTEN =
            Pattern.compile("PRIVATE\\+KEY\\+([^+]+)\\+([0-9a-f]{8})\\+(.+)", Pattern.DOTALL);

    private final VerifierKey verifier;
    private final byte[] seed;

    private SignerKey(String name, byte[] seed) {
        this.seed = seed;
        this.verifier = new VerifierKey(name, publicKey(seed));
    }

    /** A new key, from Java's secure random numbers. */
    public static SignerKey generate(String name) {
        byte[] seed = new byte[VerifierKey.KEY_SIZE];
        new SecureRandom().nextBytes(seed);
        return new SignerKey(name, seed);
    }

    public static SignerKey parse(String written) {
        Matcher parts = WRITTEN.matcher(written);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a signer key is written PRIVATE+KEY+name+id+key");
        }
        SignerKey parsed = new SignerKey(parts.group(1), VerifierKey.ofEd25519(StrictBase64.decode(parts.group(3))));
        if (!HexFormat.of().toHexDigits(parsed.verifier.id()).equals(parts.group(2))) {
            throw new IllegalArgumentException("a signer key whose id is not its own");
        }
        return parsed;
    }

    public VerifierKey verifierKey() {
        return verifier;
    }

    public String name() {
        return verifier.name();
    }

    /** A signature over the text of a note. */
    public NoteSignature sign(String text) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(privateKey(seed));
            ed25519.update(StrictText.encode(text));
            return new NoteSignature(name(), verifier.id(), ed25519.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot sign with Ed25519", e);
        }
    }

    /** The key as it is written to where it is kept, and to nowhere else. */
    public String secret() {
        return "PRIVATE+KEY+" + name() + "+" + HexFormat.of().toHexDigits(verifier.id()) + "+"
                + Base64.getEncoder().encodeToString(VerifierKey.typed(seed));
    }

    private static PrivateKey privateKey(byte[] seed) throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(Ed25519Encodings.pkcs8(seed)));
    }

    /**
     * Java has no way to ask for the public key of a private one, but makes a pair of the 32 random bytes that it is given. That it really
     * took them shows in the private key, which is compared.
     */
    private static byte[] publicKey(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Given(seed));
            var pair = generator.generateKeyPair();
            byte[] made = Ed25519Encodings.raw(pair.getPrivate().getEncoded());
            if (!ByteBuffer.wrap(made).equals(ByteBuffer.wrap(seed))) {
                throw new IllegalStateException("this Java makes Ed25519 keys in a way of its own");
            }
            return Ed25519Encodings.raw(pair.getPublic().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no Ed25519", e);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "the private key of " + verifier;
    }

    private static final class Given extends SecureRandom {

        private final transient ByteBuffer bytes;

        Given(byte[] bytes) {
            this.bytes = ByteBuffer.wrap(bytes.clone());
        }

        @Override
        public void nextBytes(byte[] taken) {
            bytes.get(taken);
        }
    }
}
