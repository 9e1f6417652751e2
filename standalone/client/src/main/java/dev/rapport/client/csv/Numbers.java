package dev.rapport.client.csv;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads numbers as the mapping says that they are written. Nobody can see of a comma whether decimals follow it or thousands, and who guesses wrong is wrong by
 * a factor of a hundred or a thousand. So unless the mapping says it, a number has at most one point, which is in front of decimals, and no comma. Blanks or
 * apostrophes, which can't be mistaken for either, may be between groups of digits whatever the mapping says, the same one throughout; a sign may be in front.
 * Anything else is refused.
 *
 * @param decimalSeparator in front of decimals, a point or a comma, if the mapping says it; the other one is between thousands then
 */
record Numbers(Optional<Character> decimalSeparator) {

    /** Between thousands whatever the mapping says. */
    private static final String BLANKS = " \u00A0\u2009\u202F'’";

    private static final Pattern UNSAID = pattern("", '.');
    private static final Pattern WITH_POINT = pattern(",", '.');
    private static final Pattern WITH_COMMA = pattern(".", ',');

    /** Three digits are in the last group of several; those before it have two in India. */
    private static Pattern pattern(String grouping, char decimal) {
        return Pattern.compile("[+-]?(?:\\d{1,30}|\\d{1,3}([" + BLANKS + grouping + "])(?:\\d{2,3}\\1){0,9}\\d{3})"
                + "(?:[" + decimal + "]\\d{1,30})?");
    }

    BigDecimal number(String text) throws Unmappable {
        char decimal = decimalSeparator.orElse('.');
        Pattern pattern = decimalSeparator.isEmpty() ? UNSAID : decimal == '.' ? WITH_POINT : WITH_COMMA;
        if (!pattern.matcher(text).matches()) {
            throw new Unmappable("“" + text + "” is no number" + why(text));
        }
        return new BigDecimal(text.replaceAll("[^0-9+" + decimal + "-]", "").replace(decimal, '.'));
    }

    /** What might be a number under another mapping. */
    private String why(String text) {
        if (!text.matches("[+-]?[0-9.," + BLANKS + "]*[0-9][0-9.," + BLANKS + "]*")) {
            return "";
        }
        if (decimalSeparator.isEmpty()) {
            return text.contains(",") || text.indexOf('.') != text.lastIndexOf('.')
                    ? " unless the mapping says by decimalSeparator whether a point or a comma is in front of decimals"
                    : "";
        }
        return decimalSeparator.get() == '.'
                ? ": the mapping says that a point is in front of decimals, so a comma is between thousands"
                : ": the mapping says that a comma is in front of decimals, so a point is between thousands";
    }

    BigDecimal integer(String text) throws Unmappable {
        BigDecimal number = number(text);
        if (number.stripTrailingZeros().scale() > 0) {
            throw new Unmappable("“" + text + "” is no whole number");
        }
        return number.setScale(0);
    }
}
