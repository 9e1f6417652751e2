package dev.rapport.events.seal;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

/** A SHA-256 hash in a Merkle tree, made as RFC 9162 (2.1.1) prescribes: leaves and nodes are hashed apart, so that none passes for the other. */
public final class Hash {

    /** How many bytes a hash has. */
    public static final int SIZE = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A hash that was computed before. */
    public static Hash of(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException("a hash has " + SIZE + " bytes, not " + bytes.length);
        }
        return new Hash(bytes.clone());
    }

    /** The hash of a leaf with these bytes. */
    public static Hash ofLeaf(byte[] leaf) {
        MessageDigest sha256 = Sha256.begin();
        sha256.update(LEAF);
        return new Hash(sha256.digest(leaf));
    }

    /** The hash of the node above two others. */
    public static Hash ofNode(Hash left, Hash right) {
        MessageDigest sha256 = Sha256.begin();
        sha256.update(NODE);
        sha256.update(left.bytes);
        return new Hash(sha256.digest(right.bytes));
    }

    /** The root of a tree without leaves. */
    public static Hash ofNothing() {
        return new Hash(Sha256.begin().digest());
    }

    /** Of standard base64, strictly: no other text stands for the same hash. */
    public static Hash fromBase64(String base64) {
        return of(StrictBase64.decode(base64));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && MessageDigest.isEqual(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return bytes[0] << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
    }

    @Override
    public String toString() {
        return base64();
    }
}
