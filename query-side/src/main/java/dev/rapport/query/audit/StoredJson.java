package dev.rapport.query.audit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.util.RawValue;

/** Stored bytes on their way out, untouched: whoever hashes what is shown gets the hash of what is stored. */
final class StoredJson {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The very characters that are stored; in Base64 when they would break the answer. */
    static JsonNode asItIs(byte[] stored) {
        String text = text(stored);
        return text != null && parsed(text) != null
                ? JsonNodeFactory.instance.rawValueNode(new RawValue(text))
                : JsonNodeFactory.instance.binaryNode(stored);
    }

    /** A time that stands in a stored object, if it does. */
    static @Nullable Instant time(byte[] stored, String field) {
        String text = text(stored);
        JsonNode object = text == null ? null : parsed(text);
        try {
            return object == null || !object.path(field).isString()
                    ? null
                    : Instant.parse(object.path(field).stringValue());
        } catch (DateTimeException none) {
            return null;
        }
    }

    private static @Nullable String text(byte[] stored) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(stored))
                    .toString();
        } catch (CharacterCodingException notText) {
            return null;
        }
    }

    private static @Nullable JsonNode parsed(String text) {
        try {
            JsonNode node = STRICT.readTree(text);
            return node.isMissingNode() ? null : node;
        } catch (JacksonException notJson) {
            return null;
        }
    }

    private StoredJson() {}
}
