package dev.rapport.query.history;

import dev.rapport.events.AlignmentAssessed;
import dev.rapport.events.CommitmentBecameOverdue;
import dev.rapport.events.CommitmentBroken;
import dev.rapport.events.CommitmentKept;
import dev.rapport.events.CommitmentRecorded;
import dev.rapport.events.CommitmentReleased;
import dev.rapport.events.CommitmentRenegotiated;
import dev.rapport.events.ConcernRaised;
import dev.rapport.events.ConcernResolved;
import dev.rapport.events.ContributionCorrected;
import dev.rapport.events.ContributionRecorded;
import dev.rapport.events.DependencyAssessed;
import dev.rapport.events.DesiredLevelSet;
import dev.rapport.events.DisclosureCorrected;
import dev.rapport.events.DisclosureRecorded;
import dev.rapport.events.DisputeRaised;
import dev.rapport.events.DisputeSettled;
import dev.rapport.events.DomainEvent;
import dev.rapport.events.EntryRetracted;
import dev.rapport.events.ExpectationStated;
import dev.rapport.events.IndicatorAgreed;
import dev.rapport.events.InteractionCorrected;
import dev.rapport.events.InteractionLogged;
import dev.rapport.events.ManagerAssigned;
import dev.rapport.events.MeasurementRecorded;
import dev.rapport.events.ObjectiveHeld;
import dev.rapport.events.ObjectiveRetired;
import dev.rapport.events.PersonalDataErased;
import dev.rapport.events.RelationshipDowngraded;
import dev.rapport.events.RelationshipEnded;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.RelationshipReopened;
import dev.rapport.events.RelationshipUpgraded;
import dev.rapport.events.StakeholderErased;
import dev.rapport.events.StakeholderLevelRecorded;
import dev.rapport.events.StakeholderProfileChanged;
import dev.rapport.events.StakeholderRegistered;
import dev.rapport.events.ValuesAssessed;
import dev.rapport.events.vocabulary.AlignmentDimension;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.CriteriaOverride;
import dev.rapport.events.vocabulary.Direction;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Money;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.ReleaseCause;
import dev.rapport.events.vocabulary.SwitchingCost;
import dev.rapport.query.entry.Entry;
import dev.rapport.query.entry.EntryContent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells events in English. */
final class EnglishSentences implements Sentences {

    private static final int LONGEST_QUOTE = 160;

    @Override
    public String tell(DomainEvent event, Known known) {
        return new Telling(known).tell(event);
    }

    private record Telling(Known known) {

