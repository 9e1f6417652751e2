package dev.rapport.events.storage;

/** A form that events are stored in: their type, and its revision. */
public record EventForm(String type, String revision) {

    static EventForm of(StoredEvent event) {
        return new EventForm(event.eventType(), event.revision());
    }
}
