package dev.rapport.command.dispatch;

/**
 * What makes a request repeatable.
 *
 * @param scope whose key it is: keys of different callers have nothing to do with each other
 * @param key as the caller chose it
 * @param fingerprint of the request; the same key with another fingerprint is another request
 * @param keepsRefusals whether a refused command is answered in the same way for ever, or is tried again when it is sent again
 */
public record ReceiptKey(String scope, String key, String fingerprint, boolean keepsRefusals) {

    /** The scope of import lines: what a line says was either taken in or not, whoever sends it. */
    public static final String IMPORTS = "import";

    /** The key that a caller sent with a request. */
    public static ReceiptKey ofCaller(String subject, String key, String fingerprint) {
        return new ReceiptKey("caller/" + subject, key, fingerprint, true);
    }

    /** The key of an import line, which is its content. */
    public static ReceiptKey ofContent(String fingerprint) {
        return new ReceiptKey(IMPORTS, fingerprint, fingerprint, false);
    }

    /** Whether this is the same key, whatever request came with it. */
    Object identity() {
        return scope + '\n' + key;
    }
}
