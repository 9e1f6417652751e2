package dev.rapport.events.storage;

import dev.rapport.events.EntryEvent;
import dev.rapport.events.Personal.KeyOf;
import dev.rapport.events.vocabulary.EntryId;
import org.axonframework.eventhandling.DomainEventMessage;

/** The names, within a stream, of what keys belong to. */
final class KeyOwner {

    static final String PERSON = "person/";
    static final String STAKEHOLDER = "stakeholder";

    private static final String ENTRY = "entry/";
    private static final String EVENT = "event/";

    static String ofEntry(EntryId entry) {
        return ENTRY + entry.value();
    }

    static String ofEvent(long version) {
        return EVENT + version;
    }

    static String ofPerson(String tag) {
        return PERSON + tag;
    }

    /** What the key of a field belongs to. */
    static String of(KeyOf keyOf, String text, DomainEventMessage<?> event, KeyedHash names) {
        return switch (keyOf) {
            case ENTRY -> ofEntry(((EntryEvent) event.getPayload()).entryId());
            case EVENT -> ofEvent(event.getSequenceNumber() + 1);
            case STAKEHOLDER -> STAKEHOLDER;
            case PERSON -> ofPerson(names.of(PersonName.normalized(text)));
        };
    }

    private KeyOwner() {}
}
