package dev.rapport.events.storage;

import java.util.List;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

/** A stored event that is decoded when the first of its readers comes to it, and once for all of them. */
final class LogEntry {

    private final StoredEvent event;
    private final EventDecoder decoder;
    private volatile @Nullable List<TrackedEventMessage<?>> messages;

    LogEntry(StoredEvent event, EventDecoder decoder) {
        this.event = event;
        this.decoder = decoder;
    }

    long position() {
        return event.position();
    }

    long size() {
        return (long) event.payload().length + event.metadata().length;
    }

    /** So that what was erased since is not told by who had it decoded before. */
    void forgetDecoded() {
        messages = null;
    }

    List<TrackedEventMessage<?>> messages() {
        var decoded = messages;
        if (decoded == null) {
            decoded = decoder.messages(List.of(event));
            messages = decoded;
        }
        return decoded;
    }
}
