package dev.rapport.events.seal;

/** What may be the name of a key: C2SP signed-note forbids spaces and plus signs, and control characters anywhere in a note. */
final class KeyNames {

    static String require(String name) {
        boolean allowed = !name.isEmpty()
                && name.codePoints()
                        .noneMatch(c -> c == '+'
                                || c < ' '
                                || c == 0x7f
                                || Character.isWhitespace(c)
                                || Character.isSpaceChar(c)
                                || c == 0x85);
        if (!allowed) {
            throw new IllegalArgumentException("a key has a name without spaces and plus signs");
        }
        StrictText.encode(name);
        return name;
    }

    private KeyNames() {}
}
