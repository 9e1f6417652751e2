package dev.rapport.command.http;

import dev.rapport.command.DomainCommand;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Set;

/** Describes the body of a command as a JSON Schema: the components of its record, with what their annotations ask for. */
final class CommandSchema {

    static final String ID_PATTERN = "^[A-Za-z0-9._-]{1,64}$";

    /** The body of a command: every field but those that the path fills, and when it occurred. */
    static Schema<?> body(Class<? extends DomainCommand> command, Set<String> inPath) {
        Schema<?> schema = object(command, inPath);
        schema.addProperty(
                "occurredAt",
                string().format("date-time")
                        .description("When it happened in the world; now, if left out. Never in the future."));
        return schema;
    }

    private static Schema<?> object(Class<?> type, Set<String> leftOut) {
        Schema<?> schema = typed("object").additionalProperties(false);
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName();
            if (leftOut.contains(name)) {
                continue;
            }
            schema.addProperty(name, constrained(value(component.getAnnotatedType()), component));
            if (isRequired(component) && !name.equals("id")) {
                schema.addRequiredItem(name);
            }
        }
        return schema;
    }

    private static Schema<?> value(AnnotatedType annotated) {
        if (annotated instanceof AnnotatedParameterizedType list) {
            AnnotatedType element = list.getAnnotatedActualTypeArguments()[0];
            return typed("array").items(constrained(value(element), element));
        }
        return scalar((Class<?>) annotated.getType());
    }

    private static Schema<?> scalar(Class<?> type) {
        if (type == Integer.class) {
            return typed("integer").format("int32");
        }
        if (type == BigDecimal.class) {
            return typed("number");
        }
        if (type == Boolean.class) {
            return typed("boolean");
        }
        if (type == LocalDate.class) {
            return string().format("date");
        }
        if (type == Currency.class) {
            return string().pattern("^[A-Z]{3}$").description("A currency of ISO 4217.");
        }
        if (type.isEnum()) {
            return constants(type);
        }
        if (type.isRecord() && type.getRecordComponents().length > 1) {
            return object(type, Set.of());
        }
        return type == String.class ? string() : identifier(type);
    }

    private static Schema<?> identifier(Class<?> type) {
        return type.getSimpleName().equals("ManagerId")
                ? string().minLength(1).maxLength(255).description("The manager's subject.")
                : string().pattern(ID_PATTERN);
    }

    private static Schema<?> constants(Class<?> type) {
        Schema<Object> schema = string();
        Arrays.stream(type.getEnumConstants()).map(Object::toString).forEach(schema::addEnumItemObject);
        return schema;
    }

    private static Schema<?> constrained(Schema<?> schema, AnnotatedElement element) {
        boolean list = schema.getTypes() != null && schema.getTypes().contains("array");
        if (element.isAnnotationPresent(NotBlank.class)) {
            schema.minLength(1);
        }
        if (element.isAnnotationPresent(NotEmpty.class)) {
            schema.minItems(1);
        }
        Size size = element.getAnnotation(Size.class);
        if (size != null && list) {
            schema.maxItems(size.max());
        } else if (size != null) {
            schema.maxLength(size.max());
            if (size.min() > 0) {
                schema.minLength(size.min());
            }
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

    private static boolean isRequired(RecordComponent component) {
        return List.of(NotNull.class, NotBlank.class, NotEmpty.class).stream().anyMatch(component::isAnnotationPresent);
    }

    private static Schema<Object> string() {
        return typed("string");
    }

    private static Schema<Object> typed(String type) {
        Schema<Object> schema = new JsonSchema();
        schema.addType(type);
        return schema;
    }

    private CommandSchema() {}
}
