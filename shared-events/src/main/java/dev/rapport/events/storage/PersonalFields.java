package dev.rapport.events.storage;

import dev.rapport.events.Personal;
import dev.rapport.events.Personal.KeyOf;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;

/**
 * Writes what is marked as {@link Personal} enclosed, each text by itself, and nothing of it in clear: without somebody to enclose it, the
 * event cannot be written at all.
 */
final class PersonalFields extends ValueSerializerModifier {

    private static final long serialVersionUID = 1;

    @Override
    public List<BeanPropertyWriter> changeProperties(
            SerializationConfig config, BeanDescription.Supplier bean, List<BeanPropertyWriter> properties) {
        for (BeanPropertyWriter property : properties) {
            Personal personal = property.getAnnotation(Personal.class);
            if (personal != null) {
                property.assignSerializer(new Writer(personal.value()));
            }
        }
        return properties;
    }

    private static final ClassValue<Boolean> ARE_IN = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return type.isRecord()
                    && Arrays.stream(type.getRecordComponents())
                            .anyMatch(component ->
                                    component.isAnnotationPresent(Personal.class) || areIn(component.getType()));
        }
    };

    /** Whether events of a type can have any. */
    static boolean areIn(Class<?> type) {
        return ARE_IN.get(type);
    }

    private static final class Writer extends ValueSerializer<Object> {

        private final KeyOf keyOf;

        Writer(KeyOf keyOf) {
            this.keyOf = keyOf;
        }

        @Override
        public void serialize(Object value, JsonGenerator json, SerializationContext context) {
            if (!(context.getAttribute(Enclosing.class) instanceof Enclosing enclosing)) {
                throw new IllegalStateException("personal data is written by the event log only, and never in clear");
            }
            switch (value) {
                case String text -> write(text, json, enclosing);
                case List<?> texts -> {
                    json.writeStartArray();
                    texts.forEach(text -> write((String) text, json, enclosing));
                    json.writeEndArray();
                }
                default -> throw new IllegalStateException("only texts can be personal, not " + value.getClass());
            }
        }

        private void write(String text, JsonGenerator json, Enclosing enclosing) {
            json.writeStartObject();
            json.writeStringProperty(EnclosedText.PROPERTY, enclosing.enclosed(keyOf, text));
            json.writeEndObject();
        }
    }
}
