package dev.rapport.command.intake;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads JSON to the letter of RFC 8259: UTF-8 only, one value, no name twice, and nothing nested deeper than any command is. */
final class StrictJson {

    private static final int DEEPEST = 32;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    ObjectNode object(byte[] utf8) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            JsonNode node = mapper.readTree(text);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw MalformedCommand.asAWhole("a command is a JSON object");
        } catch (CharacterCodingException notUtf8) {
            throw MalformedCommand.asAWhole("the text is not UTF-8");
        } catch (NumberFormatException beyondAllNumbers) {
            // Jackson's own, from deep inside, for an exponent that no decimal can have
            throw MalformedCommand.asAWhole("a number is out of all bounds");
        } catch (JacksonException notJson) {
            throw MalformedCommand.asAWhole("not JSON" + where(notJson));
        }
    }

    private static String where(JacksonException notJson) {
        TokenStreamLocation location = notJson.getLocation();
        return location == null
                ? ", or larger than any command"
                : ", at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
