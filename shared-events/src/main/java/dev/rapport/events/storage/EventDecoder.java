package dev.rapport.events.storage;

import dev.rapport.events.DomainEvent;
import dev.rapport.events.IsoTime;
import dev.rapport.events.Provenance;
import dev.rapport.events.StreamName;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;

/** Turns stored events into what they say today: through the upcasters, which may make none or several of one, into records. */
final class EventDecoder {

    private final EventSerializer serializer;
    private final EventUpcasterChain upcasters;

    private final Opening opening;

    /** Gives stored events their personal texts back, each of them and in their order. */
    interface Opening {
        List<StoredEvent> opened(List<StoredEvent> events);
    }

    /** Reads every event that was ever stored. */
    static EventDecoder ofToday(Opening opening) {
        return new EventDecoder(new EventSerializer(EventTypes.of(DomainEvent.class)), Upcasters.ALL, opening);
    }

    private EventDecoder(EventSerializer serializer, EventUpcasterChain upcasters, Opening opening) {
        this.opening = opening;
        this.serializer = serializer;
        this.upcasters = upcasters;
    }

    EventSerializer serializer() {
        return serializer;
    }

    EventUpcasterChain upcasters() {
        return upcasters;
    }

    List<TrackedEventMessage<?>> messages(List<StoredEvent> events) {
        return opening.opened(events).stream()
                .flatMap(event -> decoded(event).stream())
                .toList();
    }

    /**
     * What stored events say today. Nearly all of a log is of today's revisions: no upcaster has a say in those, so they are read straight into
     * their records, in a third of the time that Axon's messages and chains of upcasters take.
     */
    List<RecordedEvent> recorded(List<StoredEvent> events) {
        return said(opening.opened(events));
    }

    /** As said by {@link EventLog#recorded(List, Set)}. */
    List<RecordedEvent> recorded(List<StoredEvent> events, Set<Class<? extends DomainEvent>> textsOf) {
        Iterator<StoredEvent> opened = opening.opened(events.stream()
                        .filter(event -> mayTellBy(event, textsOf))
                        .toList())
                .iterator();
        return said(events.stream()
                .map(event -> mayTellBy(event, textsOf) ? opened.next() : event.leftClosed())
                .toList());
    }

    private List<RecordedEvent> said(List<StoredEvent> events) {
        List<RecordedEvent> recorded = new ArrayList<>(events.size());
        for (StoredEvent event : events) {
            try {
                if (serializer.types().isOfToday(event.eventType(), event.revision())) {
                    recorded.add(ofToday(event));
                } else {
                    decoded(event)
                            .forEach(message ->
                                    recorded.add(recorded(event.position(), (DomainEventMessage<?>) message)));
                }
            } catch (UnknownEventException unknown) {
                throw unknown.at(event);
            }
        }
        return recorded;
    }

    /** What an earlier revision is read as today, only its upcaster knows. */
    private boolean mayTellBy(StoredEvent event, Set<Class<? extends DomainEvent>> types) {
        return !serializer.types().isOfToday(event.eventType(), event.revision())
                || types.contains(serializer.types().classOf(event.eventType(), event.revision()));
    }

    private RecordedEvent ofToday(StoredEvent event) {
        Map<String, Object> metadata = serializer.readMetadata(event.metadata());
        return new RecordedEvent(
                event.position(),
                event.eventId(),
                new StreamName(event.stream()),
                event.sequenceNumber() + 1,
                event.eventType(),
                event.revision(),
                metadata.get(Provenance.OCCURRED_AT) instanceof String at ? IsoTime.read(at) : event.recordedAt(),
                event.recordedAt(),
                metadata.get(Provenance.SUBJECT) instanceof String subject ? subject : null,
                metadata,
                serializer.read(event.payload(), event.eventType(), event.revision()));
    }

    private List<TrackedEventMessage<?>> decoded(StoredEvent event) {
        try {
            return EventUtils.upcastAndDeserializeTrackedEvents(
                            Stream.of(new StoredEventData(event)), serializer, upcasters)
                    .<TrackedEventMessage<?>>map(message -> message)
                    .toList();
        } catch (UnknownEventException unknown) {
            throw unknown.at(event);
        }
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
                metadata.get(Provenance.OCCURRED_AT) instanceof String at ? IsoTime.read(at) : message.getTimestamp(),
                message.getTimestamp(),
                metadata.get(Provenance.SUBJECT) instanceof String subject ? subject : null,
                metadata,
                (DomainEvent) message.getPayload());
    }
}
