package dev.rapport.events.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rapport.events.Personal;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * An encrypted text as it lies in a stored event, in the place of the text itself: {@code {"personal":"<key id>.<box>"}}, the box in
 * Base64 for URLs. The tag of the box vouches for the event and for the how many-th of its texts it is.
 *
 * <p>It is found by its bytes, without parsing: nothing but this class writes that name, and inside of a JSON text the quotes would be
 * escaped. So an event is opened before anybody parses it, and upcasters only ever see texts.
 *
 * @param start where it begins in the payload
 * @param end after its last byte
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EnclosedText(int start, int end, int ordinal, String keyId, byte[] box) {

    static final String PROPERTY = "personal";

    private static final String START = "{\"" + PROPERTY + "\":\"";

    /** What is written in the place of a text. */
    static String written(PersonalKey key, String text, String eventId, int ordinal, AesGcm boxes) {
        byte[] box = boxes.close(key.bytes(), text.getBytes(UTF_8), place(eventId, ordinal));
        return key.id() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(box);
    }

    private static byte[] place(String eventId, int ordinal) {
        return (eventId + "/" + ordinal).getBytes(UTF_8);
    }

    /** All that a payload encloses, in order. */
    static List<EnclosedText> in(byte[] payload) {
        List<EnclosedText> found = new ArrayList<>();
        int from = 0;
        while (true) {
            int start = startOfNext(payload, from);
            if (start < 0) {
                return found;
            }
            int text = start + START.length();
            int end = indexOf('"', payload, text);
            int dot = indexOf('.', payload, text);
            byte[] box = Base64.getUrlDecoder().decode(Arrays.copyOfRange(payload, dot + 1, end));
            from = end + 2;
            found.add(
                    new EnclosedText(start, from, found.size(), new String(payload, text, dot - text, US_ASCII), box));
        }
    }

    private static int startOfNext(byte[] payload, int from) {
        for (int i = from; i <= payload.length - START.length(); i++) {
            if (payload[i] == START.charAt(0) && startsAt(i, payload)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean startsAt(int index, byte[] payload) {
        for (int i = 1; i < START.length(); i++) {
            if (payload[index + i] != START.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int indexOf(char sought, byte[] payload, int from) {
        for (int i = from; i < payload.length; i++) {
            if (payload[i] == sought) {
                return i;
            }
        }
        throw new IllegalStateException("a stored event ends in the middle of an encrypted text");
    }

    /** The payload with every text in clear, or as erased where its key was destroyed. */
    static byte[] opened(StoredEvent event, List<EnclosedText> enclosed, Function<String, PersonalKey> keys) {
        byte[] payload = event.payload();
        var clear = new ByteArrayOutputStream(payload.length);
        int from = 0;
        for (EnclosedText text : enclosed) {
            clear.write(payload, from, text.start - from);
            PersonalKey key = keys.apply(text.keyId);
            clear.writeBytes(json(key.isDestroyed() ? Personal.ERASED : text.open(key, event)));
            from = text.end;
        }
        clear.write(payload, from, payload.length - from);
        return clear.toByteArray();
    }

    /** What it says; the key must still be there. */
    String open(PersonalKey key, StoredEvent event) {
        byte[] text = AesGcm.open(key.bytes(), box, place(event.eventId(), ordinal));
        if (text == null) {
            throw new IllegalStateException("text " + ordinal + " of the event at position " + event.position()
                    + " does not open with its key: it is not what was stored there");
        }
        return new String(text, UTF_8);
    }

    private static byte[] json(String text) {
        byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(text);
        byte[] json = new byte[quoted.length + 2];
        json[0] = '"';
        System.arraycopy(quoted, 0, json, 1, quoted.length);
        json[json.length - 1] = '"';
        return json;
    }
}
