package dev.rapport.query.audit;

import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.audit.DiffView.CauseView;
import dev.rapport.query.audit.DiffView.ChangeView;
import dev.rapport.query.audit.DiffView.EndView;
import dev.rapport.query.history.Sentences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares what was known at two moments. Both states are folded in one pass over the events. What was known at the first one is also judged
 * as of the second: what differs then was changed by time alone. From there on each event is folded by itself, and what it changes is noted;
 * that costs the telling of a state per event, however many events there are.
 */
final class Diff {

    /**
     * One end.
     *
     * @param knownAt the time that was asked for, if one was
     * @param known what was known then
     * @param state what it amounts to
     */
    record End(@Nullable Instant knownAt, Known known, State state) {}

    private final End from;
    private final End to;
    private final Sentences sentences;
    private final Map<String, List<CauseView>> causes = new LinkedHashMap<>();
    private final Set<String> changedByTime = new HashSet<>();
    private @Nullable Fields before;
    private @Nullable Fields current;

    Diff(End from, End to, Sentences sentences) {
        this.from = from;
        this.to = to;
        this.sentences = sentences;
    }

    /** The last event that has to be told. */
    Known until() {
        return to.known;
    }

    void take(RecordedEvent recorded) {
        if (before == null && from.known.includes(recorded)) {
            from.state.take(recorded);
            to.state.take(recorded);
            return;
        }
        Fields earlier = current == null ? begin() : current;
        to.state.take(recorded);
        Fields later = Fields.of(to.state.view());
        Set<String> changed = earlier.changedTo(later);
        if (!changed.isEmpty()) {
            CauseView cause = cause(recorded);
            changed.forEach(pointer ->
                    causes.computeIfAbsent(pointer, _ -> new ArrayList<>()).add(cause));
        }
        current = later;
    }

    /** All that was known at the first end is folded: time passes. */
    private Fields begin() {
        Fields then = Fields.of(from.state.view());
        Fields now = Fields.of(to.state.view());
        changedByTime.addAll(then.changedTo(now));
        before = then;
        current = now;
        return now;
    }

    private CauseView cause(RecordedEvent recorded) {
        String stakeholder = to.state.stakeholderName();
        return new CauseView(
                recorded.position(),
                recorded.stream().value(),
                recorded.version(),
                recorded.type(),
                recorded.occurredAt(),
                recorded.recordedAt(),
                sentences.tell(
                        recorded.payload(),
                        new Sentences.Known(stakeholder == null ? "" : stakeholder, to.state.entries(), true)));
    }

    /** What changed; nothing when there was no relationship at the second end. */
    Optional<DiffView> view(RelationshipId id) {
        Fields after = current == null ? begin() : current;
        Fields first = before == null ? after : before;
        return to.state
                .view()
                .map(_ -> new DiffView(
                        id.value(),
                        end(from),
                        end(to),
                        first.changedTo(after).stream()
                                .map(pointer -> change(pointer, first, after))
                                .toList()));
    }

    private static EndView end(End end) {
        return new EndView(end.state.version(), end.knownAt, end.state.moment());
    }

    private ChangeView change(String pointer, Fields first, Fields after) {
        return new ChangeView(
                pointer,
                first.value(pointer),
                after.value(pointer),
                changedByTime.contains(pointer) ? byTime(pointer) : null,
                causes.getOrDefault(pointer, List.of()));
    }

    private String byTime(String pointer) {
        String passed = "From " + from.state.moment() + " to " + to.state.moment() + ", without any event, ";
        if (pointer.equals("/trust/asOf") || pointer.equals("/practice/since")) {
            return passed + "the moment that is judged as of moved on.";
        }
        if (pointer.startsWith("/trust/")) {
            return passed + "evidence faded, and the window of the trend moved on.";
        }
        if (pointer.startsWith("/practice/") || pointer.equals("/practisedLevel") || pointer.startsWith("/mismatch")) {
            return passed + "the window of evidence for the practised level moved on.";
        }
        return passed + "what was known already took effect.";
    }
}
