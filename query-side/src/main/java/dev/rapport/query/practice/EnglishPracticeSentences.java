package dev.rapport.query.practice;

import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.Holder;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.query.practice.LevelMismatch.Disagreement;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells in English how a relationship is practised. */
final class EnglishPracticeSentences implements PracticeSentences {

    private static final Set<DisclosureKind> PLURALS = EnumSet.of(
            DisclosureKind.ORDERS,
            DisclosureKind.SALES,
            DisclosureKind.PROMOTIONS,
            DisclosureKind.INVOICES,
            DisclosureKind.BENCHMARK,
            DisclosureKind.COST_SAVINGS,
            DisclosureKind.OPPORTUNITIES,
            DisclosureKind.MATERIALS,
            DisclosureKind.FACILITIES);

    @Override
    public String detail(KindOfEvidence kind, PractisedLevel practised) {
        Phrase pieces = pieces(kind, practised, _ -> true);
        return pieces.isEmpty() ? "nothing" : pieces.words;
    }

    @Override
    public String mismatch(LevelMismatch levels, PracticePolicy policy) {
        return levels.disagreements().stream()
                .map(disagreement -> tell(disagreement, levels, policy))
                .collect(Collectors.joining("; "));
    }

    private static String tell(Disagreement disagreement, LevelMismatch levels, PracticePolicy policy) {
        String declared = word(levels.declared());
        return switch (disagreement) {
            case PRACTISED_BELOW_DECLARED -> "declared " + declared + ", but " + shallow(levels) + lately(policy);
            case PRACTISED_ABOVE_DECLARED -> "declared " + declared + ", but " + deep(levels) + lately(policy);
            case STAKEHOLDER_BELOW_DECLARED, STAKEHOLDER_ABOVE_DECLARED ->
                disputed(declared, Objects.requireNonNull(levels.stakeholders()));
        };
    }

    private static String disputed(String declared, Level stakeholders) {
        return "we run it as " + declared + ", but the stakeholder sees it as " + word(stakeholders);
    }

    /** Of the kinds that fall short, what there was; where there was nothing, that. */
    private static String shallow(LevelMismatch levels) {
        List<KindOfEvidence> fallingShort = Stream.of(KindOfEvidence.values())
                .filter(kind -> !levels.practised().shownBy(kind).isAtLeast(levels.declared()))
                .toList();
        List<String> seen = fallingShort.stream()
                .filter(kind -> !pieces(kind, levels.practised(), _ -> true).isEmpty())
                .map(kind -> "only " + seen(kind, pieces(kind, levels.practised(), _ -> true)))
                .toList();
        return listed(
                seen.isEmpty()
                        ? fallingShort.stream()
                                .map(EnglishPracticeSentences::nothing)
                                .toList()
                        : seen);
    }

    /** Of the kinds that go deeper than declared, what did. */
    private static String deep(LevelMismatch levels) {
        return listed(Stream.of(KindOfEvidence.values())
                .map(kind -> seen(
                        kind,
                        pieces(
                                kind,
                                levels.practised(),
                                level -> !levels.declared().isAtLeast(level))))
                .filter(clause -> !clause.isEmpty())
                .toList());
    }

    private static String seen(KindOfEvidence kind, Phrase pieces) {
        if (pieces.isEmpty()) {
            return "";
        }
        String verb = pieces.plural ? " were " : " was ";
        return pieces.words
                + verb
                + switch (kind) {
                    case INFORMATION_EXCHANGED -> "exchanged";
                    case INDICATORS_MEASURED -> "measured";
                    case OBJECTIVES_HELD -> "held";
                };
    }

    private static String nothing(KindOfEvidence kind) {
        return switch (kind) {
            case INFORMATION_EXCHANGED -> "no information was exchanged";
            case INDICATORS_MEASURED -> "no indicator was measured";
            case OBJECTIVES_HELD -> "no shared objective was held";
        };
    }

    private static String lately(PracticePolicy policy) {
        return policy.months() == 1 ? " in the last month" : " in the last " + policy.months() + " months";
    }

    private record Phrase(String words, boolean plural) {

        boolean isEmpty() {
            return words.isEmpty();
        }
    }

    private static Phrase pieces(KindOfEvidence kind, PractisedLevel practised, Predicate<Level> of) {
        return switch (kind) {
            case INFORMATION_EXCHANGED -> {
                List<DisclosureKind> exchanged = practised.exchanged().stream()
                        .filter(disclosed -> of.test(disclosed.typicalOf()))
                        .sorted()
                        .toList();
                yield new Phrase(
                        listed(exchanged.stream()
                                .map(EnglishPracticeSentences::word)
                                .toList()),
                        exchanged.size() > 1 || PLURALS.containsAll(exchanged));
            }
            case INDICATORS_MEASURED -> {
                List<String> levels = practised.measured().stream()
                        .filter(of)
                        .sorted()
                        .map(EnglishPracticeSentences::word)
                        .toList();
                yield new Phrase(levels.isEmpty() ? "" : listed(levels) + " indicators", true);
            }
            case OBJECTIVES_HELD ->
                new Phrase(
                        listed(practised.held().stream()
                                .filter(holder -> of.test(Practice.shownBy(holder)))
                                .sorted()
                                .map(EnglishPracticeSentences::word)
                                .toList()),
                        true);
        };
    }

    private static String word(DisclosureKind kind) {
        return switch (kind) {
            case ORDERS -> "orders";
            case INVENTORY -> "stock on hand";
            case SALES -> "sales figures";
            case PROMOTIONS -> "promotions";
            case INVOICES -> "invoices";
            case STATUS -> "order status";
            case BENCHMARK -> "benchmarks";
            case COST_SAVINGS -> "cost savings";
            case OPPORTUNITIES -> "opportunities";
            case INTEGRATED_PROCESS -> "process integration";
            case MANAGEMENT_INFORMATION -> "management information";
            case STRATEGY -> "strategy";
            case CAPITAL -> "capital";
            case STAFF -> "staff";
            case MATERIALS -> "materials";
            case FACILITIES -> "facilities";
        };
    }

    private static String word(Holder holder) {
        return switch (holder) {
            case US -> "our own objectives";
            case THEM -> "their own objectives";
            case BOTH -> "shared objectives";
        };
    }

    private static String word(Level level) {
        return level.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String listed(List<String> words) {
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }
}
