package dev.rapport.events.seal;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A signature line of a C2SP signed note.
 *
 * @param name of the key
 * @param keyId which, with the name, tells whose signature it claims to be
 */
@SuppressWarnings("ArrayRecordComponent") // compared as lines, never as records
public record NoteSignature(String name, int keyId, byte[] bytes) {

    private static final String DASH = "— ";
    private static final Pattern LINE = Pattern.compile(DASH + "([^ ]+) ([^ ]+)");

    public NoteSignature {
        KeyNames.require(name);
        if (bytes.length == 0) {
            throw new IllegalArgumentException("a signature without a signature");
        }
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    static boolean isLine(String line) {
        return line.startsWith(DASH);
    }

    static NoteSignature parse(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a note that ends in something else than signatures");
        }
        ByteBuffer signature = ByteBuffer.wrap(StrictBase64.decode(parts.group(2)));
        if (signature.remaining() <= Integer.BYTES) {
            throw new IllegalArgumentException("a signature without a signature");
        }
        int keyId = signature.getInt();
        byte[] bytes = new byte[signature.remaining()];
        signature.get(bytes);
        return new NoteSignature(parts.group(1), keyId, bytes);
    }

    String line() {
        byte[] signature = ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(keyId)
                .put(bytes)
                .array();
        return DASH + name + " " + Base64.getEncoder().encodeToString(signature);
    }
}
