package dev.rapport.query;

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
import dev.rapport.events.storage.EventTypes;
import dev.rapport.events.vocabulary.AlignmentDimension;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.ConcernSubject;
import dev.rapport.events.vocabulary.CriteriaOverride;
import dev.rapport.events.vocabulary.Direction;
import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Holder;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.Money;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.PolicyVersion;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.Requirement;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.events.vocabulary.StakeholderKind;
import dev.rapport.events.vocabulary.SwitchingCost;
import dev.rapport.events.vocabulary.TrustAtDecision;
import dev.rapport.events.vocabulary.TrustScores;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;

/** Events for tests to be made of. */
public final class Examples {

    public static final LocalDate SOME_DAY = LocalDate.of(2026, 4, 1);

    private static final TrustAtDecision TRUST = new TrustAtDecision(
            new PolicyVersion("prudent", "1"),
            3,
            Level.TRANSACTIONAL,
            new TrustScores(0.6, 0.6, 0.5, 0.5, 0.7, 0.2, 0.9),
            new TrustScores(0.5, 0.5, 0.5, 0.5, 1, 0.05, 0.95));

    public static StakeholderRegistered stakeholder(String id, String name) {
        return stakeholder(id, name, StakeholderKind.SUPPLIER, "IT");
    }

    public static StakeholderRegistered stakeholder(String id, String name, StakeholderKind kind, String group) {
        return new StakeholderRegistered(new StakeholderId(id), name, kind, group, List.of("thrift"));
    }

    public static RelationshipEstablished relationship(String id, String stakeholder, String manager) {
        return new RelationshipEstablished(
                new RelationshipId(id),
                new StakeholderId(stakeholder),
                new ManagerId(manager),
                Level.TRANSACTIONAL,
                null,
                null);
    }

    public static InteractionLogged interaction(
            String relationship, String id, String summary, String... participants) {
        return new InteractionLogged(
                new RelationshipId(relationship), new EntryId(id), Channel.MEETING, summary, List.of(participants), 1);
    }

    public static CommitmentRecorded commitment(
            String relationship, String id, Party madeBy, String statement, LocalDate due) {
        return new CommitmentRecorded(new RelationshipId(relationship), new EntryId(id), madeBy, statement, due);
    }

    public static DisclosureRecorded disclosure(String relationship, String id, Party madeBy, DisclosureKind kind) {
        return new DisclosureRecorded(
                new RelationshipId(relationship), new EntryId(id), madeBy, kind, "what it is about");
    }

    public static ObjectiveHeld objective(String relationship, String id, Holder heldBy) {
        return new ObjectiveHeld(new RelationshipId(relationship), new EntryId(id), heldBy, "what is wanted", null);
    }

    public static ObjectiveRetired retired(String relationship, String id) {
        return new ObjectiveRetired(new RelationshipId(relationship), new EntryId(id), "reached");
    }

    public static IndicatorAgreed indicator(String relationship, String id, Party owner, Level level) {
        return new IndicatorAgreed(
                new RelationshipId(relationship),
                new EntryId(id),
                owner,
                Requirement.RIGHT,
                level,
                "Parts without fault",
                new BigDecimal("99.50"),
                Direction.HIGHER,
                "%");
    }

    public static MeasurementRecorded measurement(
            String relationship, String id, String indicator, String value, LocalDate measuredOn) {
        var measured = new BigDecimal(value);
        return new MeasurementRecorded(
                new RelationshipId(relationship),
                new EntryId(id),
                new EntryId(indicator),
                measured,
                measuredOn,
                measured.compareTo(new BigDecimal("99.50")) >= 0);
    }

    public static AlignmentAssessed assessed(String relationship, String id, AlignmentDimension... dimensions) {
        return new AlignmentAssessed(new RelationshipId(relationship), new EntryId(id), List.of(dimensions));
    }

    public static AlignmentDimension dimension(
            String name, String self, String selfPerception, String externalPerception) {
        return new AlignmentDimension(
                name, new BigDecimal(self), new BigDecimal(selfPerception), new BigDecimal(externalPerception));
    }

    public static CommitmentKept kept(String relationship, String id) {
        return new CommitmentKept(new RelationshipId(relationship), new EntryId(id), false, null);
    }

    public static EntryRetracted retracted(String relationship, String id, EntryKind kind) {
        return new EntryRetracted(new RelationshipId(relationship), new EntryId(id), kind, "typed twice");
    }

    public static ManagerAssigned assigned(String relationship, String manager) {
        return new ManagerAssigned(new RelationshipId(relationship), new ManagerId(manager), "a new territory");
    }

