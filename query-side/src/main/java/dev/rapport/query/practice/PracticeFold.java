package dev.rapport.query.practice;

import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Holder;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.query.entry.Entry;
import dev.rapport.query.entry.EntryContent.Disclosure;
import dev.rapport.query.entry.EntryContent.Indicator;
import dev.rapport.query.entry.EntryContent.Measurement;
import dev.rapport.query.entry.EntryContent.Objective;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps up how a relationship is practised while its entries come, change and go, each at the cost of itself. It tells in memory what
 * {@link PracticeTable#derive} tells from rows.
 */
public final class PracticeFold {

    private final Latest<DisclosureKind, Instant> exchanged = new Latest<>(DisclosureKind.class);
    private final Latest<Level, LocalDate> measured = new Latest<>(Level.class);
    private final Latest<Holder, Instant> held = new Latest<>(Holder.class);
    private final Map<EntryId, Level> indicators = new HashMap<>();
    private final Map<EntryId, List<LocalDate>> measurements = new HashMap<>();

    /** Takes an entry as it is now in place of what it was; null when it is new. */
    public void replace(@Nullable Entry before, Entry after) {
        if (before != null && !before.retracted()) {
            take(before, false);
        }
        if (!after.retracted()) {
            take(after, true);
        }
    }

    /** What was done last, each thing by itself. */
    public Practice practice() {
        return new Practice(exchanged.each(), measured.each(), held.each());
    }

    private void take(Entry entry, boolean counts) {
        switch (entry.content()) {
            case Disclosure disclosure -> exchanged.take(disclosure.disclosed(), stored(entry.occurredAt()), counts);
            case Objective objective -> held.take(objective.heldBy(), stored(objective.heldUntil()), counts);
            case Indicator indicator -> take(entry.id(), indicator.level(), counts);
            case Measurement measurement -> take(measurement, counts);
            default -> {} // shows nothing of how the relationship is practised
        }
    }

    /** Measurements count as long as their indicator does. */
    private void take(EntryId indicator, Level level, boolean counts) {
        if (counts) {
            indicators.put(indicator, level);
        } else {
            indicators.remove(indicator);
        }
        measurements.getOrDefault(indicator, List.of()).forEach(day -> measured.take(level, day, counts));
    }

    private void take(Measurement measurement, boolean counts) {
        List<LocalDate> days = measurements.computeIfAbsent(measurement.indicatorId(), _ -> new ArrayList<>());
        if (counts) {
            days.add(measurement.measuredOn());
        } else {
            days.remove(measurement.measuredOn());
        }
        Level level = indicators.get(measurement.indicatorId());
        if (level != null) {
            measured.take(level, measurement.measuredOn(), counts);
        }
    }

    /** To the microsecond, as rows are kept. */
    private static Instant stored(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MICROS);
    }

    /** When each thing was done, as often as it was, so that the latest can be taken back. */
    private static final class Latest<K extends Enum<K>, T extends Comparable<? super T>> {

        private final Class<K> keys;
        private final Map<K, TreeMap<T, Integer>> done;

        Latest(Class<K> keys) {
            this.keys = keys;
            this.done = new EnumMap<>(keys);
        }

        void take(K key, T when, boolean counts) {
            done.computeIfAbsent(key, _ -> new TreeMap<>()).merge(when, counts ? 1 : -1, Latest::orNone);
        }

        private static @Nullable Integer orNone(int times, int more) {
            return times + more == 0 ? null : times + more;
        }

        Map<K, T> each() {
            Map<K, T> latest = new EnumMap<>(keys);
            done.forEach((key, times) -> {
                if (!times.isEmpty()) {
                    latest.put(key, times.lastKey());
                }
            });
            return latest;
        }
    }
}
