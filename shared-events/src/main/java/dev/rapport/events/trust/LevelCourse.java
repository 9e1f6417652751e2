package dev.rapport.events.trust;

import dev.rapport.events.RelationshipDowngraded;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.RelationshipUpgraded;
import dev.rapport.events.vocabulary.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The declared level of a relationship over time, in the world's time and not in that of recording. What was recorded last is right for
 * all the time since it took effect, so that the course always ends at the level that the relationship has.
 *
 * @param steps the changes, in the order of the log
 */
public record LevelCourse(List<Step> steps) {

    public LevelCourse {
        steps = steps.stream().sorted(Comparator.comparingLong(Step::position)).toList();
    }

    /** From when on a level was in force, and the position of the event that says so. */
    public record Step(Instant from, Level level, long position) {}

    /** Relationships begin at {@link Level#TRANSACTIONAL}. */
    public static LevelCourse beginning() {
        return new LevelCourse(List.of());
    }

    /** The change of level that an event is; null when it is none. */
    public static @Nullable Step step(RelationshipEvent happened, Instant occurredAt, long position) {
        return switch (happened) {
            case RelationshipEstablished event -> new Step(occurredAt, event.level(), position);
            case RelationshipUpgraded event -> new Step(occurredAt, event.to(), position);
            case RelationshipDowngraded event -> new Step(occurredAt, event.to(), position);
            default -> null;
        };
    }

    /** With what an event changed, if it did. */
    public LevelCourse after(RelationshipEvent happened, Instant occurredAt, long position) {
        Step step = step(happened, occurredAt, position);
        return step == null ? this : with(step);
    }

    /** With one more change, whenever it took effect. */
    public LevelCourse with(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new LevelCourse(more);
    }

    /** The level in force at a time. */
    public Level at(Instant time) {
        Level level = Level.TRANSACTIONAL;
        for (Step step : steps) {
            if (!step.from().isAfter(time)) {
                level = step.level();
            }
        }
        return level;
    }
}