    /** A story in which everything happens that can happen to a stakeholder and a relationship, once at least. */
    public static List<DomainEvent> everythingThatCanHappen(String stakeholder, String relationship) {
        var s = new StakeholderId(stakeholder);
        var r = new RelationshipId(relationship);
        return List.of(
                stakeholder(stakeholder, "Acme"),
                new StakeholderProfileChanged(s, "Acme & Sons", null, "Hardware", null),
                new RelationshipEstablished(
                        r, s, new ManagerId("manager1"), Level.TRANSACTIONAL, "Safe supply", Level.ADDED_VALUE),
                new ManagerAssigned(r, new ManagerId("manager2"), null),
                assigned(relationship, "manager1"),
                new StakeholderLevelRecorded(r, Level.ADDED_VALUE, "their director"),
                new DesiredLevelSet(r, Level.JOINT_VALUE, "They are the only ones who can"),
                interaction(relationship, "I-1", "They were late, and said so", "Ann", "Bob"),
                new InteractionCorrected(
                        r, new EntryId("I-1"), Channel.CALL, "They were late", List.of("Ann"), -1, "It was a call"),
                interaction(relationship, "I-2", "Nothing new"),
                retracted(relationship, "I-2", EntryKind.INTERACTION),
                commitment(relationship, "C-1", Party.THEM, "Deliver 10 parts a day", SOME_DAY),
                new CommitmentRenegotiated(
                        r, new EntryId("C-1"), SOME_DAY.plusDays(7), "Deliver 12 parts a day", "A strike"),
                new CommitmentBecameOverdue(r, new EntryId("C-1"), SOME_DAY.plusDays(7)),
                new CommitmentKept(r, new EntryId("C-1"), true, "At last"),
                commitment(relationship, "C-2", Party.US, "Pay within 10 days", SOME_DAY),
                new CommitmentBroken(r, new EntryId("C-2"), "The bank was closed"),
                commitment(relationship, "C-3", Party.US, "Share the forecast", SOME_DAY),
                CommitmentReleased.letOff(r, new EntryId("C-3"), "No longer needed"),
                new DisclosureRecorded(
                        r, new EntryId("D-1"), Party.US, DisclosureKind.ORDERS, "Orders of the first quarter"),
                new DisclosureCorrected(
                        r, new EntryId("D-1"), null, DisclosureKind.STRATEGY, null, "It was the strategy"),
                new ObjectiveHeld(r, new EntryId("O-1"), Holder.BOTH, "No line ever stands still", "It costs both"),
                new ObjectiveRetired(r, new EntryId("O-1"), "Reached"),
                new ExpectationStated(r, new EntryId("E-1"), Party.US, Party.US, "We answer within a day"),
                new ContributionRecorded(
                        r,
                        new EntryId("K-1"),
                        Party.THEM,
                        "A cheaper packaging",
                        new Money(new BigDecimal("1200.50"), Currency.getInstance("EUR"))),
                new ContributionCorrected(r, new EntryId("K-1"), null, "A lighter packaging", null, "It was lighter"),
                new IndicatorAgreed(
                        r,
                        new EntryId("N-1"),
                        Party.US,
                        Requirement.RIGHT,
                        Level.TRANSACTIONAL,
                        "Parts without fault",
                        new BigDecimal("99.50"),
                        Direction.HIGHER,
                        "%"),
                new MeasurementRecorded(
                        r, new EntryId("M-1"), new EntryId("N-1"), new BigDecimal("98.10"), SOME_DAY, false),
                new AlignmentAssessed(
                        r,
                        new EntryId("A-1"),
                        List.of(new AlignmentDimension(
                                "reliability", new BigDecimal("70"), new BigDecimal("90"), new BigDecimal("60")))),
                new ValuesAssessed(
                        r,
                        new EntryId("V-1"),
                        new BigDecimal("40"),
                        new BigDecimal("30"),
                        new BigDecimal("30"),
                        "Thrift in common"),
                new DependencyAssessed(
                        r, new EntryId("P-1"), new BigDecimal("80"), new BigDecimal("20"), SwitchingCost.HIGH),
                new ConcernRaised(r, new EntryId("Q-1"), Party.US, ConcernSubject.OPENNESS, "They hide their costs"),
                new DisputeRaised(r, new EntryId("Q-1"), Party.THEM, "They were published"),
                new DisputeSettled(r, new EntryId("Q-1"), "They were, but late", true),
                new ConcernResolved(r, new EntryId("Q-1"), "Costs are shown monthly"),
                new RelationshipUpgraded(
                        r,
                        Level.TRANSACTIONAL,
                        Level.ADDED_VALUE,
                        "We improve together",
                        new PolicyVersion("standard", "1"),
                        new CriteriaOverride(
                                "We need it now",
                                List.of(new CriteriaOverride.Unmet(
                                        "NoCommitmentIsOverdue", "one commitment is overdue"))),
                        TRUST),
                new RelationshipDowngraded(r, Level.ADDED_VALUE, Level.TRANSACTIONAL, "It did not work", TRUST),
                new RelationshipEnded(r, "They were bought"),
                new RelationshipReopened(r, "They are independent again"),
                new PersonalDataErased(r, "X-1", List.of()),
                new StakeholderErased(s, "X-1"));
    }

    /** The names of all events that there are. */
    public static List<String> allEventNames() {
        return EventTypes.leavesOf(DomainEvent.class).map(Class::getSimpleName).toList();
    }

    private Examples() {}
}
