package dev.rapport.command.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.rapport.command.DomainCommand;
import dev.rapport.events.vocabulary.ManagerId;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Describes what commands say and answer as JSON Schemas: the components of a record, with what their annotations ask for and tell. What
 * several of them use, such as a level, gets a schema with a name.
 */
final class CommandSchema {

    static final String ID_PATTERN = "^[A-Za-z0-9._-]{1,64}$";

    private static final String SCHEMAS = "#/components/schemas/";

    private final Components components;

    CommandSchema(Components components) {
        this.components = components;
    }

    /** The body of a command: every field but those that the path fills, and when it occurred. */
    Schema<?> body(Class<? extends DomainCommand> command, List<String> inPath) {
        Schema<?> schema = object(command, inPath::contains, CommandSchema::isAskedFor);
        schema.setAdditionalProperties(false);
        schema.addProperty(
                "occurredAt",
                string().format("date-time")
                        .description("When it happened in the world; now, if left out. Never in the future."));
        return schema;
    }

    /** The body of what is asked for beside commands. */
    Schema<?> request(Class<? extends Record> type) {
        Schema<?> schema = object(type, _ -> false, CommandSchema::isAskedFor);
        schema.setAdditionalProperties(false);
        return schema;
    }

    /** What is answered: every component is there. */
    Schema<?> answer(Class<? extends Record> type) {
        return object(type, _ -> false, _ -> true);
    }

    /** A schema with a name. */
    static Schema<?> named(String name) {
        return new JsonSchema().$ref(SCHEMAS + name);
    }

    static Schema<Object> typed(String type) {
        Schema<Object> schema = new JsonSchema();
        schema.addType(type);
        return schema;
    }

    static Schema<?> identifier() {
        return string().pattern(ID_PATTERN);
    }

    private Schema<?> object(Class<?> type, Predicate<String> leftOut, Predicate<RecordComponent> required) {
        Schema<?> schema = typed("object");
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName();
            if (leftOut.test(name)) {
                continue;
            }
            Schema<?> value = constrained(value(component.getAnnotatedType(), required), component.getAccessor());
            schema.addProperty(name, described(value, component));
            if (required.test(component)) {
                schema.addRequiredItem(name);
            }
        }
        return schema;
    }

    private Schema<?> value(AnnotatedType annotated, Predicate<RecordComponent> required) {
        if (annotated instanceof AnnotatedParameterizedType list) {
            AnnotatedType element = list.getAnnotatedActualTypeArguments()[0];
            return typed("array").items(constrained(value(element, required), element));
        }
        return scalar((Class<?>) annotated.getType(), required);
    }

    private Schema<?> scalar(Class<?> type, Predicate<RecordComponent> required) {
        if (type == Integer.class) {
            return typed("integer").format("int32");
        }
        if (type == int.class) {
            return typed("integer").format("int32");
        }
        if (type == Instant.class) {
            return string().format("date-time");
        }
        if (type == long.class) {
            return typed("integer").format("int64");
        }
        if (type == BigDecimal.class) {
            return typed("number");
        }
        if (type == Boolean.class || type == boolean.class) {
            return typed("boolean");
        }
        if (type == LocalDate.class) {
            return string().format("date");
        }
        if (type == Currency.class) {
            return string().pattern("^[A-Z]{3}$").description("A code of ISO 4217, such as EUR.");
        }
        if (type.isEnum()) {
            components.addSchemas(type.getSimpleName(), constants(type));
            return named(type.getSimpleName());
        }
        if (type.isRecord() && type.getRecordComponents().length > 1) {
            components.addSchemas(type.getSimpleName(), object(type, _ -> false, required));
            return named(type.getSimpleName());
        }
        if (type == ManagerId.class) {
            return string().minLength(1).maxLength(255);
        }
        return type == String.class ? string() : identifier();
    }

    private static Schema<?> constants(Class<?> type) {
        Schema<Object> schema = string();
        Arrays.stream(type.getEnumConstants()).map(Object::toString).forEach(schema::addEnumItemObject);
        return schema;
    }

    private static Schema<?> constrained(Schema<?> schema, AnnotatedElement element) {
        boolean list = schema.getTypes() != null && schema.getTypes().contains("array");
        Pattern pattern = element.getAnnotation(Pattern.class);
        if (element.isAnnotationPresent(NotBlank.class) || pattern != null) {
            // whatever the Java pattern's dialect is, the only one that commands use says this
            schema.minLength(1).pattern("\\S");
        }
        if (element.isAnnotationPresent(NotEmpty.class)) {
            schema.minItems(1);
        }
        Size size = element.getAnnotation(Size.class);
        if (size != null && list) {
            schema.maxItems(size.max());
        } else if (size != null) {
            schema.maxLength(size.max());
        }
        Min min = element.getAnnotation(Min.class);
        Max max = element.getAnnotation(Max.class);
        if (min != null && max != null) {
            schema.minimum(BigDecimal.valueOf(min.value())).maximum(BigDecimal.valueOf(max.value()));
        }
        DecimalMin least = element.getAnnotation(DecimalMin.class);
        DecimalMax most = element.getAnnotation(DecimalMax.class);
        if (least != null && most != null) {
            schema.minimum(new BigDecimal(least.value())).maximum(new BigDecimal(most.value()));
        }
        return schema;
    }

    private static Schema<?> described(Schema<?> schema, RecordComponent component) {
        JsonPropertyDescription told = component.getAccessor().getAnnotation(JsonPropertyDescription.class);
        Digits digits = component.getAccessor().getAnnotation(Digits.class);
        String description = Stream.of(
                        told != null
                                ? told.value()
                                : component.getName().equals("id")
                                        ? "Chosen by the caller; a UUIDv7, if left out."
                                        : "",
                        schema.getDescription() == null ? "" : schema.getDescription(),
                        digits == null
                                ? ""
                                : "At most %d digits before the decimal point and %d behind it."
                                        .formatted(digits.integer(), digits.fraction()))
                .filter(sentence -> !sentence.isEmpty())
                .reduce("", (all, sentence) -> all.isEmpty() ? sentence : all + " " + sentence);
        return description.isEmpty() ? schema : schema.description(description);
    }

    private static boolean isAskedFor(RecordComponent component) {
        return !component.getName().equals("id")
                && List.of(NotNull.class, NotBlank.class, NotEmpty.class).stream()
                        .anyMatch(component.getAccessor()::isAnnotationPresent);
    }

    private static Schema<Object> string() {
        return typed("string");
    }
}
