package dev.rapport.query;

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
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The practised level as the domain puts it: all entries of a relationship are looked through, and none is remembered. */
final class PlainPractice {

    static Level practised(Collection<Entry> entries, Instant now) {
        Instant since = now.atOffset(ZoneOffset.UTC).minusMonths(12).toInstant();
        Map<EntryId, Entry> counting = entries.stream()
                .filter(entry -> !entry.retracted())
                .collect(Collectors.toMap(Entry::id, Function.identity()));
        return Stream.of(
                        highest(counting.values().stream()
                                .filter(entry -> entry.content() instanceof Disclosure
                                        && !entry.occurredAt().isBefore(since))
                                .map(entry -> ((Disclosure) entry.content())
                                        .disclosed()
                                        .typicalOf())),
                        highest(counting.values().stream()
                                .filter(entry -> entry.content() instanceof Measurement measurement
                                        && !measurement
                                                .measuredOn()
                                                .isBefore(LocalDate.ofInstant(since, ZoneOffset.UTC)))
                                .map(entry -> counting.get(((Measurement) entry.content()).indicatorId()))
                                .filter(indicator -> indicator != null)
                                .map(indicator -> ((Indicator) indicator.content()).level())),
                        highest(counting.values().stream()
                                .filter(entry -> entry.content() instanceof Objective objective
                                        && (objective.retiredAt() == null
                                                || !objective.retiredAt().isBefore(since)))
                                .map(entry -> ((Objective) entry.content()).heldBy() == Holder.BOTH
                                        ? Level.JOINT_VALUE
                                        : Level.TRANSACTIONAL)))
                .sorted()
                .toList()
                .get(1);
    }

    private static Level highest(Stream<Level> levels) {
        return levels.max(Level::compareTo).orElse(Level.TRANSACTIONAL);
    }

    private PlainPractice() {}
}
