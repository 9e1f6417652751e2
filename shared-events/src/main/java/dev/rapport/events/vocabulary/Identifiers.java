package dev.rapport.events.vocabulary;

import java.util.regex.Pattern;

/** What may be an id: part of the HTTP contract and of the stored form, so it can never become stricter. */
final class Identifiers {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    static void require(String value) {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException("an id has 1-64 characters out of A-Z a-z 0-9 . _ -");
        }
    }

    private Identifiers() {}
}