        String tell(DomainEvent happened) {
            return switch (happened) {
                case StakeholderRegistered event ->
                    sentence(
                            event.name(), " was registered as a ", word(event.kind()), " in the group ", event.group());
                case StakeholderProfileChanged _ -> sentence("What we know of ", known.stakeholder(), " changed");
                case RelationshipEstablished event ->
                    sentence(
                            "The relationship with ",
                            known.stakeholder(),
                            " began at the ",
                            word(event.level()),
                            " level, managed by ",
                            event.managerId().value(),
                            because(event.purpose()));
                case ManagerAssigned event ->
                    sentence(event.managerId().value(), " became the relationship manager", because(event.reason()));
                case RelationshipUpgraded event ->
                    sentence(
                            "The relationship was upgraded from ",
                            word(event.from()),
                            " to ",
                            word(event.to()),
                            because(event.rationale()),
                            overriding(event.override()));
                case RelationshipDowngraded event ->
                    sentence(
                            "The relationship was downgraded from ",
                            word(event.from()),
                            " to ",
                            word(event.to()),
                            because(event.reason()));
                case DesiredLevelSet event ->
                    sentence("We want the relationship to be ", word(event.level()), because(event.reason()));
                case StakeholderLevelRecorded event ->
                    sentence(
                            known.stakeholder(),
                            " sees the relationship as ",
                            word(event.level()),
                            event.source() == null ? "" : ", says " + event.source());
                case InteractionLogged event -> interaction(event);
                case InteractionCorrected event ->
                    known.interactionsReadable()
                            ? sentence(
                                    "The record of ",
                                    entry(event.interactionId()),
                                    " was corrected",
                                    because(event.reason()))
                            : sentence("The record of ", entry(event.interactionId()), " was corrected");
                case CommitmentRecorded event ->
                    sentence(
                            subject(event.madeBy()),
                            " promised ",
                            object(event.madeBy().other()),
                            " by ",
                            day(event.dueOn()),
                            ": ",
                            quoted(event.statement()));
                case CommitmentKept event ->
                    sentence(
                            promiser(event.commitmentId()),
                            " kept the promise ",
                            entry(event.commitmentId()),
                            event.late() ? ", late" : ", on time",
                            because(event.note()));
                case CommitmentBroken event ->
                    sentence(
                            promiser(event.commitmentId()),
                            " broke the promise ",
                            entry(event.commitmentId()),
                            because(event.reason()));
                case CommitmentRenegotiated event ->
                    sentence(
                            "The promise ",
                            event.statement() == null ? entry(event.commitmentId()) : quoted(event.statement()),
                            " was renegotiated and is now due by ",
                            day(event.dueOn()),
                            because(event.reason()));
                case CommitmentReleased event ->
                    sentence(
                            promiser(event.commitmentId()),
                            " ",
                            wasOrWere(event.commitmentId()),
                            " released from the promise ",
                            entry(event.commitmentId()),
                            event.cause() == ReleaseCause.RELATIONSHIP_ENDED ? " when the relationship ended" : "",
                            because(event.reason()));
                case CommitmentBecameOverdue event ->
                    sentence(
                            "The promise ",
                            entry(event.commitmentId()),
                            " became overdue; it was due by ",
                            day(event.dueOn()));
                case DisclosureRecorded event ->
                    sentence(
                            subject(event.madeBy()),
                            " shared ",
                            word(event.kind()),
                            " with ",
                            object(event.madeBy().other()),
                            ": ",
                            quoted(event.subject()));
                case DisclosureCorrected event ->
                    sentence(
                            "The record of the disclosure ",
                            entry(event.disclosureId()),
                            " was corrected",
                            because(event.reason()));
                case ObjectiveHeld event ->
                    sentence(
                            switch (event.heldBy()) {
                                case US -> "We hold the objective ";
                                case THEM -> known.stakeholder() + " holds the objective ";
                                case BOTH -> "Both parties hold the objective ";
                            },
                            quoted(event.statement()),
                            because(event.motive()));
                case ObjectiveRetired event ->
                    sentence("The objective ", entry(event.objectiveId()), " was retired", because(event.reason()));
                case ExpectationStated event ->
                    sentence(
                            subject(event.heldBy()),
                            event.heldBy() == Party.US ? " expect of " : " expects of ",
                            event.heldBy() == event.of() ? themselves(event.of()) : object(event.of()),
                            ": ",
                            quoted(event.statement()));
                case ContributionRecorded event ->
                    sentence(
                            subject(event.givenBy()),
                            " contributed to ",
                            object(event.givenBy().other()),
                            ": ",
                            quoted(event.statement()),
                            worth(event.amount()));
                case ContributionCorrected event ->
                    sentence(
                            "The record of the contribution ",
                            entry(event.contributionId()),
                            " was corrected",
                            because(event.reason()));
                case IndicatorAgreed event ->
                    sentence(
                            "The parties agreed to measure ",
                            quoted(event.name()),
                            " against a target of ",
                            number(event.target(), event.unit()),
                            event.better() == Direction.HIGHER ? " or more" : " or less",
                            ", to meet what ",
                            event.owner() == Party.US ? "we require" : known.stakeholder() + " requires",
                            " (",
                            word(event.requirement()),
                            ")");
                case MeasurementRecorded event ->
                    sentence(
                            "The indicator ",
                            entry(event.indicatorId()),
                            " measured ",
                            event.value().toString(),
                            " on ",
                            day(event.measuredOn()),
                            event.meetsTarget() ? " and met its target" : " and missed its target");
                case AlignmentAssessed event ->
                    sentence(
                            "Alignment was assessed in ",
                            event.dimensions().stream()
                                    .map(AlignmentDimension::name)
                                    .collect(Collectors.joining(", ")));
                case ValuesAssessed event ->
                    sentence(
                            "The parties' values were assessed: overlap ",
                            event.overlap().toString(),
                            ", complement ",
                            event.complement().toString(),
                            ", conflict ",
                            event.conflict().toString(),
                            " of 100",
                            because(event.note()));
                case DependencyAssessed event ->
                    sentence(
                            "Dependence was assessed: ours ",
                            event.ourDependence().toString(),
                            ", theirs ",
                            event.theirDependence().toString(),
                            " of 100, ",
                            cost(event.switchingCost()));
                case ConcernRaised event ->
                    sentence(
                            subject(event.raisedBy()),
                            " raised a concern about ",
                            word(event.about()),
                            ": ",
                            quoted(event.statement()));
                case ConcernResolved event ->
                    sentence("The concern ", entry(event.concernId()), " was resolved", because(event.resolution()));
                case DisputeRaised event ->
                    sentence(
                            subject(event.raisedBy()),
                            event.raisedBy() == Party.US ? " dispute " : " disputes ",
                            kindAndEntry(event.entryId()),
                            because(event.reason()));
                case DisputeSettled event ->
                    sentence(
                            "The dispute about ",
                            kindAndEntry(event.entryId()),
                            event.upheld()
                                    ? " was settled and it counts again"
                                    : " was settled and it no longer counts",
                            because(event.outcome()));
                case EntryRetracted event ->
                    event.kind() == EntryKind.INTERACTION && !known.interactionsReadable()
                            ? sentence("The record of ", entry(event.entryId()), " was retracted")
                            : sentence("The record of ", retracted(event), " was retracted", because(event.reason()));
                case RelationshipEnded event ->
                    sentence("The relationship with ", known.stakeholder(), " ended", because(event.reason()));
                case RelationshipReopened event ->
                    sentence("The relationship with ", known.stakeholder(), " was reopened", because(event.reason()));
                case PersonalDataErased event ->
                    sentence(
                            "Personal data was erased",
                            event.entries().isEmpty()
                                    ? ""
                                    : event.entries().size() == 1
                                            ? ", in 1 entry"
                                            : ", in " + event.entries().size() + " entries");
                case StakeholderErased _ -> sentence("The stakeholder's names so far were erased");
            };
        }

