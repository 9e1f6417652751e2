package dev.rapport.query.projection;

import dev.rapport.events.StreamName;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.query.database.ReadDatabase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.axonframework.messaging.deadletter.ThrowableCause;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings the read models up to batches, whatever is in them: an event that they cannot handle is set aside as a dead letter, with those of
 * its stream that come after, and all other streams go on. What only failed for want of a database is not set aside, but fails.
 */
@Component
public class PatientReadModels {

    private static final Logger LOG = LoggerFactory.getLogger(PatientReadModels.class);

    private final ReadModels readModels;
    private final DeadLetterTable deadLetters;
    private final DiscardedEventTable discardedEvents;
    private final TransactionTemplate attempt;

    PatientReadModels(
            ReadModels readModels,
            DeadLetterTable deadLetters,
            DiscardedEventTable discardedEvents,
            @ReadDatabase PlatformTransactionManager transactions) {
        this.readModels = readModels;
        this.deadLetters = deadLetters;
        this.discardedEvents = discardedEvents;
        this.attempt = new TransactionTemplate(transactions);
        attempt.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /**
     * To be called in a transaction of the read database, with events in the order of the log.
     *
     * @return the streams that are held up by dead letters
     */
    public Set<StreamName> apply(List<RecordedEvent> batch) {
        Map<StreamName, List<RecordedEvent>> byStream = byStream(batch);
        Map<StreamName, Set<Long>> discarded = discardedEvents.among(byStream.keySet());
        Set<StreamName> held = new HashSet<>(deadLetters.heldAmong(byStream.keySet()));
        held.forEach(stream -> deadLetters.hold(byStream.getOrDefault(stream, List.of()), null));
        List<RecordedEvent> free = batch.stream()
                .filter(event -> !held.contains(event.stream()))
                .filter(event ->
                        !discarded.getOrDefault(event.stream(), Set.of()).contains(event.version()))
                .toList();
        held.addAll(tried(free, readModels::apply));
        // what waits behind a dead letter must not keep what was erased from being forgotten
        held.stream()
                .filter(stream ->
                        byStream.getOrDefault(stream, List.of()).stream().anyMatch(ReadModels::isErasure))
                .forEach(readModels::tellAnew);
        return held;
    }

    /** As {@link ReadModels#add}, with what cannot be handled set aside. */
    public void add(List<RecordedEvent> batch) {
        Map<StreamName, Set<Long>> discarded = discardedEvents.isEmpty()
                ? Map.of()
                : discardedEvents.among(byStream(batch).keySet());
        tried(
                batch.stream()
                        .filter(event -> !discarded
                                .getOrDefault(event.stream(), Set.of())
                                .contains(event.version()))
                        .toList(),
                readModels::add);
    }

    private static Map<StreamName, List<RecordedEvent>> byStream(List<RecordedEvent> batch) {
        Map<StreamName, List<RecordedEvent>> byStream = new LinkedHashMap<>();
        batch.forEach(event ->
                byStream.computeIfAbsent(event.stream(), _ -> new ArrayList<>()).add(event));
        return byStream;
    }

    private Set<StreamName> tried(List<RecordedEvent> batch, Consumer<List<RecordedEvent>> work) {
        Set<StreamName> held = new HashSet<>();
        if (!batch.isEmpty() && failure(batch, work) != null) {
            byStream(batch).forEach((stream, events) -> {
                if (failure(events, work) != null && isHeldAfter(events)) {
                    held.add(stream);
                }
            });
        }
        return held;
    }

    /** One event after the other, until one fails. */
    private boolean isHeldAfter(List<RecordedEvent> ofStream) {
        for (int next = 0; next < ofStream.size(); next++) {
            RecordedEvent event = ofStream.get(next);
            ThrowableCause failure = failure(List.of(event), readModels::apply);
            if (failure != null) {
                LOG.error(
                        "Event {} at position {}, {} version {}, cannot be projected and is a dead letter now: {}: {}",
                        event.eventId(),
                        event.position(),
                        event.stream(),
                        event.version(),
                        failure.type(),
                        failure.message());
                deadLetters.hold(ofStream.subList(next, ofStream.size()), failure);
                return true;
            }
        }
        return false;
    }

    /** Why the read models cannot handle events, which then have changed nothing; null when they could. */
    @Nullable
    ThrowableCause failure(List<RecordedEvent> events, Consumer<List<RecordedEvent>> work) {
        try {
            attempt.executeWithoutResult(_ -> work.accept(events));
            return null;
        } catch (RuntimeException failed) {
            return EventFailure.of(failed).orElseThrow(() -> failed);
        }
    }

    /** Tries an event that was set aside once more. */
    @Nullable
    ThrowableCause failure(List<RecordedEvent> events) {
        return failure(events, readModels::apply);
    }
}
