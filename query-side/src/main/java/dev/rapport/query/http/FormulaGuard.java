package dev.rapport.query.http;

import java.util.regex.Pattern;

/**
 * Keeps spreadsheets from taking a text for a formula, as OWASP advises: a text that begins with {@code = + - @}, a tab or a line break, be it
 * after blanks or quotes, gets an apostrophe in front. So does one that begins with an apostrophe itself; hence whoever takes one
 * apostrophe off every text that begins with one has the exact texts back.
 */
final class FormulaGuard {

    private static final char GUARD = '\'';

    /** Spreadsheets take the full-width forms for the plain ones, and overlook what cannot be seen. */
    private static final Pattern TO_GUARD =
            Pattern.compile("'|[\\t\\r\\n]|[\\p{Z}\\p{C}\"]*+[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20]");

    static String guard(String text) {
        return TO_GUARD.matcher(text).lookingAt() ? GUARD + text : text;
    }

    private FormulaGuard() {}
}
