package dev.rapport.client.failure;

/** What others said, on its way to a terminal: it may not move the cursor of whoever reads it, nor do anything else that control characters do. */
public final class Printable {

    private Printable() {}

    /** A text of one line. */
    public static String line(String text) {
        return text.replaceAll("\\p{C}", "?");
    }

    /** A text that may have several lines. */
    public static String lines(String text) {
        return text.replaceAll("[\\p{C}&&[^\n]]", "?");
    }
}
