package dev.rapport.events.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rapport.events.DomainEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * The form that events and their metadata are stored in: JSON under the event's own name and revision. The same event always gives the same bytes, but for what is {@link dev.rapport.events.Personal}, which is encrypted; and every byte of it is public: it changes only by
 * a new revision with an upcaster.
 */
public final class EventSerializer extends Jackson3Serializer {

    private static final String META_DATA = MetaData.class.getName();

    private final EventTypes types;
    private final NewerVersion newer = new NewerVersion();

    /** To make one takes longer than to read an event. */
    private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

    public EventSerializer(EventTypes types) {
        super(builder().jsonMapperBuilderCustomizer(EventSerializer::storedForm));
        this.types = types;
    }

    private static void storedForm(JsonMapper.Builder json) {
        json.changeDefaultPropertyInclusion(inclusion -> inclusion
                        .withValueInclusion(JsonInclude.Include.NON_NULL)
                        .withContentInclusion(JsonInclude.Include.NON_NULL))
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY) // in the order of the record
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
                // While nodes are upgraded one by one, an older one reads events to which a newer one added a field. It
                // does not
                // need the field, but it would lose the event. (What changes an event's meaning takes a new revision
                // instead.)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // upcasters must not touch a digit of the numbers that they pass on
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .addModule(new SimpleModule("personal fields").setSerializerModifier(new PersonalFields()));
    }

    public EventTypes types() {
        return types;
    }

    /** The stored form of an event that has no personal texts. */
    byte[] form(Object event) {
        return getWriter().writeValueAsBytes(event);
    }

    /** What was met that only a newer version can read. */
    NewerVersion newer() {
        return newer;
    }

    /** The stored form of an event, whose personal texts are closed by who has the keys. */
    byte[] form(Object event, Enclosing enclosing) {
        return getWriter().withAttribute(Enclosing.class, enclosing).writeValueAsBytes(event);
    }

    /** Reads an event that is stored in the revision of today. */
    DomainEvent read(byte[] payload, String name, String revision) {
        try {
            return readers.computeIfAbsent(classOf(name, revision), this::getReader)
                    .readValue(payload);
        } catch (JacksonException unreadable) {
            throw met(new UnknownEventException(name, revision, unreadable));
        }
    }

    private Class<?> classOf(String name, @Nullable String revision) {
        try {
            return types.classOf(name, revision);
        } catch (UnknownEventException unknown) {
            throw met(unknown);
        }
    }

    private UnknownEventException met(UnknownEventException unknown) {
        newer.met(String.valueOf(unknown.getMessage()));
        return unknown;
    }

    /** As Axon reads an event, when somebody wants to know what it says. */
    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // as Axon declares it
    public <S, T> T deserialize(SerializedObject<S> stored) {
        try {
            return super.deserialize(stored);
        } catch (UnknownEventException unknown) {
            throw unknown;
        } catch (SerializationException unreadable) {
            SerializedType type = stored.getType();
            if (META_DATA.equals(type.getName())) {
                throw unreadable;
            }
            throw met(new UnknownEventException(type.getName(), type.getRevision(), unreadable));
        }
    }

    /** Reads metadata, which cannot be changed then. */
    Map<String, Object> readMetadata(byte[] metadata) {
        try (JsonParser json = getObjectMapper().createParser(metadata)) {
            Map<String, Object> values = new HashMap<>();
            boolean plain = json.nextToken() == JsonToken.START_OBJECT;
            while (plain && json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                plain = json.nextToken() == JsonToken.VALUE_STRING;
                values.put(name, json.getString());
            }
            return plain ? Map.copyOf(values) : readAnyMetadata(metadata);
        } catch (JacksonException unreadable) {
            throw new SerializationException("the metadata of a stored event cannot be read", unreadable);
        }
    }

    /** Metadata that is more than texts. */
    private Map<String, Object> readAnyMetadata(byte[] metadata) {
        return Map.copyOf(getReader(MetaData.class).<MetaData>readValue(metadata));
    }

    @Override
    @SuppressWarnings("rawtypes") // as Axon declares it
    public SerializedType typeForClass(@Nullable Class type) {
        if (type == null || type == Void.class || MetaData.class.isAssignableFrom(type)) {
            return super.typeForClass(type);
        }
        return new SimpleSerializedType(types.nameOf(type), types.revisionOf(type));
    }

    /** Never Axon's {@code UnknownSerializedType}, which would let an event pass unseen by those who should handle it. */
    @Override
    public Class<?> classForType(SerializedType type) {
        if (type.equals(SerializedType.emptyType())) {
            return Void.class;
        }
        return META_DATA.equals(type.getName()) ? MetaData.class : classOf(type.getName(), type.getRevision());
    }
}
