package dev.rapport.command.intake;

import dev.rapport.command.intake.MalformedCommand.Fault;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the fields of a command by the types of its record's components. Data binding proper stops at the first fault; people who fill in
 * a form want to hear of all of them, so this reads on and collects.
 */
final class FieldReader {

    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(9999, 12, 31);

    private static final int LONGEST_NUMBER = 1_000;

    private final List<Fault> faults = new ArrayList<>();

    List<Fault> faults() {
        return faults;
    }

    /** Reads a record; what could not be read is null in it, and a fault. */
    <R> R record(Class<R> type, ObjectNode fields, String pointer) {
        RecordComponent[] components = type.getRecordComponents();
        Set<String> known =
                Arrays.stream(components).map(RecordComponent::getName).collect(Collectors.toSet());
        fields.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> fault(pointer + "/" + escape(name), "there is no such field"));
        @Nullable
        Object[] values = Arrays.stream(components)
                .map(component -> value(
                        component.getGenericType(),
                        fields.get(component.getName()),
                        pointer + "/" + component.getName()))
                .toArray();
        return create(type, components, values);
    }

    /** Reads a time, RFC 3339 with an offset; null if absent or at fault. */
    @Nullable
    OffsetDateTime time(@Nullable JsonNode node, String pointer) {
        if (node == null || node.isNull()) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(node.isString() ? node.stringValue() : "");
            if (time.getYear() >= EARLIEST.getYear() && time.getYear() <= LATEST.getYear()) {
                return time;
            }
        } catch (DateTimeException notATime) {
            // told below, like a time out of range
        }
        return fault(pointer, "must be a time with an offset, such as 2026-03-31T09:30:00Z");
    }

    private @Nullable Object value(Type type, @Nullable JsonNode node, String pointer) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (type instanceof ParameterizedType list) {
            return node instanceof ArrayNode array
                    ? list(list.getActualTypeArguments()[0], array, pointer)
                    : fault(pointer, "must be a list");
        }
        return scalar((Class<?>) type, node, pointer);
    }

    private List<@Nullable Object> list(Type elements, ArrayNode array, String pointer) {
        List<@Nullable Object> list = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            list.add(value(elements, array.get(i), pointer + "/" + i));
        }
        return list;
    }

    private @Nullable Object scalar(Class<?> type, JsonNode node, String pointer) {
        if (type == Integer.class) {
            return node.isIntegralNumber() && node.canConvertToInt()
                    ? (Object) node.intValue()
                    : fault(pointer, "must be a whole number");
        }
        if (type == BigDecimal.class) {
            return node.isNumber() && isSensible(node.decimalValue())
                    ? node.decimalValue()
                    : fault(pointer, "must be a number");
        }
        if (type == Boolean.class) {
            return node.isBoolean() ? (Object) node.booleanValue() : fault(pointer, "must be true or false");
        }
        if (type.isRecord() && !isWrittenAsText(type)) {
            return node instanceof ObjectNode fields
                    ? record(type, fields, pointer)
                    : fault(pointer, "must be an object");
        }
        return node.isString() ? text(type, node.stringValue(), pointer) : fault(pointer, "must be a text");
    }

    private @Nullable Object text(Class<?> type, String text, String pointer) {
        if (!isStorable(text)) {
            return fault(pointer, "contains U+0000 or half of a surrogate pair, which no text may");
        }
        if (type == String.class) {
            return text;
        }
        if (type == LocalDate.class) {
            return date(text, pointer);
        }
        if (type == Currency.class) {
            return currency(text, pointer);
        }
        if (type.isEnum()) {
            return constant(type, text, pointer);
        }
        return identifier(type, text, pointer);
    }

    private @Nullable LocalDate date(String text, String pointer) {
        try {
            LocalDate date = LocalDate.parse(text);
            if (!date.isBefore(EARLIEST) && !date.isAfter(LATEST)) {
                return date;
            }
        } catch (DateTimeException notADate) {
            // told below, like a date out of range
        }
        return fault(pointer, "must be a date of the years 1900 to 9999, such as 2026-03-31");
    }

    private @Nullable Currency currency(String text, String pointer) {
        try {
            return Currency.getInstance(text);
        } catch (IllegalArgumentException unknown) {
            return fault(pointer, "must be a currency code of ISO 4217, such as EUR");
        }
    }

    private @Nullable Object constant(Class<?> type, String text, String pointer) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(text)) {
                return constant;
            }
        }
        return fault(
                pointer,
                Arrays.stream(type.getEnumConstants())
                        .map(Object::toString)
                        .collect(Collectors.joining(", ", "must be one of ", "")));
    }

    private @Nullable Object identifier(Class<?> type, String text, String pointer) {
        try {
            return type.getDeclaredConstructor(String.class).newInstance(text);
        } catch (InvocationTargetException refused) {
            return fault(pointer, String.valueOf(refused.getTargetException().getMessage()));
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(type + " is not an id", impossible);
        }
    }

    private static <R> R create(Class<R> type, RecordComponent[] components, @Nullable Object[] values) {
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(type + " cannot be made of its own components", impossible);
        }
    }

    /** Whether arithmetic on it can't run out of memory or bounds: the constraints of the field come after. */
    private static boolean isSensible(BigDecimal number) {
        return Math.abs((long) number.scale()) <= LONGEST_NUMBER && number.precision() <= LONGEST_NUMBER;
    }

    private static boolean isWrittenAsText(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        return components.length == 1 && components[0].getType() == String.class;
    }

    private static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // null is of every type
    private <T> @Nullable T fault(String pointer, String detail) {
        faults.add(new Fault(pointer, detail));
        return null;
    }
}
