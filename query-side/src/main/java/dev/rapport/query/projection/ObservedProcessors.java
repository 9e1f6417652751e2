package dev.rapport.query.projection;

import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.StoredEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Those who follow the log, and how far behind its end they are. */
@Component
class ObservedProcessors {

    private final EventLog log;
    private final List<ObservedProcessor> processors;
    private final Clock clock;

    ObservedProcessors(EventLog log, List<ObservedProcessor> processors, ObjectProvider<Clock> clock) {
        this.log = log;
        this.processors = processors;
        this.clock = clock.getIfAvailable(Clock::systemUTC);
    }

    /**
     * How far somebody is behind.
     *
     * @param events how many positions
     * @param seconds for how long the next event has been waiting
     */
    record Lag(long events, double seconds) {}

    /** A processor, and how far it and each of its segments is behind the head, to which it can come now. */
    record Observed(ObservedProcessor.State state, long head, Lag lag, SortedMap<Integer, Lag> segments) {}

    List<Observed> observe() {
        long head = log.lastStablePosition();
        return processors.stream()
                .map(ObservedProcessor::observe)
                .map(state -> observed(state, head))
                .toList();
    }

    private Observed observed(ObservedProcessor.State state, long head) {
        SortedMap<Integer, Lag> segments = new TreeMap<>();
        state.segments().forEach(segment -> segments.put(segment.segment(), lag(segment.position(), head)));
        return new Observed(state, head, lag(state.position(), head), segments);
    }

    private Lag lag(long position, long head) {
        long behind = Math.max(0, head - position);
        return new Lag(behind, behind == 0 ? 0 : secondsWaiting(position));
    }

    private double secondsWaiting(long position) {
        return log.read(position, 1).stream()
                .map(StoredEvent::recordedAt)
                .mapToLong(
                        recorded -> Duration.between(recorded, clock.instant()).toMillis())
                .map(millis -> Math.max(0, millis))
                .mapToDouble(millis -> millis / 1_000.0)
                .findFirst()
                .orElse(0);
    }
}
