package dev.rapport.client.csv;

import static dev.rapport.client.failure.Exit.FILE;

import dev.rapport.client.csv.FieldValue.Kind;
import dev.rapport.client.csv.Template.Column;
import dev.rapport.client.failure.ClientFailure;
import dev.rapport.client.json.Json;
import dev.rapport.client.json.Json.MalformedJson;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what is written in a mapping file, and refuses what it does not know, so that a typing error is never silently dropped. */
final class MappingFile {

    private static final Set<String> KEYS = Set.of(
            "about", "zone", "dateFormats", "decimalSeparator", "guarded", "columns", "tables", "passOver", "commands");
    private static final Set<String> KEYS_OF_RULES = Set.of("when", "because");
    private static final Set<String> KEYS_OF_COMMANDS = Set.of("command", "when", "unless", "fields");
    private static final Set<String> KEYS_OF_FIELDS = Set.of(
            "value",
            "first",
            "lines",
            "as",
            "table",
            "ifTableIsFilled",
            "otherwise",
            "required",
            "firstOf",
            "separator");

    private final String name;
    private final Json root;

    /**
     * Reads a file.
     *
     * @param name that it is spoken of by
     */
    MappingFile(String name, byte[] text) {
        this.name = name;
        try {
            this.root = Json.readLenient(text);
        } catch (MalformedJson e) {
            throw new ClientFailure(FILE, "the mapping " + name + " is no JSON: " + e.where(), e);
        }
        require(root.isObject(), "it is not an object");
        requireKnown(root, KEYS, "it");
        require(root.get("commands").isArray() && !root.get("commands").items().isEmpty(), "it makes no commands");
    }

    ClientFailure wrong(String why) {
        return new ClientFailure(FILE, "the mapping " + name + " can't be used: " + why);
    }

    private void require(boolean holds, String why) {
        if (!holds) {
            throw wrong(why);
        }
    }

    private void requireKnown(Json object, Set<String> keys, String whose) {
        require(object.isObject(), whose + " is not an object");
        object.fields()
                .keySet()
                .forEach(key -> require(
                        keys.contains(key),
                        whose + " has “" + key + "”, where only "
                                + keys.stream().sorted().collect(Collectors.joining(", ")) + " are known"));
    }

    String about() {
        return root.get("about").text();
    }

    Optional<String> zone() {
        return text(root, "zone");
    }

    List<String> dateFormats() {
        return texts(root.get("dateFormats"), "dateFormats");
    }

    Numbers numbers() {
        Optional<String> separator = text(root, "decimalSeparator");
        require(
                separator.isEmpty()
                        || separator.get().equals(".")
                        || separator.get().equals(","),
                "decimalSeparator is a point or a comma");
        return new Numbers(separator.map(said -> said.charAt(0)));
    }

    boolean isGuarded() {
        return flag(root, "guarded");
    }

    /** The names that a column may have in the file, by its name in the mapping. */
    Map<String, List<String>> columns() {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        root.get("columns").fields().forEach((column, names) -> columns.put(column, texts(names, "columns/" + column)));
        return columns;
    }

    Tables tables() {
        Map<String, Map<String, String>> tables = new LinkedHashMap<>();
        root.get("tables").fields().forEach((table, meanings) -> {
            require(meanings.isObject(), "the table " + table + " is not an object");
            Map<String, String> read = new LinkedHashMap<>();
            meanings.fields().forEach((value, meaning) -> read.put(value, meaning.text()));
            tables.put(table, read);
        });
        return new Tables(tables);
    }

    /** Why rows are passed over, by the condition, in order. */
    Map<Condition, String> passOver() {
        Map<Condition, String> rules = new LinkedHashMap<>();
        for (Json rule : root.get("passOver").items()) {
            requireKnown(rule, KEYS_OF_RULES, "a rule of passOver");
            Condition when = condition(rule.get("when"));
            require(!when.isEmpty(), "a rule of passOver has no “when”");
            rules.put(
                    when, text(rule, "because").orElseThrow(() -> wrong("a rule of passOver does not say “because”")));
        }
        return rules;
    }

    List<CommandTemplate> commands(Tables tables) {
        return root.get("commands").items().stream()
                .map(command -> command(command, tables))
                .toList();
    }

    private CommandTemplate command(Json command, Tables tables) {
        requireKnown(command, KEYS_OF_COMMANDS, "a command");
        String named = text(command, "command").orElseThrow(() -> wrong("a command has no name"));
        Map<String, FieldValue> fields = new LinkedHashMap<>();
        command.get("fields")
                .fields()
                .forEach((field, value) -> fields.put(field, field(named + "/" + field, value, tables)));
        return new CommandTemplate(named, condition(command.get("when")), condition(command.get("unless")), fields);
    }

    private Condition condition(Json when) {
        Map<Column, List<String>> values = new LinkedHashMap<>();
        when.fields().forEach((column, listed) -> values.put(Column.named(column), texts(listed, "when/" + column)));
        return new Condition(values);
    }

    private FieldValue field(String field, Json value, Tables tables) {
        if (value.isNumber() || value.isBoolean()) {
            return plain(value, List.of());
        }
        if (value.isString()) {
            return plain(Json.MISSING, List.of(Template.of(value.text())));
        }
        requireKnown(value, KEYS_OF_FIELDS, field);
        List<String> sources = List.of("value", "first", "lines").stream()
                .filter(key -> value.get(key).isThere())
                .toList();
        require(sources.size() == 1, field + " comes from one of value, first and lines");
        Optional<String> table = text(value, "table");
        table.ifPresent(name -> require(tables.has(name), field + " names the table " + name + ", which there is not"));
        return new FieldValue(
                Json.MISSING,
                texts(value.get(sources.get(0)), field).stream()
                        .map(Template::of)
                        .toList(),
                sources.get(0).equals("lines"),
                kind(field, text(value, "as").orElse("text")),
                table,
                flag(value, "ifTableIsFilled"),
                text(value, "otherwise"),
                flag(value, "required"),
                text(value, "firstOf"),
                text(value, "separator").orElse(";"));
    }

    private static FieldValue plain(Json constant, List<Template> templates) {
        return new FieldValue(
                constant,
                templates,
                false,
                Kind.TEXT,
                Optional.empty(),
                false,
                Optional.empty(),
                false,
                Optional.empty(),
                ";");
    }

    private Kind kind(String field, String as) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(as))
                .findFirst()
                .orElseThrow(() -> wrong(field + " is to be “" + as + "”, which is none of "
                        + Arrays.stream(Kind.values())
                                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }

    private boolean flag(Json object, String key) {
        require(!object.get(key).isThere() || object.get(key).isBoolean(), key + " is true or false");
        return object.get(key).isTrue();
    }

    private Optional<String> text(Json object, String key) {
        require(!object.get(key).isThere() || object.get(key).isString(), key + " is not a text");
        return object.get(key).isThere() ? Optional.of(object.get(key).text()) : Optional.empty();
    }

    private List<String> texts(Json value, String key) {
        if (value.isString()) {
            return List.of(value.text());
        }
        require(
                !value.isThere() || (value.isArray() && value.items().stream().allMatch(Json::isString)),
                key + " is neither a text nor a list of texts");
        return value.items().stream().map(Json::text).toList();
    }
}
