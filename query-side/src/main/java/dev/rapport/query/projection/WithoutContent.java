package dev.rapport.query.projection;

import dev.rapport.events.DomainEvent;
import dev.rapport.events.storage.EventSerializer;
import dev.rapport.events.storage.EventTypes;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;

/**
 * Keeps of an event what it is called, and nothing of what it says. That stands in the log, where it is encrypted, and whoever deals with the event
 * reads it there: so a dead letter never outlives what was erased.
 */
final class WithoutContent implements Serializer {

    private final Serializer events = new EventSerializer(EventTypes.of(DomainEvent.class));

    @Override
    public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> representation) {
        return object instanceof DomainEvent event
                ? new SimpleSerializedObject<>(
                        representation.cast(new byte[0]), representation, events.typeForClass(event.getClass()))
                : events.serialize(object, representation);
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> representation) {
        return representation == byte[].class;
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // as Axon declares it
    public <S, T> T deserialize(SerializedObject<S> stored) {
        return events.deserialize(stored);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Axon declares it
    public Class classForType(SerializedType type) {
        return events.classForType(type);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Axon declares it
    public SerializedType typeForClass(@Nullable Class type) {
        return events.typeForClass(type);
    }

    @Override
    public Converter getConverter() {
        return events.getConverter();
    }
}
