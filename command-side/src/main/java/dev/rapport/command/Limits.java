package dev.rapport.command;

/** How long what people write may be, in characters. */
public final class Limits {

    /** A name or a label. */
    public static final int NAME = 200;

    /** A text of several sentences. */
    public static final int TEXT = 10_000;

    /** The number of names in a list. */
    public static final int NAMES = 100;

    /** What a text that may be left out matches when it is there. */
    public static final String NOT_BLANK = "(?s).*\\S.*";

    private Limits() {}
}
