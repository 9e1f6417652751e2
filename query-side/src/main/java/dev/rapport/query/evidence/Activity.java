package dev.rapport.query.evidence;

import dev.rapport.events.RelationshipEnded;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.RelationshipReopened;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a relationship was active, in the world's time. What was recorded last is right for all the time since it took effect, as with levels.
 *
 * @param steps the changes, in the order of the log
 */
public record Activity(List<Step> steps) {

    public static final Activity NEVER = new Activity(List.of());

    public Activity {
        steps = steps.stream().sorted(Comparator.comparingLong(Step::position)).toList();
    }

    /** From when on it was active, or no longer, and the position of the event that says so. */
    public record Step(Instant from, boolean active, long position) {}

    /** The change that an event is; null when it is none. */
    static @Nullable Step step(RelationshipEvent happened, Instant occurredAt, long position) {
        return switch (happened) {
            case RelationshipEstablished _, RelationshipReopened _ -> new Step(occurredAt, true, position);
            case RelationshipEnded _ -> new Step(occurredAt, false, position);
            default -> null;
        };
    }

    /** Whether it was active at a time. */
    public boolean at(Instant time) {
        boolean active = false;
        for (Step step : steps) {
            if (!step.from().isAfter(time)) {
                active = step.active();
            }
        }
        return active;
    }
}
