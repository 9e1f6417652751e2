package dev.rapport.events.seal;

import java.util.Base64;

/** Standard base64 in its only canonical form: Java's decoder alone also takes texts without padding, or with stray bits at the end. */
final class StrictBase64 {

    static byte[] decode(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
            throw new IllegalArgumentException("not base64 in its canonical form");
        }
        return bytes;
    }

    private StrictBase64() {}
}