        private String interaction(InteractionLogged event) {
            if (!known.interactionsReadable()) {
                return sentence(what(event.channel()), " took place", mood(event.sentiment()));
            }
            String participants = event.participants().isEmpty() ? "" : " with " + listed(event.participants());
            return sentence(
                    what(event.channel()), participants, mood(event.sentiment()), ": ", quoted(event.summary()));
        }

        private static String what(Channel channel) {
            return switch (channel) {
                case MEETING -> "A meeting";
                case CALL -> "A call";
                case EMAIL -> "An e-mail";
                case VISIT -> "A visit";
                case EVENT -> "An event";
                case OTHER -> "A contact";
            };
        }

        private static String mood(@Nullable Integer sentiment) {
            if (sentiment == null) {
                return "";
            }
            return switch (Integer.signum(sentiment)) {
                case 1 -> sentiment > 1 ? ", warm" : ", friendly";
                case -1 -> sentiment < -1 ? ", hostile" : ", cool";
                default -> ", neutral";
            };
        }

        private String subject(Party party) {
            return party == Party.US ? "We" : known.stakeholder();
        }

        private String object(Party party) {
            return party == Party.US ? "us" : known.stakeholder();
        }

        private static String themselves(Party party) {
            return party == Party.US ? "ourselves" : "themselves";
        }

