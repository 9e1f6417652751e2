package dev.rapport.query.practice;

import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.Holder;
import dev.rapport.events.vocabulary.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The level that a relationship is practised at, and what shows it. Each kind of evidence shows the highest level among its pieces, and
 * {@code TRANSACTIONAL} without any, since nothing deeper was practised then. The relationship is practised at the highest level that as
 * many kinds as the policy needs show or exceed: with two of the three, the one in the middle.
 *
 * @param exchanged the kinds of information that either party disclosed
 * @param measured the levels of the indicators that were measured
 * @param held who held objectives
 */
public record PractisedLevel(Level level, Set<DisclosureKind> exchanged, Set<Level> measured, Set<Holder> held) {

    static PractisedLevel shownBy(
            Set<DisclosureKind> exchanged, Set<Level> measured, Set<Holder> held, int kindsNeeded) {
        List<Level> deepestFirst = Stream.of(exchangedAt(exchanged), measuredAt(measured), heldAt(held))
                .sorted(Comparator.reverseOrder())
                .toList();
        return new PractisedLevel(deepestFirst.get(kindsNeeded - 1), exchanged, measured, held);
    }

    /** The level that one kind of evidence shows. */
    public Level shownBy(KindOfEvidence kind) {
        return switch (kind) {
            case INFORMATION_EXCHANGED -> exchangedAt(exchanged);
            case INDICATORS_MEASURED -> measuredAt(measured);
            case OBJECTIVES_HELD -> heldAt(held);
        };
    }

    private static Level exchangedAt(Set<DisclosureKind> exchanged) {
        return highest(exchanged.stream().map(DisclosureKind::typicalOf));
    }

    private static Level measuredAt(Set<Level> measured) {
        return highest(measured.stream());
    }

    private static Level heldAt(Set<Holder> held) {
        return highest(held.stream().map(Practice::shownBy));
    }

    private static Level highest(Stream<Level> levels) {
        return levels.max(Comparator.naturalOrder()).orElse(Level.TRANSACTIONAL);
    }
}
