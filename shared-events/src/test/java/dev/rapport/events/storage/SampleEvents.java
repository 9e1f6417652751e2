package dev.rapport.events.storage;

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
import dev.rapport.events.vocabulary.ConcernSubject;
import dev.rapport.events.vocabulary.CriteriaOverride;
import dev.rapport.events.vocabulary.CriteriaOverride.Unmet;
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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What each golden file says today: every event with all that it can say, and with as little as it may. */
final class SampleEvents {

    private static final RelationshipId RELATIONSHIP = new RelationshipId("R-1.alpha_Z");
    private static final StakeholderId STAKEHOLDER = new StakeholderId("S-7");
    private static final ManagerId MANAGER = new ManagerId("ines.calloway@example.org");
    private static final EntryId COMMITMENT = new EntryId("c-03");
    private static final TrustAtDecision TRUST = new TrustAtDecision(
            new PolicyVersion("prudent", "1"),
            17,
            Level.TRANSACTIONAL,
            new TrustScores(2 / 3.0, 2 / 3.0, 0.5, 0.1, 1 / 3.0, 0.3428, 0.9),
            new TrustScores(0.25, 0.25, 0.5, 1 - 1e-9, 0.5, 1e-12, 0.6316));
    private static final EntryId CONCERN = new EntryId("0199b6d2-7c1e-7b5a-9f64-3d1c2ab47e10");

