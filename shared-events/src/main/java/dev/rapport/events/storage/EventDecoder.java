package dev.rapport.events.storage;

import dev.rapport.events.DomainEvent;
import dev.rapport.events.Provenance;
import dev.rapport.events.StreamName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;

/** Turns stored events into what they say today: through the upcasters, which may make none or several of one, into records. */
final class EventDecoder {

    private final EventSerializer serializer;
    private final EventUpcasterChain upcasters;

    /** Reads every event that was ever stored. */
    static EventDecoder ofToday() {
        return new EventDecoder(new EventSerializer(EventTypes.of(DomainEvent.class)), Upcasters.ALL);
    }

    private EventDecoder(EventSerializer serializer, EventUpcasterChain upcasters) {
        this.serializer = serializer;
        this.upcasters = upcasters;
    }

    EventSerializer serializer() {
        return serializer;
    }

    EventUpcasterChain upcasters() {
        return upcasters;
    }

    List<TrackedEventMessage<?>> messages(StoredEvent event) {
        return EventUtils.upcastAndDeserializeTrackedEvents(
                        Stream.of(new StoredEventData(event)), serializer, upcasters)
                .toList();
    }

    Stream<RecordedEvent> recorded(StoredEvent event) {
        return messages(event).stream().map(message -> recorded(event.position(), (DomainEventMessage<?>) message));
    }

    private RecordedEvent recorded(long position, DomainEventMessage<?> message) {
        var metadata = Map.<String, Object>copyOf(message.getMetaData());
        return new RecordedEvent(
                position,
                message.getIdentifier(),
                new StreamName(message.getAggregateIdentifier()),
                message.getSequenceNumber() + 1,
                serializer.types().nameOf(message.getPayloadType()),
                serializer.types().revisionOf(message.getPayloadType()),
                metadata.get(Provenance.OCCURRED_AT) instanceof String at ? Instant.parse(at) : message.getTimestamp(),
                message.getTimestamp(),
                metadata.get(Provenance.SUBJECT) instanceof String subject ? subject : null,
                metadata,
                (DomainEvent) message.getPayload());
    }
}
