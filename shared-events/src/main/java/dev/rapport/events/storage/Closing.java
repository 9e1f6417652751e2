package dev.rapport.events.storage;

import dev.rapport.events.Personal.KeyOf;
import org.axonframework.eventhandling.DomainEventMessage;

/**
 * What the new texts of a stream are closed with.
 *
 * @param generation that of the root
 */
record Closing(int generation, RootKey root, AesGcm boxes) {

    Enclosing of(DomainEventMessage<?> event) {
        return new OfEvent(event);
    }

    private final class OfEvent implements Enclosing {

        private final DomainEventMessage<?> event;
        private int ordinal;

        OfEvent(DomainEventMessage<?> event) {
            this.event = event;
        }

        @Override
        public String enclosed(KeyOf keyOf, String text) {
            String label = root.label(keyOf, text, event);
            return EnclosedText.written(
                    generation, label, root.key(label), text, event.getIdentifier(), ordinal++, boxes);
        }
    }
}