    /** Nothing that can be present is absent. */
    static final List<DomainEvent> FULL = List.of(
            new StakeholderRegistered(
                    STAKEHOLDER,
                    "Zürcher Kälte & Söhne \"東京\" 🤝",
                    StakeholderKind.INTERNAL_PROVIDER,
                    "Technology / shared services",
                    List.of("Sorgfalt", "candour")),
            new StakeholderProfileChanged(
                    STAKEHOLDER, "Zürcher Kälte AG", StakeholderKind.PARTNER, "Teile und Logistik", List.of("誠実")),
            new RelationshipEstablished(
                    RELATIONSHIP,
                    STAKEHOLDER,
                    MANAGER,
                    Level.TRANSACTIONAL,
                    "a plant that never stops, at −18 °C",
                    Level.JOINT_VALUE),
            new ManagerAssigned(RELATIONSHIP, new ManagerId("auth0|5f7c8ec7"), "Ines went on to Łódź"),
            new RelationshipUpgraded(
                    RELATIONSHIP,
                    Level.TRANSACTIONAL,
                    Level.ADDED_VALUE,
                    "we plan the spring together",
                    new PolicyVersion("standard", "1"),
                    new CriteriaOverride(
                            "the fair is next week",
                            List.of(new Unmet("no-commitment-is-overdue", "1 commitment is overdue"))),
                    TRUST),
            new RelationshipDowngraded(
                    RELATIONSHIP, Level.JOINT_VALUE, Level.TRANSACTIONAL, "prices rose by 28 % overnight", TRUST),
            new DesiredLevelSet(RELATIONSHIP, Level.JOINT_VALUE, "they hold a third of our downtime"),
            new StakeholderLevelRecorded(RELATIONSHIP, Level.ADDED_VALUE, "their head of service, on the phone"),
            new InteractionLogged(
                    RELATIONSHIP,
                    new EntryId("i-01"),
                    Channel.MEETING,
                    "Line one:\t\"we are late\".\nLine two: C:\\plans\\spring – naïve, but honest.",
                    List.of("Zoë O'Hara", "村上 春樹"),
                    -2),
            new InteractionCorrected(
                    RELATIONSHIP,
                    new EntryId("i-01"),
                    Channel.CALL,
                    "It was a call, and a warm one.",
                    List.of("Zoë O'Hara"),
                    2,
                    "mixed up with Tuesday"),
            new CommitmentRecorded(
                    RELATIONSHIP, COMMITMENT, Party.THEM, "deliver 12.50 t of doors", LocalDate.of(2028, 2, 29)),
            new CommitmentKept(RELATIONSHIP, COMMITMENT, true, "two days late, all complete"),
            new CommitmentBroken(RELATIONSHIP, COMMITMENT, "the source code was never deposited"),
            new CommitmentRenegotiated(
                    RELATIONSHIP,
                    COMMITMENT,
                    LocalDate.of(2028, 3, 31),
                    "deliver 10 t of doors",
                    "the ice on the Elbe"),
            CommitmentReleased.letOff(RELATIONSHIP, COMMITMENT, "no longer needed"),
            new CommitmentBecameOverdue(RELATIONSHIP, COMMITMENT, LocalDate.of(2028, 2, 29)),
            new DisclosureRecorded(
                    RELATIONSHIP,
                    new EntryId("d-01"),
                    Party.US,
                    DisclosureKind.MANAGEMENT_INFORMATION,
                    "our margin by plant"),
            new DisclosureCorrected(
                    RELATIONSHIP,
                    new EntryId("d-01"),
                    Party.THEM,
                    DisclosureKind.COST_SAVINGS,
                    "their savings by plant",
                    "theirs, not ours"),
            new ObjectiveHeld(
                    RELATIONSHIP,
                    new EntryId("o-01"),
                    Holder.BOTH,
                    "1.6 kWh a cover",
                    "energy is the second cost of both"),
            new ObjectiveRetired(RELATIONSHIP, new EntryId("o-01"), "reached in ¾ of the time"),
            new ExpectationStated(
                    RELATIONSHIP, new EntryId("e-01"), Party.THEM, Party.US, "bad news on the day it is known"),
            new ContributionRecorded(
                    RELATIONSHIP,
                    new EntryId("x-01"),
                    Party.THEM,
                    "an engineer on site for the winter",
                    new Money(new BigDecimal("12.50"), Currency.getInstance("EUR"))),
            new ContributionCorrected(
                    RELATIONSHIP,
                    new EntryId("x-01"),
                    Party.US,
                    "our engineer, at theirs",
                    new Money(new BigDecimal("1250000"), Currency.getInstance("JPY")),
                    "lost digits"),
            new IndicatorAgreed(
                    RELATIONSHIP,
                    new EntryId("n-01"),
                    Party.US,
                    Requirement.FAST,
                    Level.ADDED_VALUE,
                    "time to first answer",
                    new BigDecimal("0.250"),
                    Direction.LOWER,
                    "h"),
            new MeasurementRecorded(
                    RELATIONSHIP,
                    new EntryId("m-01"),
                    new EntryId("n-01"),
                    new BigDecimal("-1234567890.123400"),
                    LocalDate.of(2026, 12, 31),
                    true),
            new AlignmentAssessed(
                    RELATIONSHIP,
                    new EntryId("a-01"),
                    List.of(
                            new AlignmentDimension(
                                    "reliability",
                                    new BigDecimal("70"),
                                    new BigDecimal("90.0"),
                                    new BigDecimal("60.25")),
                            new AlignmentDimension(
                                    "Offenheit", BigDecimal.ZERO, new BigDecimal("100"), new BigDecimal("5E+1")))),
            new ValuesAssessed(
                    RELATIONSHIP,
                    new EntryId("v-01"),
                    new BigDecimal("62.5"),
                    new BigDecimal("30"),
                    new BigDecimal("7.50"),
                    "both family-owned"),
            new DependencyAssessed(
                    RELATIONSHIP,
                    new EntryId("p-01"),
                    new BigDecimal("80"),
                    new BigDecimal("12.50"),
                    SwitchingCost.NO_SWITCH_POSSIBLE),
            new ConcernRaised(
                    RELATIONSHIP,
                    CONCERN,
                    Party.THEM,
                    ConcernSubject.OPENNESS,
                    "we learned of the dismissals in the press"),
            new ConcernResolved(RELATIONSHIP, CONCERN, "an apology, and a call every Friday"),
            new DisputeRaised(RELATIONSHIP, COMMITMENT, Party.US, "the date had been moved"),
            new DisputeSettled(RELATIONSHIP, COMMITMENT, "the minutes of 4 May say otherwise", true),
            new EntryRetracted(RELATIONSHIP, new EntryId("i-01"), EntryKind.INTERACTION, "another supplier's meeting"),
            new RelationshipEnded(RELATIONSHIP, "the Förge bakes unevenly"),
            new RelationshipReopened(RELATIONSHIP, "the master baker asked for it"),
            new PersonalDataErased(
                    RELATIONSHIP, "0199b6d2-7c1e-7b5a-9f64-3d1c2ab47e11", List.of(new EntryId("i-01"), COMMITMENT)),
            new StakeholderErased(STAKEHOLDER, "0199b6d2-7c1e-7b5a-9f64-3d1c2ab47e12"));

