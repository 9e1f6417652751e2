package dev.rapport.query.projection;

import dev.rapport.events.DomainEvent;
import dev.rapport.events.Provenance;
import dev.rapport.events.StakeholderEvent;
import dev.rapport.events.StreamName;
import dev.rapport.events.storage.EventTypes;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.query.consistency.ConsistencyGate;
import dev.rapport.query.database.Generations;
import io.micrometer.tracing.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Where the processor hands over events: collects those of a batch, writes them to the read models as one before the batch's transaction
 * commits, and wakes the queries that waited for them after.
 *
 * <p>The events of a stream go to one segment, in order. Those of stakeholders go to every segment: a relationship must never be seen
 * before the stakeholder that it is with, whichever segment it is in.
 */
final class Projection implements EventHandlerInvoker {

    private static final String BATCH = Projection.class.getName();

    private final EventTypes types = EventTypes.of(DomainEvent.class);
    private final PatientReadModels readModels;
    private final Generations generations;
    private final ConsistencyGate gate;
    private final Pace pace;
    private final Gathering gathering;
    private final ProjectionTraces traces;

    Projection(
            PatientReadModels readModels,
            Generations generations,
            ConsistencyGate gate,
            Pace pace,
            Gathering gathering,
            ProjectionTraces traces) {
        this.readModels = readModels;
        this.generations = generations;
        this.gate = gate;
        this.pace = pace;
        this.gathering = gathering;
        this.traces = traces;
    }

    @Override
    public boolean canHandle(EventMessage<?> message, Segment segment) {
        return StakeholderEvent.class.isAssignableFrom(message.getPayloadType())
                || segment.matches(((DomainEventMessage<?>) message).getAggregateIdentifier());
    }

    @Override
    public void handle(EventMessage<?> message, Segment segment) {
        if (canHandle(message, segment)) {
            UnitOfWork<?> work = CurrentUnitOfWork.get();
            List<RecordedEvent> batch = work.getOrComputeResource(BATCH, _ -> newBatch(work, segment));
            batch.add(recorded((TrackedEventMessage<?>) message));
        }
    }

    private List<RecordedEvent> newBatch(UnitOfWork<?> work, Segment segment) {
        generations.enterLive();
        generations.waitForNoDisk();
        List<RecordedEvent> batch = new ArrayList<>();
        Set<StreamName> held = new HashSet<>();
        work.onPrepareCommit(_ -> {
            Gathering.Batch taken = gathering.begin(batch.size(), segment.getMask() + 1);
            work.onCleanup(_ -> taken.end());
            List<Span> spans = traces.begin(batch);
            work.onCleanup(_ -> spans.forEach(Span::end));
            held.addAll(readModels.apply(batch));
        });
        work.afterCommit(_ -> {
            pace.did(batch.size());
            gate.projected(newestVersions(batch, held));
        });
        return batch;
    }

    private static Map<StreamName, Long> newestVersions(List<RecordedEvent> batch, Set<StreamName> held) {
        Map<StreamName, Long> versions = new HashMap<>();
        batch.forEach(recorded -> versions.put(recorded.stream(), recorded.version()));
        versions.keySet().removeAll(held);
        return versions;
    }

    private RecordedEvent recorded(TrackedEventMessage<?> tracked) {
        var message = (DomainEventMessage<?>) tracked;
        Map<String, Object> metadata = Map.copyOf(message.getMetaData());
        return new RecordedEvent(
                tracked.trackingToken().position().orElseThrow(),
                message.getIdentifier(),
                new StreamName(message.getAggregateIdentifier()),
                message.getSequenceNumber() + 1,
                types.nameOf(message.getPayloadType()),
                types.revisionOf(message.getPayloadType()),
                metadata.get(Provenance.OCCURRED_AT) instanceof String at ? Instant.parse(at) : message.getTimestamp(),
                message.getTimestamp(),
                metadata.get(Provenance.SUBJECT) instanceof String subject ? subject : null,
                metadata,
                (DomainEvent) message.getPayload());
    }
}
