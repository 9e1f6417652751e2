package dev.rapport.query.audit;

import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.storage.StoredEvent;
import dev.rapport.query.database.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * What stored events say as they are read today: in the latest revision of their types, with the texts that are stored encrypted, and
 * {@code [erased]} for those that were erased since.
 */
@Component
public class WhatEventsSay {

    private static final Logger LOG = LoggerFactory.getLogger(WhatEventsSay.class);

    private final EventLog log;

    WhatEventsSay(EventLog log) {
        this.log = log;
    }

    /** As JSON, one for each event; nothing for one that cannot be read, which neither an audit nor evidence must break off for. */
    public List<Optional<JsonNode>> of(List<StoredEvent> events) {
        try {
            Map<Long, RecordedEvent> recorded = log.recorded(events).stream()
                    .collect(Collectors.toMap(RecordedEvent::position, Function.identity(), (first, _) -> first));
            return events.stream()
                    .map(event ->
                            Optional.ofNullable(recorded.get(event.position())).map(WhatEventsSay::json))
                    .toList();
        } catch (EventStoreException notTheEvents) {
            // their keys could not be read just now, which says nothing about the events
            throw notTheEvents;
        } catch (RuntimeException unreadable) {
            LOG.debug("Of {} events some cannot be read", events.size(), unreadable);
            return events.stream().map(this::one).toList();
        }
    }

    private Optional<JsonNode> one(StoredEvent event) {
        try {
            return log.recorded(List.of(event)).stream().findFirst().map(WhatEventsSay::json);
        } catch (EventStoreException notTheEvents) {
            throw notTheEvents;
        } catch (RuntimeException unreadable) {
            LOG.warn(
                    "The event at position {} cannot be read: {}",
                    event.position(),
                    unreadable.getClass().getName());
            return Optional.empty();
        }
    }

    private static JsonNode json(RecordedEvent recorded) {
        return Json.tree(recorded.payload());
    }
}
