package dev.rapport.events.storage;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A person's name, by which people and texts that name them are found: the same whatever its case, accents and spaces.
 *
 * <p>A name of several words is also found inside of texts, as whole words. A single word, such as Will or May, says too little for
 * that: it is only found where it is all that is there.
 */
final class PersonName {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

    private final String name;
    private final Pattern asWords;

    private PersonName(String name) {
        this.name = name;
        this.asWords = Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}])");
    }

    static PersonName of(String written) {
        return new PersonName(normalized(written));
    }

    static String normalized(String written) {
        return isPlain(written) ? written.toLowerCase(Locale.ROOT) : normalizedByUnicode(written);
    }

    /** Most names have nothing to be normalized but their case. */
    private static boolean isPlain(String written) {
        boolean space = true;
        for (int i = 0; i < written.length(); i++) {
            char each = written.charAt(i);
            boolean another = each == ' ';
            if (each < ' ' || each > '~' || (another && space)) {
                return false;
            }
            space = another;
        }
        return !space;
    }

    private static String normalizedByUnicode(String written) {
        String plain = MARKS.matcher(Normalizer.normalize(written, Normalizer.Form.NFKD))
                .replaceAll("");
        return SPACES.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }

    boolean isThatOf(String written) {
        return name.equals(normalized(written));
    }

    boolean isIn(String text) {
        return isThatOf(text) || (name.indexOf(' ') > 0 && isSaidIn(text));
    }

    boolean isSaidIn(String text) {
        return asWords.matcher(normalized(text)).find();
    }
}
