package dev.rapport.client.api;

import dev.rapport.client.json.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The form of a command as an import line, as far as the OpenAPI document tells it. Rapport may refuse for other reasons, which need its events. */
public final class CommandForm {

    /** Everything that a schema of a command may say and that is checked here; the rest is for reading. */
    static final Set<String> CHECKED = Set.of(
            "$ref",
            "type",
            "properties",
            "required",
            "additionalProperties",
            "enum",
            "minLength",
            "maxLength",
            "pattern",
            "format",
            "minimum",
            "maximum",
            "items",
            "minItems",
            "maxItems");

    private static final String COMMAND = "command";

    private final String name;
    private final Map<String, Json> ids;
    private final Json schema;
    private final ApiDocument document;

    CommandForm(String name, Map<String, Json> ids, Json schema, ApiDocument document) {
        this.name = name;
        this.ids = Collections.unmodifiableMap(new LinkedHashMap<>(ids));
        this.schema = schema;
        this.document = document;
    }

    /** Something that is wrong with a command, and the pointer of the field. */
    public record Fault(String pointer, String detail) {}

    public String name() {
        return name;
    }

    Json schema() {
        return schema;
    }

    /** Whether a command of this name has such a field. */
    public boolean has(String field) {
        return ids.containsKey(field) || schema.get("properties").get(field).isThere();
    }

    /** The fields that have to be there. */
    public Set<String> required() {
        return Stream.concat(
                        ids.keySet().stream(),
                        schema.get("required").items().stream().map(Json::text))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** How many characters a field takes, if it takes only so many. */
    public OptionalInt longest(String field) {
        Json longest = document.followed(schema.get("properties").get(field)).get("maxLength");
        return longest.isThere() ? OptionalInt.of((int) longest.asLong()) : OptionalInt.empty();
    }

    /**
     * Everything that is wrong with the form of a line.
     *
     * @param now what is later than now can't have occurred
     */
    public List<Fault> faults(Json line, Instant now) {
        List<Fault> faults = new ArrayList<>();
        ids.forEach((id, form) -> {
            if (line.get(id).isThere()) {
                check(line.get(id), form, "/" + id, faults);
            } else {
                faults.add(new Fault("/" + id, "must be there"));
            }
        });
        checkObject(line, schema, "", faults);
        if (occursAfter(line, now)) {
            faults.add(new Fault("/occurredAt", "may be in the past, but not in the future"));
        }
        return faults;
    }

    private static boolean occursAfter(Json line, Instant now) {
        try {
            return line.get("occurredAt").isString()
                    && OffsetDateTime.parse(line.get("occurredAt").text())
                            .toInstant()
                            .isAfter(now);
        } catch (DateTimeException toldAlready) {
            return false;
        }
    }

    private void checkObject(Json object, Json form, String pointer, List<Fault> faults) {
        for (Json required : form.get("required").items()) {
            if (!object.get(required.text()).isThere()) {
                faults.add(new Fault(pointer + "/" + required.text(), "must be there"));
            }
        }
        Map<String, Json> properties = form.get("properties").fields();
        object.fields().forEach((field, value) -> {
            if (properties.containsKey(field)) {
                if (value.isThere()) {
                    check(value, properties.get(field), pointer + "/" + field, faults);
                }
            } else if (!isOfTheLine(pointer, field)) {
                faults.add(new Fault(pointer + "/" + field, "is no field of " + name));
            }
        });
    }

    private boolean isOfTheLine(String pointer, String field) {
        return pointer.isEmpty() && (field.equals(COMMAND) || ids.containsKey(field));
    }

    private void check(Json value, Json reference, String pointer, List<Fault> faults) {
        Json form = document.followed(reference);
        String type = form.get("type").text();
        boolean isOfType = switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" ->
                value.isNumber() && value.number().stripTrailingZeros().scale() <= 0;
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> throw new IllegalStateException("the OpenAPI document has a type that is new: " + type);
        };
        if (!isOfType) {
            faults.add(new Fault(pointer, "must be " + (type.matches("[aeio].*") ? "an " : "a ") + type));
        } else if (type.equals("object")) {
            checkObject(value, form, pointer, faults);
        } else if (type.equals("array")) {
            checkItems(value, form, pointer, faults);
        } else if (type.equals("string")) {
            checkText(value.text(), form, pointer, faults);
        } else {
            checkNumber(value.number(), form, pointer, faults);
        }
    }

    private void checkItems(Json array, Json form, String pointer, List<Fault> faults) {
        int size = array.items().size();
        if (form.get("maxItems").isThere() && size > form.get("maxItems").asLong()) {
            faults.add(new Fault(
                    pointer,
                    "has " + size + " items, and " + form.get("maxItems").text() + " are the most"));
        }
        if (size < form.get("minItems").asLong()) {
            faults.add(new Fault(pointer, "must have items"));
        }
        for (int i = 0; i < size; i++) {
            check(array.items().get(i), form.get("items"), pointer + "/" + i, faults);
        }
    }

    private static void checkText(String text, Json form, String pointer, List<Fault> faults) {
        int length = text.length();
        Json values = form.get("enum");
        if (values.isThere()
                && values.items().stream().noneMatch(value -> value.text().equals(text))) {
            faults.add(new Fault(
                    pointer,
                    "must be one of " + values.items().stream().map(Json::text).collect(Collectors.joining(", "))));
        } else if (length < form.get("minLength").asLong() || isBlankWhereItMayNot(text, form)) {
            faults.add(new Fault(pointer, "must not be blank"));
        } else if (form.get("maxLength").isThere()
                && length > form.get("maxLength").asLong()) {
            faults.add(new Fault(
                    pointer,
                    "has " + length + " characters, and "
                            + form.get("maxLength").text() + " are the most"));
        } else if (form.get("pattern").isThere()
                && !Pattern.compile(form.get("pattern").text()).matcher(text).find()) {
            faults.add(new Fault(pointer, "must match " + form.get("pattern").text()));
        } else {
            checkFormat(text, form.get("format").text(), pointer, faults);
        }
    }

    private static boolean isBlankWhereItMayNot(String text, Json form) {
        return form.get("pattern").text().equals("\\S") && text.isBlank();
    }

    private static void checkFormat(String text, String format, String pointer, List<Fault> faults) {
        try {
            if (format.equals("date")) {
                LocalDate.parse(text);
            } else if (format.equals("date-time")) {
                OffsetDateTime.parse(text);
            }
        } catch (DateTimeException e) {
            faults.add(new Fault(
                    pointer,
                    format.equals("date")
                            ? "must be a date such as 2026-11-27"
                            : "must be a time with an offset, such as 2026-11-27T18:30:00Z"));
        }
    }

    private static void checkNumber(BigDecimal number, Json form, String pointer, List<Fault> faults) {
        if (form.get("minimum").isThere()
                && number.compareTo(form.get("minimum").number()) < 0) {
            faults.add(
                    new Fault(pointer, "must be at least " + form.get("minimum").text()));
        }
        if (form.get("maximum").isThere()
                && number.compareTo(form.get("maximum").number()) > 0) {
            faults.add(
                    new Fault(pointer, "must be at most " + form.get("maximum").text()));
        }
    }
}
