package dev.rapport.events.vocabulary;

/**
 * What may be an id: part of the HTTP contract and of the stored form, so it can never become stricter. Whoever reads the log makes several ids of
 * each event, so it is no pattern.
 */
final class Identifiers {

    private static final int LONGEST = 64;

    static void require(String value) {
        if (!isId(value)) {
            throw new IllegalArgumentException("an id has 1-64 characters out of A-Z a-z 0-9 . _ -");
        }
    }

    private static boolean isId(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!isAllowed(value.charAt(i))) {
                return false;
            }
        }
        return !value.isEmpty() && value.length() <= LONGEST;
    }

    private static boolean isAllowed(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '.'
                || character == '_'
                || character == '-';
    }

    private Identifiers() {}
}
