package dev.rapport.client.json;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * A JSON value. Whatever is asked of a value that isn't there, or isn't of that kind, is answered by {@link #MISSING}, nothing or zero, so that
 * an answer can be looked into without asking first.
 */
public final class Json {

    /** What is not there. */
    public static final Json MISSING = new Json(new Object());

    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Of files that people write. */
    private static final JsonFactory WITH_COMMENTS = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private final @Nullable Object value;

    private Json(@Nullable Object value) {
        this.value = value;
    }

    /** Text that is no JSON. */
    public static final class MalformedJson extends Exception {

        private final int line;
        private final int column;

        MalformedJson(String message, int line, int column) {
            super(message);
            this.line = line;
            this.column = column;
        }

        /** What is wrong, and where, counted from 1. */
        public String where() {
            return getMessage() + " (line " + line + ", column " + column + ")";
        }
    }

    /** Reads one value; nothing may follow. */
    public static Json read(byte[] text) throws MalformedJson {
        try (JsonParser parser = STRICT.createParser(ObjectReadContext.empty(), text)) {
            return whole(parser);
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /** Reads one value; nothing may follow. */
    public static Json read(InputStream text) throws MalformedJson {
        try (JsonParser parser = STRICT.createParser(ObjectReadContext.empty(), text)) {
            return whole(parser);
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /** Reads one value of a file that people write: with comments, and commas after the last item. */
    public static Json readLenient(byte[] text) throws MalformedJson {
        try (JsonParser parser = WITH_COMMENTS.createParser(ObjectReadContext.empty(), text)) {
            return whole(parser);
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /** A value of maps with string keys, lists, strings, numbers, booleans, {@code Json} and null. */
    public static Json of(@Nullable Object value) {
        return value instanceof Json json ? json : new Json(value);
    }

    /** An object with these fields, in this order: name, value, name, value. */
    public static Json object(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Json(fields);
    }

    private static MalformedJson malformed(JacksonException e) {
        int line = e instanceof StreamReadException && e.getLocation() != null
                ? e.getLocation().getLineNr()
                : 1;
        int column = e instanceof StreamReadException && e.getLocation() != null
                ? e.getLocation().getColumnNr()
                : 1;
        return new MalformedJson(String.valueOf(e.getOriginalMessage()), line, column);
    }

    private static Json whole(JsonParser parser) throws MalformedJson {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new MalformedJson("there is nothing", 1, 1);
        }
        Json read = new Json(value(parser, first));
        if (parser.nextToken() != null) {
            throw new MalformedJson(
                    "something follows the value",
                    parser.currentTokenLocation().getLineNr(),
                    parser.currentTokenLocation().getColumnNr());
        }
        return read;
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) {
        if (token == JsonToken.START_OBJECT) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                object.put(name, value(parser, parser.nextToken()));
            }
            return object;
        }
        if (token == JsonToken.START_ARRAY) {
            List<@Nullable Object> array = new ArrayList<>();
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                array.add(value(parser, next));
            }
            return array;
        }
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token.isBoolean()) {
            return token == JsonToken.VALUE_TRUE;
        }
        return token.isNumeric() ? parser.getDecimalValue() : parser.getString();
    }

    public boolean isMissing() {
        return this == MISSING;
    }

    /** Neither missing nor null. */
    public boolean isThere() {
        return this != MISSING && value != null;
    }

    public boolean isObject() {
        return value instanceof Map;
    }

    public boolean isArray() {
        return value instanceof List;
    }

    public boolean isString() {
        return value instanceof String;
    }

    public boolean isNumber() {
        return value instanceof Number;
    }

    public boolean isBoolean() {
        return value instanceof Boolean;
    }

    /** The field of an object. */
    public Json get(String field) {
        return value instanceof Map<?, ?> object && object.containsKey(field) ? of(object.get(field)) : MISSING;
    }

    /** The fields of an object, in order. */
    public Map<String, Json> fields() {
        if (!(value instanceof Map<?, ?> object)) {
            return Map.of();
        }
        Map<String, Json> fields = new LinkedHashMap<>();
        object.forEach((name, field) -> fields.put((String) name, of(field)));
        return Collections.unmodifiableMap(fields);
    }

    /** The items of an array, in order. */
    public List<Json> items() {
        return value instanceof List<?> array ? array.stream().map(Json::of).toList() : List.of();
    }

    /** A string, or what stands for a number or a boolean; empty for all else. */
    public String text() {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value instanceof String || value instanceof Number || value instanceof Boolean ? value.toString() : "";
    }

    /** A number, or zero. */
    public BigDecimal number() {
        return value instanceof BigDecimal decimal
                ? decimal
                : value instanceof Number number ? new BigDecimal(number.toString()) : BigDecimal.ZERO;
    }

    /** The whole part of a number, or zero. */
    public long asLong() {
        return number().longValue();
    }

    public boolean isTrue() {
        return Boolean.TRUE.equals(value);
    }

    /** On one line. */
    public byte[] write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = STRICT.createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(generator, value);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator generator, @Nullable Object value) {
        if (value instanceof Json json) {
            write(generator, json.value);
        } else if (value instanceof Map<?, ?> object) {
            generator.writeStartObject();
            object.forEach((name, field) -> {
                generator.writeName((String) name);
                write(generator, field);
            });
            generator.writeEndObject();
        } else if (value instanceof List<?> array) {
            generator.writeStartArray();
            array.forEach(item -> write(generator, item));
            generator.writeEndArray();
        } else if (value == null) {
            generator.writeNull();
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (value instanceof BigDecimal number) {
            generator.writeNumber(number.toPlainString());
        } else if (value instanceof Number number) {
            generator.writeNumber(number.toString());
        } else {
            generator.writeString(value.toString());
        }
    }

    @Override
    public String toString() {
        return this == MISSING ? "" : new String(write(), StandardCharsets.UTF_8);
    }
}
