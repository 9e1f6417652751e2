package dev.rapport.events;

import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;

/** Reads times as Rapport writes them, to the second or a fraction of it, in UTC; all others as {@link Instant#parse} does, which takes ten times as long. */
public final class IsoTime {

    private static final String PATTERN = "0000-00-00T00:00:00";
    private static final int FRACTION = PATTERN.length() + 1;
    private static final int NANO_DIGITS = 9;

    /**
     * The instant that a text is.
     *
     * @throws java.time.format.DateTimeParseException when it is none
     */
    public static Instant read(String text) {
        return isUsual(text) ? usual(text) : Instant.parse(text);
    }

    private static boolean isUsual(String text) {
        int end = text.length() - 1;
        if (end < PATTERN.length() || end > FRACTION + NANO_DIGITS || end == FRACTION || text.charAt(end) != 'Z') {
            return false;
        }
        for (int i = 0; i < PATTERN.length(); i++) {
            if (PATTERN.charAt(i) == '0' ? !isDigit(text.charAt(i)) : text.charAt(i) != PATTERN.charAt(i)) {
                return false;
            }
        }
        for (int i = FRACTION; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return (end == PATTERN.length() || text.charAt(PATTERN.length()) == '.')
                && isBelow(text, 11, 24)
                && isBelow(text, 14, 60)
                && isBelow(text, 17, 60)
                && isBelow(text, 8, 29)
                && number(text, 8, 10) > 0
                && isBelow(text, 5, 13)
                && number(text, 5, 7) > 0;
    }

    private static boolean isBelow(String text, int from, int limit) {
        return number(text, from, from + 2) < limit;
    }

    private static Instant usual(String text) {
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        long second = TimeUnit.HOURS.toSeconds(number(text, 11, 13))
                + TimeUnit.MINUTES.toSeconds(number(text, 14, 16))
                + number(text, 17, 19);
        int end = text.length() - 1;
        int nanos = end < FRACTION ? 0 : number(text, FRACTION, end);
        for (int digit = Math.max(0, end - FRACTION); digit < NANO_DIGITS; digit++) {
            nanos *= 10;
        }
        return Instant.ofEpochSecond(TimeUnit.DAYS.toSeconds(day) + second, nanos);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + (text.charAt(i) - '0');
        }
        return number;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private IsoTime() {}
}
