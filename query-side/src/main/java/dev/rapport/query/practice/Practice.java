package dev.rapport.query.practice;

import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Holder;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.query.entry.Entry;
import dev.rapport.query.entry.EntryContent.AlignmentAssessment;
import dev.rapport.query.entry.EntryContent.Commitment;
import dev.rapport.query.entry.EntryContent.Concern;
import dev.rapport.query.entry.EntryContent.Contribution;
import dev.rapport.query.entry.EntryContent.DependencyAssessment;
import dev.rapport.query.entry.EntryContent.Disclosure;
import dev.rapport.query.entry.EntryContent.Expectation;
import dev.rapport.query.entry.EntryContent.Indicator;
import dev.rapport.query.entry.EntryContent.Interaction;
import dev.rapport.query.entry.EntryContent.Measurement;
import dev.rapport.query.entry.EntryContent.Objective;
import dev.rapport.query.entry.EntryContent.ValuesAssessment;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the parties of a relationship did last, each thing by itself: all that is needed to tell how the relationship is practised at any
 * time from the newest evidence on. What was retracted is not in here, what was corrected counts as corrected.
 *
 * @param exchanged when information of a kind was last disclosed, by either party
 * @param measured when an indicator of a level was last measured
 * @param held until when an objective was held, by whom; until the year 9999 while it is
 */
public record Practice(
        Map<DisclosureKind, Instant> exchanged, Map<Level, LocalDate> measured, Map<Holder, Instant> held) {

    private static final Instant NEVER = Instant.parse("1000-01-01T00:00:00Z");
    private static final Instant STILL = Instant.parse("9999-12-31T00:00:00Z");
    private static final LocalDate ON_NO_DAY = LocalDate.of(1000, 1, 1);

    public Practice {
        exchanged = copy(DisclosureKind.class, exchanged);
        measured = copy(Level.class, measured);
        held = copy(Holder.class, held);
    }

    private static <E extends Enum<E>, T> Map<E, T> copy(Class<E> type, Map<E, T> seen) {
        Map<E, T> copy = new EnumMap<>(type);
        copy.putAll(seen);
        return Collections.unmodifiableMap(copy);
    }

    /** What all entries of a relationship show together: as {@link PracticeTable#derive} finds it in their rows. */
    public static Practice shownBy(Collection<Entry> entries) {
        Map<EntryId, Indicator> indicators = new HashMap<>();
        for (Entry entry : entries) {
            if (!entry.retracted() && entry.content() instanceof Indicator indicator) {
                indicators.put(entry.id(), indicator);
            }
        }
        Map<DisclosureKind, Instant> exchanged = new EnumMap<>(DisclosureKind.class);
        Map<Level, LocalDate> measured = new EnumMap<>(Level.class);
        Map<Holder, Instant> held = new EnumMap<>(Holder.class);
        for (Entry entry : entries) {
            if (entry.retracted()) {
                continue;
            }
            switch (entry.content()) {
                case Disclosure disclosure ->
                    exchanged.merge(disclosure.disclosed(), asKept(entry.occurredAt()), Practice::later);
                case Measurement measurement -> {
                    Indicator indicator = indicators.get(measurement.indicatorId());
                    if (indicator != null) {
                        measured.merge(indicator.level(), measurement.measuredOn(), Practice::later);
                    }
                }
                case Objective objective -> {
                    Instant retiredAt = objective.retiredAt();
                    held.merge(objective.heldBy(), retiredAt == null ? STILL : asKept(retiredAt), Practice::later);
                }
                case Interaction _, Commitment _, Expectation _, Contribution _, Indicator _, Concern _ -> {}
                case AlignmentAssessment _, ValuesAssessment _, DependencyAssessment _ -> {}
            }
        }
        return new Practice(exchanged, measured, held);
    }

    private static Instant asKept(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    private static <T extends Comparable<? super T>> T later(T one, T other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Whether entries of a kind show how a relationship is practised. */
    public static boolean isShownBy(EntryKind kind) {
        return switch (kind) {
            case DISCLOSURE, INDICATOR, MEASUREMENT, OBJECTIVE -> true;
            case INTERACTION, COMMITMENT, EXPECTATION, CONTRIBUTION, CONCERN -> false;
            case ALIGNMENT_ASSESSMENT, VALUES_ASSESSMENT, DEPENDENCY_ASSESSMENT -> false;
        };
    }

    /** The level that an objective shows: parties that want the same create value jointly. */
    static Level shownBy(Holder holder) {
        return switch (holder) {
            case US, THEM -> Level.TRANSACTIONAL;
            case BOTH -> Level.JOINT_VALUE;
        };
    }

    /** The level that the relationship is practised at, by the evidence of a window. */
    public PractisedLevel in(PracticeWindow window) {
        return PractisedLevel.shownBy(
                reached(exchanged, window::reaches),
                reached(measured, window::reaches),
                reached(held, window::reaches),
                window.policy().kindsNeeded());
    }

    private static <E, T> Set<E> reached(Map<E, T> seen, Predicate<T> reaches) {
        return seen.entrySet().stream()
                .filter(each -> reaches.test(each.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** When information of at least a level was last exchanged; in the year 1000 if never. */
    Instant lastExchanged(Level level) {
        return latest(exchanged, DisclosureKind::typicalOf, level, NEVER);
    }

    /** When an indicator of at least a level was last measured; in the year 1000 if never. */
    LocalDate lastMeasured(Level level) {
        return latest(measured, Function.identity(), level, ON_NO_DAY);
    }

    /** Until when an objective of at least a level was held; in the year 1000 if never. */
    Instant lastHeld(Level level) {
        return latest(held, Practice::shownBy, level, NEVER);
    }

    private static <E, T extends Comparable<? super T>> T latest(
            Map<E, T> seen, Function<E, Level> shown, Level level, T never) {
        return seen.entrySet().stream()
                .filter(each -> shown.apply(each.getKey()).isAtLeast(level))
                .map(Map.Entry::getValue)
                .max(Comparator.naturalOrder())
                .orElse(never);
    }
}
