package dev.rapport.client.csv;

import dev.rapport.client.csv.Template.Column;
import dev.rapport.client.csv.Times.NoTime;
import dev.rapport.client.json.Json;
import dev.rapport.client.json.Json.MalformedJson;
import dev.rapport.events.seal.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a field of a command comes from a row.
 *
 * @param constant what it always is; missing, when it comes from the row
 * @param templates of which the first that has a text counts, or all of them if they are lines
 * @param table of meanings, by its name
 * @param onlyIfTableIsFilled whether it is left out as long as nobody has filled the table
 * @param otherwise what it is where the row says nothing
 * @param isRequired whether the row has to say something, although the command could do without
 * @param firstOf what separates several texts, of which only the first counts
 * @param separator of the items of a list
 */
record FieldValue(
        Json constant,
        List<Template> templates,
        boolean areLines,
        Kind kind,
        Optional<String> table,
        boolean onlyIfTableIsFilled,
        Optional<String> otherwise,
        boolean isRequired,
        Optional<String> firstOf,
        String separator) {

    private static final String ELLIPSIS = " […]";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int HASHED = 16;

    /** What a text is to become. */
    enum Kind {
        TEXT,
        HTML,
        ID,
        TIME,
        DATE,
        INTEGER,
        NUMBER,
        LIST,
        NAMES
    }

    /** What is said once for all rows. */
    record Setting(Times times, Tables tables, Numbers numbers) {}

    Stream<Column> columns() {
        return templates.stream().flatMap(template -> template.columns().stream());
    }

    /**
     * The field for a row; nothing, where it is to be left out.
     *
     * @param longest after so many characters a text is cut
     */
    Optional<Object> of(Cells row, Setting setting, OptionalInt longest) throws Unmappable {
        if (constant.isThere()) {
            return Optional.of(constant);
        }
        if (onlyIfTableIsFilled && table.isPresent() && setting.tables.isEmpty(table.get())) {
            return Optional.empty();
        }
        Optional<String> text = text(row);
        if (table.isPresent() && (text.isPresent() || otherwise.isEmpty())) {
            text = text.isPresent() || !onlyIfTableIsFilled
                    ? setting.tables.meaning(table.get(), text.orElse(""))
                    : Optional.empty();
        }
        text = text.or(() -> otherwise);
        if (text.isEmpty() && isRequired) {
            throw new Unmappable("there is nothing");
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(value(text.get(), setting, longest));
    }

    private Optional<String> text(Cells row) {
        List<String> texts = templates.stream()
                .map(template -> template.fill(row))
                .flatMap(Optional::stream)
                .map(text -> kind == Kind.HTML ? Fragment.text(text) : text)
                .map(this::firstOf)
                .filter(text -> !text.isBlank())
                .toList();
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(areLines ? String.join("\n", texts) : texts.get(0));
    }

    private String firstOf(String text) {
        int end = firstOf.map(text::indexOf).orElse(-1);
        return end < 0 ? text : text.substring(0, end).strip();
    }

    private Object value(String text, Setting setting, OptionalInt longest) throws Unmappable {
        try {
            return switch (kind) {
                case TEXT, HTML -> cut(text, longest);
                case ID -> id(text);
                case TIME -> setting.times.time(text);
                case DATE -> setting.times.date(text);
                case INTEGER -> setting.numbers.integer(text);
                case NUMBER -> setting.numbers.number(text);
                case LIST ->
                    Arrays.stream(text.split(Pattern.quote(separator), -1))
                            .map(String::strip)
                            .filter(item -> !item.isEmpty())
                            .toList();
                case NAMES -> names(text);
            };
        } catch (NoTime e) {
            throw new Unmappable(String.valueOf(e.getMessage()));
        }
    }

    private static String cut(String text, OptionalInt longest) {
        if (longest.isEmpty() || text.length() <= longest.getAsInt()) {
            return text;
        }
        int end = longest.getAsInt() - ELLIPSIS.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + ELLIPSIS;
    }

    /** As it is, if it is one of Rapport's; else one that is always the same for this one. */
    private static String id(String text) {
        if (ID.matcher(text).matches()) {
            return text;
        }
        byte[] hash = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
        return "x-" + HexFormat.of().formatHex(hash, 0, HASHED);
    }

    /** The values of a JSON object that has them by id, or of an array. */
    private static List<String> names(String text) throws Unmappable {
        try {
            Json read = Json.read(text.getBytes(StandardCharsets.UTF_8));
            if (read.isObject() || read.isArray()) {
                return Stream.concat(read.fields().values().stream(), read.items().stream())
                        .map(Json::text)
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toUnmodifiableList());
            }
        } catch (MalformedJson e) {
            throw new Unmappable("“" + text + "” is not a list of names in JSON");
        }
        throw new Unmappable("“" + text + "” is not a list of names in JSON");
    }
}
