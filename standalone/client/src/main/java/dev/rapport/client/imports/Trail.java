package dev.rapport.client.imports;

import dev.rapport.client.imports.Item.Command;
import dev.rapport.events.seal.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The hash of all items so far, each hashed upon the one of those before it: who has the hash after an item can tell whether another
 * reading has come the same way.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by what is written
record Trail(byte[] hash) {

    static final Trail BEGINNING = new Trail(new byte[32]);

    Trail after(Item item) {
        MessageDigest sha256 = Sha256.begin();
        sha256.update(hash);
        sha256.update(
                ByteBuffer.allocate(Long.BYTES).putLong(0, item.place().line()).array());
        if (item instanceof Command command) {
            sha256.update(command.line());
        }
        return new Trail(sha256.digest());
    }

    String written() {
        return HexFormat.of().formatHex(hash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Trail trail && Arrays.equals(hash, trail.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }
}
