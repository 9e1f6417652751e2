package dev.rapport.events.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rapport.events.Personal;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * An encrypted text as it lies in a stored event, in the place of the text itself: {@code {"personal":"<generation>.<label>.<box>"}}, which
 * names its key among those of the stream; the box in Base64 for URLs. The tag of the box vouches for the event and for the how many-th of
 * its texts it is.
 *
 * <p>It is found by its bytes, without parsing: nothing but this class writes that name, and inside of a JSON text the quotes would be
 * escaped. So an event is opened before it is parsed, once, and upcasters only ever see texts.
 *
 * @param payload that it is in
 * @param start where it begins in the payload
 * @param end after its last byte
 * @param box where the box begins
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EnclosedText(byte[] payload, int start, int end, int ordinal, int generation, String label, int box) {

    static final String PROPERTY = "personal";

    private static final Written START = Written.of("{\"" + PROPERTY + "\":\"");
    private static final Written CLOSED = Written.of("\"[closed]\"");
    private static final Written ERASED = Written.of("\"" + Personal.ERASED + "\"");

    /** What is looked for in payloads, or put into them, as it stands there. */
    private record Written(byte[] bytes) {

        static Written of(String text) {
            return new Written(text.getBytes(UTF_8));
        }

        int length() {
            return bytes.length;
        }
    }

    /** What is written in the place of a text. */
    static String written(
            int generation, String label, SecretKey key, String text, String eventId, int ordinal, AesGcm boxes) {
        byte[] box = boxes.close(key, text.getBytes(UTF_8), place(eventId, ordinal));
        return generation + "." + label + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(box);
    }

    private static byte[] place(String eventId, int ordinal) {
        return (eventId + "/" + ordinal).getBytes(UTF_8);
    }

    /** All that a payload encloses, in order. */
    static List<EnclosedText> in(byte[] payload) {
        int start = startOfNext(payload, 0);
        if (start < 0) {
            return List.of();
        }
        List<EnclosedText> found = new ArrayList<>(3);
        while (start >= 0) {
            int text = start + START.length();
            int label = indexOf('.', payload, text) + 1;
            int box = indexOf('.', payload, label) + 1;
            int end = indexOf('"', payload, box);
            found.add(new EnclosedText(
                    payload,
                    start,
                    end + 2,
                    found.size(),
                    number(payload, text, label - 1),
                    new String(payload, label, box - 1 - label, ISO_8859_1),
                    box));
            start = startOfNext(payload, end + 2);
        }
        return found;
    }

    private static int number(byte[] payload, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + (payload[i] - '0');
        }
        return number;
    }

    private static int startOfNext(byte[] payload, int from) {
        byte[] start = START.bytes;
        for (int i = from; i <= payload.length - start.length; i++) {
            if (payload[i] == start[0]
                    && payload[i + 2] == start[2]
                    && Arrays.equals(payload, i, i + start.length, start, 0, start.length)) {
                return i;
            }
        }
        return -1;
    }

    private static int indexOf(char sought, byte[] payload, int from) {
        for (int i = from; i < payload.length; i++) {
            if (payload[i] == sought) {
                return i;
            }
        }
        throw new IllegalStateException("a stored event ends in the middle of an encrypted text");
    }

    /** The payload with every text in clear, or as erased where its key, which is then null, was destroyed. */
    static byte[] opened(
            StoredEvent event,
            List<EnclosedText> enclosed,
            Function<EnclosedText, @Nullable SecretKey> keys,
            AesGcm boxes) {
        byte[] payload = event.payload();
        var clear = new ByteArrayOutputStream(payload.length);
        int from = 0;
        for (EnclosedText text : enclosed) {
            clear.write(payload, from, text.start - from);
            SecretKey key = keys.apply(text);
            if (key == null) {
                clear.writeBytes(ERASED.bytes);
            } else {
                writeJson(text.openBytes(key, event, boxes), clear);
            }
            from = text.end;
        }
        clear.write(payload, from, payload.length - from);
        return clear.toByteArray();
    }

    /** The payload with a placeholder for each of its texts. */
    static byte[] leftClosed(byte[] payload) {
        int start = startOfNext(payload, 0);
        if (start < 0) {
            return payload;
        }
        var rest = new ByteArrayOutputStream(payload.length);
        int from = 0;
        while (start >= 0) {
            rest.write(payload, from, start - from);
            rest.writeBytes(CLOSED.bytes);
            from = indexOf('"', payload, start + START.length()) + 2;
            start = startOfNext(payload, from);
        }
        rest.write(payload, from, payload.length - from);
        return rest.toByteArray();
    }

    /** What it says. */
    String open(SecretKey key, StoredEvent event, AesGcm boxes) {
        return new String(openBytes(key, event, boxes), UTF_8);
    }

    private byte[] openBytes(SecretKey key, StoredEvent event, AesGcm boxes) {
        byte[] closed = Base64.getUrlDecoder().decode(Arrays.copyOfRange(payload, box, end - 2));
        byte[] text = boxes.open(key, closed, place(event.eventId(), ordinal));
        if (text == null) {
            throw new IllegalStateException("text " + ordinal + " of the event at position " + event.position()
                    + " does not open with its key: it is not what was stored there");
        }
        return text;
    }

    private static void writeJson(byte[] text, ByteArrayOutputStream json) {
        json.write('"');
        json.writeBytes(
                needsNoEscape(text) ? text : JsonStringEncoder.getInstance().quoteAsUTF8(new String(text, UTF_8)));
        json.write('"');
    }

    private static boolean needsNoEscape(byte[] text) {
        for (byte each : text) {
            if ((each >= 0 && each < ' ') || each == '"' || each == '\\') {
                return false;
            }
        }
        return true;
    }
}
