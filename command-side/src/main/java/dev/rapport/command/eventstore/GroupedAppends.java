package dev.rapport.command.eventstore;

import dev.rapport.events.storage.EventLogEngine;
import dev.rapport.events.storage.NewEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;

/** Axon's way to the event log: what a command appends waits for the command's {@linkplain GroupCommit commit}. */
final class GroupedAppends implements EventStorageEngine, GroupWriter<NewEvent> {

    private final EventLogEngine engine;
    private final GroupCommit commits;

    GroupedAppends(EventLogEngine engine, GroupCommit commits) {
        this.engine = engine;
        this.commits = commits;
    }

    @Override
    public Stage stage() {
        return Stage.EVENTS;
    }

    @Override
    public void write(List<NewEvent> rows) {
        engine.write(rows);
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        if (commits.isCollecting()) {
            // here, by the thread of the command, and not while others wait for a group to be written
            events.forEach(event -> commits.write(this, engine.prepare((DomainEventMessage<?>) event)));
        } else {
            engine.appendEvents(events);
        }
    }

    @Override
    public DomainEventStream readEvents(String stream, long firstSequenceNumber) {
        commits.flush();
        return engine.readEvents(stream, firstSequenceNumber);
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String stream) {
        commits.flush();
        return engine.lastSequenceNumberFor(stream);
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String stream) {
        return engine.readSnapshot(stream);
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        engine.storeSnapshot(snapshot);
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken token, boolean mayBlock) {
        return engine.readEvents(token, mayBlock);
    }

    @Override
    public TrackingToken createTailToken() {
        return engine.createTailToken();
    }

    @Override
    public TrackingToken createHeadToken() {
        return engine.createHeadToken();
    }

    @Override
    public TrackingToken createTokenAt(Instant dateTime) {
        return engine.createTokenAt(dateTime);
    }
}
