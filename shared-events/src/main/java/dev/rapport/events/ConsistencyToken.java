package dev.rapport.events;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a command hands to its caller so that a later query can be asked to have seen it: the stream that the command changed and the
 * stream's version since. Opaque to callers.
 */
public record ConsistencyToken(StreamName stream, long version) {

    /** The header that carries it, in the answer of a command and in the request of a query. */
    public static final String HEADER = "Consistency-Token";

    private static final int LONGEST = 256;
    private static final Pattern PLAIN = Pattern.compile("([a-z]+/[A-Za-z0-9._-]{1,64}):([1-9][0-9]{0,17})");

    public ConsistencyToken {
        if (version < 1) {
            throw new IllegalArgumentException("a stream's first version is 1, not " + version);
        }
    }

    public String encode() {
        byte[] plain = (stream.value() + ":" + version).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
    }

    /** The token that was encoded to this text, if any was. */
    public static Optional<ConsistencyToken> decode(String encoded) {
        if (encoded.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            String plain = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded)))
                    .toString();
            Matcher token = PLAIN.matcher(plain);
            return token.matches()
                    ? Optional.of(new ConsistencyToken(new StreamName(token.group(1)), Long.parseLong(token.group(2))))
                    : Optional.empty();
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            return Optional.empty();
        }
    }
}