        private String promiser(EntryId commitment) {
            Party party = madeBy(commitment);
            return party == null ? "The promising party" : subject(party);
        }

        private String wasOrWere(EntryId commitment) {
            return madeBy(commitment) == Party.US ? "were" : "was";
        }

        private @Nullable Party madeBy(EntryId commitment) {
            Entry entry = known.entry(commitment);
            return entry != null && entry.content() instanceof EntryContent.Commitment promise
                    ? promise.madeBy()
                    : null;
        }

        private String retracted(EntryRetracted event) {
            return event.kind() == EntryKind.INTERACTION ? entry(event.entryId()) : kindAndEntry(event.entryId());
        }

        private String kindAndEntry(EntryId id) {
            Entry entry = known.entry(id);
            return entry == null ? id.value() : "the " + word(entry.kind()) + " " + entry(id);
        }

        private String entry(EntryId id) {
            Entry entry = known.entry(id);
            if (entry == null) {
                return id.value();
            }
            return switch (entry.content()) {
                case EntryContent.Interaction interaction -> "the " + word(interaction.channel()) + " of " + day(entry);
                case EntryContent.Commitment commitment -> quoted(commitment.statement());
                case EntryContent.Disclosure disclosure -> quoted(disclosure.subject());
                case EntryContent.Objective objective -> quoted(objective.statement());
                case EntryContent.Expectation expectation -> quoted(expectation.statement());
                case EntryContent.Contribution contribution -> quoted(contribution.statement());
                case EntryContent.Indicator indicator -> quoted(indicator.name());
                case EntryContent.Measurement measurement -> "of " + day(measurement.measuredOn());
                case EntryContent.AlignmentAssessment _ -> "of " + day(entry);
                case EntryContent.ValuesAssessment _ -> "of " + day(entry);
                case EntryContent.DependencyAssessment _ -> "of " + day(entry);
                case EntryContent.Concern concern -> quoted(concern.statement());
            };
        }

        private static String day(Entry entry) {
            return day(LocalDate.ofInstant(entry.occurredAt(), ZoneOffset.UTC));
        }

        private static String day(LocalDate day) {
            return day.toString();
        }

        private static String overriding(@Nullable CriteriaOverride override) {
            if (override == null) {
                return "";
            }
            String unmet = override.unmet().stream()
                    .map(CriteriaOverride.Unmet::detail)
                    .collect(Collectors.joining("; "));
            return "; overridden because of " + quoted(override.reason())
                    + (unmet.isEmpty() ? "" : ", though unmet: " + unmet);
        }

        private static String worth(@Nullable Money amount) {
            return amount == null ? "" : ", worth " + amount.amount() + " " + amount.currency();
        }

        private static String number(BigDecimal number, @Nullable String unit) {
            return unit == null ? number.toString() : number + " " + unit;
        }

        private static String cost(SwitchingCost cost) {
            return switch (cost) {
                case LOW -> "switching costs little";
                case HIGH -> "switching costs much";
                case NO_SWITCH_POSSIBLE -> "no switch is possible";
            };
        }

        private static String because(@Nullable String reason) {
            return reason == null || reason.isBlank() ? "" : ": " + quoted(reason);
        }

        private static String listed(List<String> names) {
            return names.size() == 1
                    ? names.getFirst()
                    : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
        }

        private static String word(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        private static String quoted(String text) {
            String line = text.strip().replaceAll("\\s+", " ");
            boolean fits = line.codePointCount(0, line.length()) <= LONGEST_QUOTE;
            return "“" + (fits ? line : line.substring(0, line.offsetByCodePoints(0, LONGEST_QUOTE)) + "…") + "”";
        }

        private static String sentence(String... parts) {
            return String.join("", parts) + ".";
        }
    }
}
