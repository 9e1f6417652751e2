package dev.rapport.query.http;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Describes what queries take and tell as JSON Schemas: the components of a record, of which those that may be null may be absent. Records
 * and enums get schemas with names: that of the class, without {@code View}.
 */
final class ViewSchemas {

    private static final String SCHEMAS = "#/components/schemas/";
    private static final String ID_PATTERN = "^[A-Za-z0-9._-]{1,64}$";
    private static final String VIEW = "View";
    private static final String CONTROLLER = "Controller";

    private final Components components;
    private final Map<String, Type> described = new HashMap<>();

    ViewSchemas(Components components) {
        this.components = components;
    }

    /** The schema of a type, with those of everything in it. */
    Schema<?> of(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            Class<?> raw = (Class<?>) parameterized.getRawType();
            Type argument = parameterized.getActualTypeArguments()[0];
            if (raw == List.class || raw == Iterable.class) {
                return typed("array").items(of(argument));
            }
            return named(nameOf((Class<?>) innermost(argument)) + nameOf(raw), type);
        }
        Class<?> plain = (Class<?>) type;
        return isStructure(plain) ? named(nameOf(plain), plain) : scalar(plain);
    }

    static Schema<?> id() {
        return typed("string").pattern(ID_PATTERN);
    }

    static Schema<Object> typed(String type) {
        Schema<Object> schema = new JsonSchema();
        schema.addType(type);
        return schema;
    }

    /** What is said about a component, if anything is. */
    static Optional<String> description(RecordComponent component) {
        return annotation(component, JsonPropertyDescription.class).map(JsonPropertyDescription::value);
    }

    private Schema<?> named(String name, Type type) {
        Type before = described.putIfAbsent(name, type);
        if (before == null) {
            components.addSchemas(name, structure(type));
        } else if (!before.equals(type)) {
            throw new IllegalStateException(before + " and " + type + " cannot both be described as " + name);
        }
        return new JsonSchema().$ref(SCHEMAS + name);
    }

    private Schema<?> structure(Type type) {
        Class<?> raw = (Class<?>) (type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type);
        if (raw.isEnum()) {
            Schema<Object> choices = typed("string");
            Arrays.stream(raw.getEnumConstants()).map(Object::toString).forEach(choices::addEnumItemObject);
            return choices;
        }
        Schema<?> object = typed("object");
        addComponents(object, type);
        JsonClassDescription description = raw.getAnnotation(JsonClassDescription.class);
        return description == null ? object : object.description(description.value());
    }

    private void addComponents(Schema<?> object, Type type) {
        Class<?> raw = (Class<?>) (type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type);
        for (RecordComponent component : raw.getRecordComponents()) {
            Type value = bound(component.getGenericType(), type);
            if (annotation(component, JsonIgnore.class).isPresent()) {
                continue;
            }
            if (annotation(component, JsonUnwrapped.class).isPresent()) {
                addComponents(object, value);
                continue;
            }
            String name = nameOf(component);
            Schema<?> schema = of(value);
            description(component).ifPresent(schema::setDescription);
            object.addProperty(name, schema);
            if (isAlwaysThere(component)) {
                object.addRequiredItem(name);
            }
        }
    }

    /** What a component is called on the wire. */
    static String nameOf(RecordComponent component) {
        return annotation(component, JsonProperty.class)
                .map(JsonProperty::value)
                .orElse(component.getName());
    }

    /** A component's type, with the variable of a generic record replaced by what stands for it, also within a list. */
    static Type bound(Type component, Type owner) {
        if (!(owner instanceof ParameterizedType parameterized)) {
            return component;
        }
        Type argument = parameterized.getActualTypeArguments()[0];
        return switch (component) {
            case TypeVariable<?> _ -> argument;
            case ParameterizedType list
            when list.getRawType() == List.class && list.getActualTypeArguments()[0] instanceof TypeVariable<?> ->
                new ListOf(argument);
            default -> component;
        };
    }

    private record ListOf(Type element) implements ParameterizedType {

        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {element};
        }

        @Override
        public Type getRawType() {
            return List.class;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return null;
        }
    }

    private static boolean isAlwaysThere(RecordComponent component) {
        boolean mayBeNull = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        boolean mayBeLeftOut = annotation(component, io.swagger.v3.oas.annotations.media.Schema.class)
                .filter(said -> said.requiredMode() == RequiredMode.NOT_REQUIRED)
                .isPresent();
        return !mayBeNull && !mayBeLeftOut;
    }

    private static Schema<?> scalar(Class<?> type) {
        if (type == String.class) {
            return typed("string");
        }
        if (type == boolean.class || type == Boolean.class) {
            return typed("boolean");
        }
        if (type == int.class || type == Integer.class) {
            return typed("integer").format("int32");
        }
        if (type == long.class || type == Long.class) {
            return typed("integer").format("int64");
        }
        if (type == double.class || type == Double.class) {
            return typed("number").format("double");
        }
        if (type == BigDecimal.class) {
            return typed("number");
        }
        if (type == Instant.class) {
            return typed("string").format("date-time");
        }
        if (type == LocalDate.class) {
            return typed("string").format("date");
        }
        if (type == Currency.class) {
            return typed("string").pattern("^[A-Z]{3}$");
        }
        if (isId(type)) {
            return id();
        }
        if (JsonNode.class.isAssignableFrom(type)) {
            return typed("object").additionalProperties(true);
        }
        throw new IllegalStateException("nothing says how " + type + " is described: make it a record, or extend this");
    }

    static boolean isStructure(Class<?> type) {
        return type.isEnum() || (type.isRecord() && !isId(type));
    }

    private static boolean isId(Class<?> type) {
        return type.isRecord()
                && type.getRecordComponents().length == 1
                && type.getRecordComponents()[0].getType() == String.class;
    }

    private static String nameOf(Class<?> type) {
        String name = withoutView(type.getSimpleName());
        Class<?> enclosing = type.getEnclosingClass();
        if (enclosing == null || enclosing.isInterface()) {
            return name;
        }
        String simple = enclosing.getSimpleName();
        String of = simple.endsWith(CONTROLLER)
                ? simple.substring(0, simple.length() - CONTROLLER.length())
                : withoutView(simple);
        return of + name;
    }

    private static String withoutView(String name) {
        return name.endsWith(VIEW) ? name.substring(0, name.length() - VIEW.length()) : name;
    }

    private static Type innermost(Type type) {
        return type instanceof ParameterizedType parameterized
                ? innermost(parameterized.getActualTypeArguments()[0])
                : type;
    }

    static <A extends Annotation> Optional<A> annotation(RecordComponent component, Class<A> type) {
        return Optional.ofNullable(component.getAccessor().getAnnotation(type))
                .or(() -> Optional.ofNullable(component.getAnnotation(type)));
    }
}
