package dev.rapport.query.projection;

import dev.rapport.events.StreamName;
import dev.rapport.events.problem.Problem;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.query.consistency.ConsistencyGate;
import dev.rapport.query.database.FeedingVersion;
import dev.rapport.query.database.Generations;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.http.QueryRefused;
import dev.rapport.query.projection.DeadLetterTable.Place;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.deadletter.Decisions;
import org.axonframework.messaging.deadletter.EnqueueDecision;
import org.axonframework.messaging.deadletter.ThrowableCause;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What an operator does about dead letters: have them tried again, once the cause is mended, or have the first one left out for good. Either
 * way, what waits behind it is tried right after, in order. An event is read from the log anew: the log knows best what it says today.
 */
@Component
class DeadLetters {

    private final DeadLetterTable letters;
    private final DiscardedEventTable discarded;
    private final PatientReadModels readModels;
    private final EventLog log;
    private final ConsistencyGate gate;
    private final Generations generations;
    private final FeedingVersion version;
    private final Clock clock;
    private final TransactionTemplate transaction;

    DeadLetters(
            DeadLetterTable letters,
            DiscardedEventTable discarded,
            PatientReadModels readModels,
            EventLog log,
            ConsistencyGate gate,
            Generations generations,
            FeedingVersion version,
            ObjectProvider<Clock> clock,
            @ReadDatabase PlatformTransactionManager transactions) {
        this.letters = letters;
        this.discarded = discarded;
        this.readModels = readModels;
        this.log = log;
        this.gate = gate;
        this.generations = generations;
        this.version = version;
        this.clock = clock.getIfAvailable(Clock::systemUTC);
        this.transaction = new TransactionTemplate(transactions);
    }

    /** What became of a stream's dead letters: how many were projected, and how many are left. */
    record Outcome(String stream, int projected, int left) {}

    Outcome retry(String id) {
        return changed(id, (place, seen) -> projected(place.stream(), seen));
    }

    Outcome discard(String id, String reason, String subject) {
        return changed(id, (place, seen) -> {
            if (!place.first()) {
                throw QueryRefused.because(
                        Problem.CONFLICT,
                        "The first dead letter of " + place.stream() + " has to be dealt with first.");
            }
            discarded.add(event(place.stream(), place.version()), reason, subject, clock.instant());
            letters.remove(id);
            return projected(place.stream(), seen);
        });
    }

    private interface Change {
        int of(Place place, Map<StreamName, Long> seen);
    }

    private Outcome changed(String id, Change change) {
        if (version.isBehind()) {
            throw QueryRefused.because(
                    Problem.NODE_OUTDATED, "A newer version feeds the read models: ask a node of that version.");
        }
        Map<StreamName, Long> seen = new HashMap<>();
        Outcome outcome = transaction.execute(_ -> {
            generations.enterLive();
            Place place = letters.place(id).orElseThrow(() -> QueryRefused.notFound("dead letter", id));
            int projected = change.of(place, seen);
            return new Outcome(place.stream(), projected, letters.countOf(place.stream()));
        });
        gate.projected(seen);
        return Objects.requireNonNull(outcome);
    }

    private int projected(String stream, Map<StreamName, Long> seen) {
        var projected = new AtomicInteger();
        letters.process(stream, letter -> {
            RecordedEvent event = event(stream, letter.message().getSequenceNumber() + 1);
            ThrowableCause failure = readModels.failure(List.of(event));
            if (failure != null) {
                return Decisions.requeue(failure);
            }
            projected.incrementAndGet();
            seen.put(event.stream(), event.version());
            return DeadLetters.<DomainEventMessage<?>>done();
        });
        return projected.get();
    }

    private static <M extends DomainEventMessage<?>> EnqueueDecision<M> done() {
        return Decisions.evict();
    }

    private RecordedEvent event(String stream, long version) {
        return log.recorded(log.readStream(stream, version - 1, 1)).getFirst();
    }
}
