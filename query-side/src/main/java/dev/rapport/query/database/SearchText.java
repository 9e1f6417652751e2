package dev.rapport.query.database;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text as people look for it and sort it: without case and accents, the same on every database whatever its collation. */
public final class SearchText {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    /** No database can keep these: PostgreSQL knows no U+0000 in text, and half a surrogate pair has no UTF-8. */
    private static final Pattern NOT_STORABLE = Pattern.compile("[\\x00\\p{Cs}]");

    private static final int LONGEST_KEY = 200;

    /** What to search in, or for. */
    public static String of(String text) {
        String plain = Normalizer.normalize(storable(text), Normalizer.Form.NFKD);
        return MARKS.matcher(plain).replaceAll("").toLowerCase(Locale.ROOT);
    }

    /** What to sort by: bytes, since every database compares them alike. As much as an index takes; equal keys are told apart by id. */
    public static byte[] sortKey(String text) {
        byte[] key = of(text).getBytes(StandardCharsets.UTF_8);
        return key.length <= LONGEST_KEY ? key : Arrays.copyOf(key, LONGEST_KEY);
    }

    /** A text of any content as a column can hold it. */
    public static String storable(String text) {
        return NOT_STORABLE.matcher(text).replaceAll("\uFFFD");
    }

    /** The beginning of a text of any length and content, as an index can hold it. */
    public static String storable(String text, int length) {
        String storable = storable(text);
        return storable.substring(
                0, storable.offsetByCodePoints(0, Math.min(length, storable.codePointCount(0, storable.length()))));
    }

    private SearchText() {}
}
