package dev.rapport.query.projection;

import dev.rapport.events.storage.EventLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How far the live read models are: by what this node knows of its segments, and by the tokens of the others. */
@Component
class ReadModelsObserved implements ObservedProcessor {

    private final ReadModelProcessor processor;
    private final SegmentTable segments;
    private final Pace pace;
    private final EventLog log;

    ReadModelsObserved(ReadModelProcessor processor, SegmentTable segments, Pace pace, EventLog log) {
        this.processor = processor;
        this.segments = segments;
        this.pace = pace;
        this.log = log;
    }

    @Override
    public State observe() {
        Map<Integer, EventTrackerStatus> here = processor.status();
        List<Segment> told = new ArrayList<>();
        segments.positions().forEach((segment, stored) -> {
            EventTrackerStatus status = here.get(segment);
            long position = status == null
                    ? stored
                    : Math.max(stored, status.getCurrentPosition().orElse(stored));
            told.add(new Segment(segment, position, status != null, status == null ? null : error(status)));
        });
        return new State(
                ReadModelProcessor.NAME,
                told.stream().mapToLong(Segment::position).min().orElse(0),
                pace.eventsPerSecond(),
                told,
                told.stream()
                        .map(Segment::error)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .or(log.newerVersion()::what)
                        .orElse(null));
    }

    private static @Nullable String error(EventTrackerStatus status) {
        return status.isErrorState() ? status.getError().getClass().getName() : null;
    }
}