    /** Everything that may be absent is absent, of those events that have such. */
    static final List<DomainEvent> MINIMAL = List.of(
            CommitmentReleased.byEnding(RELATIONSHIP, COMMITMENT),
            new StakeholderProfileChanged(STAKEHOLDER, null, null, null, null),
            new RelationshipEstablished(RELATIONSHIP, STAKEHOLDER, MANAGER, Level.TRANSACTIONAL, null, null),
            new ManagerAssigned(RELATIONSHIP, MANAGER, null),
            new RelationshipUpgraded(
                    RELATIONSHIP,
                    Level.ADDED_VALUE,
                    Level.JOINT_VALUE,
                    "ready by every criterion",
                    new PolicyVersion("standard", "1"),
                    null,
                    null),
            new RelationshipDowngraded(
                    RELATIONSHIP, Level.ADDED_VALUE, Level.TRANSACTIONAL, "they left the programme", null),
            new DesiredLevelSet(RELATIONSHIP, Level.ADDED_VALUE, null),
            new StakeholderLevelRecorded(RELATIONSHIP, Level.TRANSACTIONAL, null),
            new InteractionLogged(RELATIONSHIP, new EntryId("i-02"), Channel.EMAIL, "a short hello", List.of(), null),
            new InteractionCorrected(
                    RELATIONSHIP, new EntryId("i-02"), null, null, null, null, "nothing was wrong after all"),
            new CommitmentKept(RELATIONSHIP, COMMITMENT, false, null),
            new CommitmentRenegotiated(
                    RELATIONSHIP, COMMITMENT, LocalDate.of(2028, 4, 1), null, "Easter is early this year"),
            new DisclosureCorrected(RELATIONSHIP, new EntryId("d-01"), null, null, null, "checked, and right"),
            new ObjectiveHeld(RELATIONSHIP, new EntryId("o-02"), Holder.US, "fewer suppliers", null),
            new ContributionRecorded(RELATIONSHIP, new EntryId("x-02"), Party.US, "a letter of recommendation", null),
            new ContributionCorrected(RELATIONSHIP, new EntryId("x-02"), null, null, null, "checked, and right"),
            new IndicatorAgreed(
                    RELATIONSHIP,
                    new EntryId("n-02"),
                    Party.THEM,
                    Requirement.TRUST,
                    Level.JOINT_VALUE,
                    "orders placed without a tender",
                    new BigDecimal("3"),
                    Direction.HIGHER,
                    null),
            new ValuesAssessed(
                    RELATIONSHIP,
                    new EntryId("v-02"),
                    BigDecimal.ZERO,
                    new BigDecimal("40"),
                    new BigDecimal("60"),
                    null));

    /** Of {@link #EARLIER}, what does not only differ by being in clear. */
    private static final Map<String, DomainEvent> OTHERS = Map.of(
            "CommitmentReleased.1", CommitmentReleased.byEnding(RELATIONSHIP, COMMITMENT),
            "CommitmentReleased.1.let-off", CommitmentReleased.letOff(RELATIONSHIP, COMMITMENT, "no longer needed"),
            "RelationshipUpgraded.1",
                    new RelationshipUpgraded(
                            RELATIONSHIP,
                            Level.TRANSACTIONAL,
                            Level.ADDED_VALUE,
                            "we plan the spring together",
                            new PolicyVersion("standard", "1"),
                            new CriteriaOverride(
                                    "the fair is next week",
                                    List.of(new Unmet("no-commitment-is-overdue", "1 commitment is overdue"))),
                            null),
            "RelationshipUpgraded.1.minimal",
                    new RelationshipUpgraded(
                            RELATIONSHIP,
                            Level.ADDED_VALUE,
                            Level.JOINT_VALUE,
                            "ready by every criterion",
                            new PolicyVersion("standard", "1"),
                            null,
                            null),
            "RelationshipDowngraded.1",
                    new RelationshipDowngraded(
                            RELATIONSHIP,
                            Level.JOINT_VALUE,
                            Level.TRANSACTIONAL,
                            "prices rose by 28 % overnight",
                            null));

    /**
     * What the upcasters make, today, of events that were stored in an earlier revision, by the name of their golden file without its
     * ending. A new revision moves its event's former samples here.
     */
    static final Map<String, DomainEvent> EARLIER = earlier();

    private static Map<String, DomainEvent> earlier() {
        var earlier = new TreeMap<>(OTHERS);
        Upcasters.InClear.EVENTS.forEach((event, lastInClear) -> {
            var name = event + "." + lastInClear;
            inClear(FULL, event).ifPresent(sample -> earlier.put(name, sample));
            inClear(MINIMAL, event).ifPresent(sample -> earlier.put(name + ".minimal", sample));
        });
        return earlier;
    }

    private static Optional<DomainEvent> inClear(List<DomainEvent> samples, String event) {
        return samples.stream()
                .filter(sample -> sample.getClass().getSimpleName().equals(event))
                .findFirst();
    }

    private SampleEvents() {}
}
