package dev.rapport.events.trust;

import dev.rapport.events.vocabulary.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
