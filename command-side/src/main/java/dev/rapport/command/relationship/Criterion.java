package dev.rapport.command.relationship;

import dev.rapport.command.relationship.Entry.Assessment;
import dev.rapport.command.relationship.Entry.Commitment;
import dev.rapport.command.relationship.Entry.Disclosure;
import dev.rapport.command.relationship.Entry.Indicator;
import dev.rapport.command.relationship.Entry.Objective;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Holder;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Party;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a relationship has to show before it deepens (rule 2 of the domain), each criterion a rule with the rule's name. The upgrade and
 * the readiness query ask this one list.
 */
enum Criterion {
    THE_STAKEHOLDER_SEES_THIS_LEVEL(Level.ADDED_VALUE) {
        @Override
        @Nullable
        String missing(Evidence evidence, Level to, UpgradePolicy policy) {
            Level said = evidence.stakeholderLevel();
            if (said == null) {
                return "the stakeholder's level has not been recorded";
            }
            return said.isAtLeast(to) ? null : "the stakeholder's level is " + said + ", not yet " + to;
        }
    },
    EACH_PARTY_HAS_KEPT_A_COMMITMENT(Level.ADDED_VALUE) {
        @Override
        @Nullable
        String missing(Evidence evidence, Level to, UpgradePolicy policy) {
            return forEachParty(
                    party -> evidence.count(
                            Commitment.class,
                            commitment -> commitment.madeBy() == party && commitment.state() == Commitment.State.KEPT),
                    policy.keptCommitments(),
                    "kept commitments");
        }
    },
    NO_COMMITMENT_IS_OVERDUE(Level.ADDED_VALUE) {
        @Override
        @Nullable
        String missing(Evidence evidence, Level to, UpgradePolicy policy) {
            long overdue = evidence.count(
                    Commitment.class,
                    commitment -> commitment.isOpen()
                            && !evidence.dueDates().endOf(commitment.dueOn()).isAfter(evidence.overdueAsOf()));
            return overdue == 0 ? null : overdue + (overdue == 1 ? " commitment is" : " commitments are") + " overdue";
        }
    },
    EACH_PARTY_HAS_MADE_A_DISCLOSURE(Level.ADDED_VALUE) {
        @Override
        @Nullable
        String missing(Evidence evidence, Level to, UpgradePolicy policy) {
            return forEachParty(
                    party -> evidence.count(Disclosure.class, disclosure -> disclosure.madeBy() == party),
                    policy.disclosures(),
                    "disclosures");
        }
    },
    AN_INDICATOR_OF_EACH_PARTY_IS_AGREED(Level.ADDED_VALUE) {
        @Override
        @Nullable
        String missing(Evidence evidence, Level to, UpgradePolicy policy) {
            return forEachParty(
                    party -> evidence.count(Indicator.class, indicator -> indicator.owner() == party),
                    policy.indicators(),
                    "indicators of its requirements");
        }
    },
    A_SHARED_OBJECTIVE_IS_HELD(Level.JOINT_VALUE) {
        @Override
        @Nullable
        String missing(Evidence evidence, Level to, UpgradePolicy policy) {
            long shared = evidence.count(
                    Objective.class, objective -> objective.heldBy() == Holder.BOTH && !objective.retired());
            return shared >= policy.sharedObjectives()
                    ? null
                    : "shared objectives held: " + shared + " of " + policy.sharedObjectives();
        }
    },
    VALUES_WERE_ASSESSED_LATELY(Level.JOINT_VALUE) {
        @Override
        @Nullable
        String missing(Evidence evidence, Level to, UpgradePolicy policy) {
            return assessedLately(evidence, EntryKind.VALUES_ASSESSMENT, "values", policy);
        }
    },
    ALIGNMENT_WAS_ASSESSED_LATELY(Level.JOINT_VALUE) {
        @Override
        @Nullable
        String missing(Evidence evidence, Level to, UpgradePolicy policy) {
            return assessedLately(evidence, EntryKind.ALIGNMENT_ASSESSMENT, "alignment", policy);
        }
    },
    EACH_PARTY_HAS_DISCLOSED_ADDED_VALUE(Level.JOINT_VALUE) {
        @Override
        @Nullable
        String missing(Evidence evidence, Level to, UpgradePolicy policy) {
            return forEachParty(
                    party -> evidence.count(
                            Disclosure.class,
                            disclosure -> disclosure.madeBy() == party
                                    && disclosure.disclosed().typicalOf().isAtLeast(Level.ADDED_VALUE)),
                    policy.addedValueDisclosures(),
                    "disclosures of an added-value kind or higher");
        }
    };

    /**
     * What a criterion may look at: the relationship's entries and the stakeholder's level, at the time that is judged, and as of when
     * promises count as overdue.
     */
    record Evidence(
            @Nullable Level stakeholderLevel, List<Entry> entries, Instant at, Instant overdueAsOf, DueDates dueDates) {

        <E extends Entry> long count(Class<E> type, Predicate<E> counts) {
            return entries.stream()
                    .filter(type::isInstance)
                    .map(type::cast)
                    .filter(counts)
                    .count();
        }
    }

    /** How a criterion was judged: {@code missing} says in words what is not there yet, and is null when the criterion is met. */
    record Judgement(Criterion criterion, @Nullable String missing) {

        boolean met() {
            return missing == null;
        }

        /** The rule in words, or what is missing. */
        String detail() {
            return missing == null ? criterion.inWords() : missing;
        }
    }

    private final Level askedFrom;

    Criterion(Level askedFrom) {
        this.askedFrom = askedFrom;
    }

    /** Judges every criterion of a level, in the order of this list. */
    static List<Judgement> judge(Evidence evidence, Level to, UpgradePolicy policy) {
        return Arrays.stream(values())
                .filter(criterion -> to.isAtLeast(criterion.askedFrom))
                .map(criterion -> new Judgement(criterion, criterion.missing(evidence, to, policy)))
                .toList();
    }

    /** What is missing, in words, or null when the criterion is met. */
    abstract @Nullable String missing(Evidence evidence, Level to, UpgradePolicy policy);

    /** The rule's name over HTTP and in events, such as {@code each-party-has-kept-a-commitment}. */
    String ruleName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String inWords() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static @Nullable String forEachParty(ToLongFunction<Party> count, int asked, String of) {
        String missing = Stream.of(Party.values())
                .map(party -> {
                    long has = count.applyAsLong(party);
                    return has >= asked ? null : party + " has " + has + " of " + asked + " " + of;
                })
                .filter(Objects::nonNull)
                .collect(Collectors.joining("; "));
        return missing.isEmpty() ? null : missing;
    }

    private static @Nullable String assessedLately(
            Evidence evidence, EntryKind kind, String what, UpgradePolicy policy) {
        Instant earliest = evidence.at()
                .atZone(ZoneOffset.UTC)
                .minusMonths(policy.assessmentMonths())
                .toInstant();
        long lately = evidence.count(
                Assessment.class,
                assessment -> assessment.kind() == kind
                        && !assessment.occurredAt().isBefore(earliest)
                        && !assessment.occurredAt().isAfter(evidence.at()));
        return lately > 0 ? null : "no assessment of " + what + " in the last " + policy.assessmentMonths() + " months";
    }
}
