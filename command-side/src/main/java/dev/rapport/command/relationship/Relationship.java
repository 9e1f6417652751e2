package dev.rapport.command.relationship;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.rapport.command.Circumstances;
import dev.rapport.command.Refusal;
import dev.rapport.command.Refusal.Reason;
import dev.rapport.command.relationship.Criterion.Evidence;
import dev.rapport.command.relationship.Criterion.Judgement;
import dev.rapport.command.relationship.Entry.Assessment;
import dev.rapport.command.relationship.Entry.Commitment;
import dev.rapport.command.relationship.Entry.Concern;
import dev.rapport.command.relationship.Entry.Disclosure;
import dev.rapport.command.relationship.Entry.Indicator;
import dev.rapport.command.relationship.Entry.Objective;
import dev.rapport.command.relationship.Entry.Plain;
import dev.rapport.command.relationship.Entry.Retracted;
import dev.rapport.command.relationship.RelationshipCommand.AgreeIndicator;
import dev.rapport.command.relationship.RelationshipCommand.AssessAlignment;
import dev.rapport.command.relationship.RelationshipCommand.AssessDependency;
import dev.rapport.command.relationship.RelationshipCommand.AssessValues;
import dev.rapport.command.relationship.RelationshipCommand.AssignManager;
import dev.rapport.command.relationship.RelationshipCommand.BreakCommitment;
import dev.rapport.command.relationship.RelationshipCommand.CorrectEntry;
import dev.rapport.command.relationship.RelationshipCommand.DealsWithEntry;
import dev.rapport.command.relationship.RelationshipCommand.DowngradeRelationship;
import dev.rapport.command.relationship.RelationshipCommand.EndRelationship;
import dev.rapport.command.relationship.RelationshipCommand.EstablishRelationship;
import dev.rapport.command.relationship.RelationshipCommand.FulfilCommitment;
import dev.rapport.command.relationship.RelationshipCommand.HoldObjective;
import dev.rapport.command.relationship.RelationshipCommand.LogInteraction;
import dev.rapport.command.relationship.RelationshipCommand.MakesEntry;
import dev.rapport.command.relationship.RelationshipCommand.NoteOverdueCommitment;
import dev.rapport.command.relationship.RelationshipCommand.RaiseConcern;
import dev.rapport.command.relationship.RelationshipCommand.RaiseDispute;
import dev.rapport.command.relationship.RelationshipCommand.RecordCommitment;
import dev.rapport.command.relationship.RelationshipCommand.RecordContribution;
import dev.rapport.command.relationship.RelationshipCommand.RecordDisclosure;
import dev.rapport.command.relationship.RelationshipCommand.RecordMeasurement;
import dev.rapport.command.relationship.RelationshipCommand.RecordStakeholderLevel;
import dev.rapport.command.relationship.RelationshipCommand.ReleaseCommitment;
import dev.rapport.command.relationship.RelationshipCommand.RenegotiateCommitment;
import dev.rapport.command.relationship.RelationshipCommand.ReopenRelationship;
import dev.rapport.command.relationship.RelationshipCommand.ResolveConcern;
import dev.rapport.command.relationship.RelationshipCommand.RetireObjective;
import dev.rapport.command.relationship.RelationshipCommand.RetractEntry;
import dev.rapport.command.relationship.RelationshipCommand.SetDesiredLevel;
import dev.rapport.command.relationship.RelationshipCommand.SettleDispute;
import dev.rapport.command.relationship.RelationshipCommand.StateExpectation;
import dev.rapport.command.relationship.RelationshipCommand.UpgradeRelationship;
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
import dev.rapport.events.EntryRetracted;
import dev.rapport.events.ExpectationStated;
import dev.rapport.events.IndicatorAgreed;
import dev.rapport.events.InteractionCorrected;
import dev.rapport.events.InteractionLogged;
import dev.rapport.events.IsoTime;
import dev.rapport.events.ManagerAssigned;
import dev.rapport.events.MeasurementRecorded;
import dev.rapport.events.ObjectiveHeld;
import dev.rapport.events.ObjectiveRetired;
import dev.rapport.events.PersonalDataErased;
import dev.rapport.events.Provenance;
import dev.rapport.events.RelationshipDowngraded;
import dev.rapport.events.RelationshipEnded;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.RelationshipReopened;
import dev.rapport.events.RelationshipUpgraded;
import dev.rapport.events.StakeholderLevelRecorded;
import dev.rapport.events.StreamName;
import dev.rapport.events.ValuesAssessed;
import dev.rapport.events.trust.EvidenceFold;
import dev.rapport.events.trust.LevelCourse;
import dev.rapport.events.trust.TrustModel;
import dev.rapport.events.vocabulary.AlignmentDimension;
import dev.rapport.events.vocabulary.CriteriaOverride;
import dev.rapport.events.vocabulary.CriteriaOverride.Unmet;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.events.vocabulary.TrustAtDecision;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CommandHandlerInterceptor;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * A relationship between us and one stakeholder: decides what may happen in it. {@code decide} refuses or applies, {@code evolve} only
 * assigns.
 */
@Aggregate(commandTargetResolver = "streamTargetResolver", cache = "aggregateCache", lockFactory = "aggregateLocks")
@SuppressWarnings("NullAway.Init") // a relationship begins to be with its first event, which assigns them
class Relationship {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private String stream;

    private RelationshipId id;
    private StakeholderId stakeholder;
    private ManagerId manager;
    private Level declared;
    private @Nullable Level stakeholderLevel;
    private boolean ended;
    private final Map<EntryId, Entry> entries = new LinkedHashMap<>();
    private EvidenceFold evidence;
    private LevelCourse levels = LevelCourse.beginning();

    Relationship() {}

    /** What holds for every command, whatever it asks; answers the relationship's version after it. */
    @CommandHandlerInterceptor
    Object admit(RelationshipCommand command, Circumstances circumstances, InterceptorChain chain) throws Exception {
        if (command instanceof EstablishRelationship) {
            requireNotEstablished(command);
        } else {
            requireResponsible(circumstances);
            requireExpectedVersion(circumstances);
            requireActive(command);
        }
        if (command instanceof MakesEntry made) {
            requireFree(made.id());
        }
        if (command instanceof DealsWithEntry dealing) {
            requirePresent(dealing.entry());
        }
        chain.proceed();
        return version();
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void decide(EstablishRelationship command, Circumstances circumstances, ActiveRelationships activeRelationships) {
        ManagerId caller = new ManagerId(circumstances.caller().subject());
        ManagerId responsible = Objects.requireNonNullElse(command.managerId(), caller);
        if (!responsible.equals(caller)) {
            requireHead(circumstances, "make somebody else the relationship manager");
        }
        activeRelationships.claim(command.stakeholderId(), command.id());
        apply(new RelationshipEstablished(
                command.id(),
                command.stakeholderId(),
                responsible,
                Level.TRANSACTIONAL,
                command.purpose(),
                command.desiredLevel()));
    }

    @CommandHandler
    void decide(AssignManager command, Circumstances circumstances) {
        requireHead(circumstances, "assign managers");
        require(!command.managerId().equals(manager), () -> manager + " is the relationship manager already");
        apply(new ManagerAssigned(id, command.managerId(), command.reason()));
    }

    @CommandHandler
    void decide(
            UpgradeRelationship command,
            Circumstances circumstances,
            UpgradePolicy policy,
            TrustModel model,
            DueDates dueDates) {
        require(declared != Level.JOINT_VALUE, () -> "the declared level is JOINT_VALUE, and there is none above it");
        Level next = nextLevel();
        Level to = Objects.requireNonNullElse(command.to(), next);
        require(to == next, () -> "an upgrade goes one level up: from " + declared + " to " + next + ", not to " + to);
        if (command.overrideReason() != null) {
            requireHead(circumstances, "override unmet criteria");
        }
        List<Unmet> unmet =
                judge(to, circumstances.occurredAt(), circumstances.overdueAsOf(), policy, dueDates).stream()
                        .filter(judgement -> !judgement.met())
                        .map(judgement -> new Unmet(judgement.criterion().ruleName(), judgement.detail()))
                        .toList();
        apply(new RelationshipUpgraded(
                id,
                declared,
                to,
                command.rationale(),
                policy.reference(),
                overridden(unmet, command, to),
                trust(model, circumstances)));
    }

    private static @Nullable CriteriaOverride overridden(List<Unmet> unmet, UpgradeRelationship command, Level to) {
        if (unmet.isEmpty()) {
            return null;
        }
        if (command.overrideReason() == null) {
            throw new Refusal(
                    Reason.CRITERIA_UNMET,
                    "the relationship does not meet " + unmet.size() + " of the criteria for " + to,
                    unmet);
        }
        return new CriteriaOverride(command.overrideReason(), unmet);
    }

    /** Judges the relationship's readiness for a level, by the same list as an upgrade does. */
    List<Judgement> judge(Level to, Instant at, Instant overdueAsOf, UpgradePolicy policy, DueDates dueDates) {
        return Criterion.judge(
                new Evidence(stakeholderLevel, List.copyOf(entries.values()), at, overdueAsOf, dueDates), to, policy);
    }

    private TrustAtDecision trust(TrustModel model, Circumstances circumstances) {
        return model.atDecision(evidence.evidence().toList(), levels, circumstances.occurredAt(), version());
    }

    @CommandHandler
    void decide(DowngradeRelationship command, Circumstances circumstances, TrustModel model) {
        require(
                declared.compareTo(command.to()) > 0,
                () -> "a downgrade goes down: the declared level is " + declared + ", not above " + command.to());
        apply(new RelationshipDowngraded(id, declared, command.to(), command.reason(), trust(model, circumstances)));
    }

    @CommandHandler
    void decide(SetDesiredLevel command) {
        apply(new DesiredLevelSet(id, command.level(), command.reason()));
    }

    @CommandHandler
    void decide(RecordStakeholderLevel command) {
        apply(new StakeholderLevelRecorded(id, command.level(), command.source()));
    }

    @CommandHandler
    void decide(LogInteraction command) {
        apply(new InteractionLogged(
                id,
                command.id(),
                command.channel(),
                command.summary(),
                Objects.requireNonNullElse(command.participants(), List.of()),
                command.sentiment()));
    }

    @CommandHandler
    void decide(RecordCommitment command, Circumstances circumstances, DeadlineManager deadlines, DueDates dueDates) {
        apply(new CommitmentRecorded(id, command.id(), command.madeBy(), command.statement(), command.dueOn()));
        awaitDueDate(command.id(), command.dueOn(), circumstances, deadlines, dueDates);
    }

    @CommandHandler
    void decide(FulfilCommitment command, Circumstances circumstances, DeadlineManager deadlines, DueDates dueDates) {
        Commitment commitment = requireOpen(command.commitmentId());
        boolean late = circumstances.occurredAt().isAfter(dueDates.endOf(commitment.dueOn()));
        apply(new CommitmentKept(id, command.commitmentId(), late, command.note()));
        forgetDueDate(command.commitmentId(), commitment.dueOn(), deadlines);
    }

    @CommandHandler
    void decide(BreakCommitment command, DeadlineManager deadlines) {
        Commitment commitment = requireOpen(command.commitmentId());
        apply(new CommitmentBroken(id, command.commitmentId(), command.reason()));
        forgetDueDate(command.commitmentId(), commitment.dueOn(), deadlines);
    }

    @CommandHandler
    void decide(
            RenegotiateCommitment command, Circumstances circumstances, DeadlineManager deadlines, DueDates dueDates) {
        Commitment commitment = requireOpen(command.commitmentId());
        apply(new CommitmentRenegotiated(
                id, command.commitmentId(), command.dueOn(), command.statement(), command.reason()));
        if (commitment.overdue() || !commitment.dueOn().equals(command.dueOn())) {
            forgetDueDate(command.commitmentId(), commitment.dueOn(), deadlines);
            awaitDueDate(command.commitmentId(), command.dueOn(), circumstances, deadlines, dueDates);
        }
    }

    @CommandHandler
    void decide(ReleaseCommitment command, DeadlineManager deadlines) {
        Commitment commitment = requireOpen(command.commitmentId());
        apply(CommitmentReleased.letOff(id, command.commitmentId(), command.reason()));
        forgetDueDate(command.commitmentId(), commitment.dueOn(), deadlines);
    }

    @CommandHandler
    void decide(
            NoteOverdueCommitment command, Circumstances circumstances, DeadlineManager deadlines, DueDates dueDates) {
        if (entries.get(command.commitmentId()) instanceof Commitment commitment
                && !circumstances.receivedAt().isBefore(dueDates.endOf(commitment.dueOn()))) {
            becomeOverdue(command.commitmentId(), commitment.dueOn(), dueDates);
            forgetDueDate(command.commitmentId(), commitment.dueOn(), deadlines);
        }
    }

    @DeadlineHandler
    void passDueDate(CommitmentDue due, DueDates dueDates) {
        becomeOverdue(due.commitmentId(), due.dueOn(), dueDates);
    }

    private void becomeOverdue(EntryId commitmentId, LocalDate dueOn, DueDates dueDates) {
        // a deadline that fires while its commitment ends or moves is late news, and no fault
        if (entries.get(commitmentId) instanceof Commitment commitment
                && commitment.isOpen()
                && !commitment.overdue()
                && commitment.dueOn().equals(dueOn)) {
            apply(
                    new CommitmentBecameOverdue(id, commitmentId, dueOn),
                    MetaData.with(Provenance.OCCURRED_AT, dueDates.endOf(dueOn).toString())
                            .and(Provenance.SUBJECT, Provenance.RAPPORT)
                            .and(Provenance.ROLE, Provenance.RAPPORT));
        }
    }

    @CommandHandler
    void decide(RecordDisclosure command) {
        apply(new DisclosureRecorded(id, command.id(), command.madeBy(), command.kind(), command.subject()));
    }

    @CommandHandler
    void decide(HoldObjective command) {
        apply(new ObjectiveHeld(id, command.id(), command.heldBy(), command.statement(), command.motive()));
    }

    @CommandHandler
    void decide(RetireObjective command) {
        Objective objective = requireKind(command.objectiveId(), Objective.class, EntryKind.OBJECTIVE);
        requireNotEnded(!objective.retired(), () -> "objective " + command.objectiveId() + " was retired already");
        apply(new ObjectiveRetired(id, command.objectiveId(), command.reason()));
    }

    @CommandHandler
    void decide(StateExpectation command) {
        apply(new ExpectationStated(id, command.id(), command.heldBy(), command.of(), command.statement()));
    }

    @CommandHandler
    void decide(RecordContribution command) {
        apply(new ContributionRecorded(
                id,
                command.id(),
                command.givenBy(),
                command.statement(),
                Correction.money(command.amount(), command.currency())));
    }

    @CommandHandler
    void decide(AgreeIndicator command) {
        apply(new IndicatorAgreed(
                id,
                command.id(),
                command.owner(),
                command.requirement(),
                command.level(),
                command.name(),
                command.target(),
                command.better(),
                command.unit()));
    }

    @CommandHandler
    void decide(RecordMeasurement command, Circumstances circumstances, DueDates dueDates) {
        requirePresent(command.indicatorId());
        Indicator indicator = requireKind(command.indicatorId(), Indicator.class, EntryKind.INDICATOR);
        require(
                !dueDates.startOf(command.measuredOn()).isAfter(circumstances.receivedAt()),
                () -> "measuredOn is a day that has not come yet: " + command.measuredOn());
        apply(new MeasurementRecorded(
                id,
                command.id(),
                command.indicatorId(),
                command.value(),
                command.measuredOn(),
                indicator.better().meets(command.value(), indicator.target())));
    }

    @CommandHandler
    void decide(AssessAlignment command) {
        List<AlignmentDimension> dimensions = command.dimensions().stream()
                .map(scored -> new AlignmentDimension(
                        scored.name(), scored.self(), scored.selfPerception(), scored.externalPerception()))
                .toList();
        require(
                dimensions.stream().map(AlignmentDimension::name).distinct().count() == dimensions.size(),
                () -> "a dimension is assessed twice; each name may occur once");
        apply(new AlignmentAssessed(id, command.id(), dimensions));
    }

    @CommandHandler
    void decide(AssessValues command) {
        apply(new ValuesAssessed(
                id, command.id(), command.overlap(), command.complement(), command.conflict(), command.note()));
    }

    @CommandHandler
    void decide(AssessDependency command) {
        apply(new DependencyAssessed(
                id, command.id(), command.ourDependence(), command.theirDependence(), command.switchingCost()));
    }

    @CommandHandler
    void decide(RaiseConcern command) {
        apply(new ConcernRaised(id, command.id(), command.raisedBy(), command.about(), command.statement()));
    }

    @CommandHandler
    void decide(ResolveConcern command) {
        Concern concern = requireKind(command.concernId(), Concern.class, EntryKind.CONCERN);
        requireNotEnded(!concern.resolved(), () -> "concern " + command.concernId() + " was resolved already");
        apply(new ConcernResolved(id, command.concernId(), command.resolution()));
    }

    @CommandHandler
    void decide(RaiseDispute command) {
        if (isDisputed(command.entryId())) {
            throw new Refusal(Reason.NOT_NOW, "entry " + command.entryId() + " is under dispute already");
        }
        apply(new DisputeRaised(id, command.entryId(), command.raisedBy(), command.reason()));
    }

    @CommandHandler
    void decide(SettleDispute command) {
        if (!isDisputed(command.entryId())) {
            throw new Refusal(Reason.NOT_NOW, "entry " + command.entryId() + " is not under dispute");
        }
        apply(new DisputeSettled(id, command.entryId(), command.outcome(), command.upheld()));
    }

    @CommandHandler
    void decide(CorrectEntry command) {
        requirePresent(command.entryId());
        apply(Correction.of(id, command, kindOf(command.entryId())));
    }

    @CommandHandler
    void decide(RetractEntry command, DeadlineManager deadlines) {
        Entry retracted = Objects.requireNonNull(entries.get(command.entryId()));
        apply(new EntryRetracted(id, command.entryId(), retracted.kind(), command.reason()));
        if (retracted instanceof Commitment commitment) {
            forgetDueDate(command.entryId(), commitment.dueOn(), deadlines);
        }
    }

    @CommandHandler
    void decide(EndRelationship command, ActiveRelationships activeRelationships, DeadlineManager deadlines) {
        openCommitments().forEach(commitmentId -> {
            LocalDate dueOn = commitment(commitmentId).dueOn();
            apply(CommitmentReleased.byEnding(id, commitmentId));
            forgetDueDate(commitmentId, dueOn, deadlines);
        });
        apply(new RelationshipEnded(id, command.reason()));
        activeRelationships.release(stakeholder);
    }

    @CommandHandler
    void decide(ReopenRelationship command, ActiveRelationships activeRelationships) {
        if (!ended) {
            throw new Refusal(Reason.NOT_NOW, "relationship " + id + " is active and cannot be reopened");
        }
        activeRelationships.claim(stakeholder, id);
        apply(new RelationshipReopened(id, command.reason()));
    }

    @EventSourcingHandler
    void evolve(
            RelationshipEvent event,
            @MetaDataValue(Provenance.OCCURRED_AT) String occurredAt,
            @SequenceNumber long sequenceNumber,
            DueDates dueDates) {
        weigh(event, IsoTime.read(occurredAt), sequenceNumber + 1, dueDates);
        switch (event) {
            case RelationshipEstablished e -> {
                stream = StreamName.of(e.relationshipId()).value();
                id = e.relationshipId();
                stakeholder = e.stakeholderId();
                manager = e.managerId();
                declared = e.level();
            }
            case ManagerAssigned e -> manager = e.managerId();
            case RelationshipUpgraded e -> declared = e.to();
            case RelationshipDowngraded e -> declared = e.to();
            case DesiredLevelSet _ -> {}
            case StakeholderLevelRecorded e -> stakeholderLevel = e.level();
            case InteractionLogged e -> entries.put(e.interactionId(), new Plain(EntryKind.INTERACTION));
            case InteractionCorrected _ -> {}
            case CommitmentRecorded e -> entries.put(e.commitmentId(), Commitment.open(e.madeBy(), e.dueOn()));
            case CommitmentKept e -> end(e.commitmentId(), Commitment.State.KEPT);
            case CommitmentBroken e -> end(e.commitmentId(), Commitment.State.BROKEN);
            case CommitmentReleased e -> end(e.commitmentId(), Commitment.State.RELEASED);
            case CommitmentRenegotiated e ->
                entries.put(e.commitmentId(), commitment(e.commitmentId()).renegotiated(e.dueOn()));
            case CommitmentBecameOverdue e ->
                entries.put(e.commitmentId(), commitment(e.commitmentId()).pastDue());
            case DisclosureRecorded e ->
                entries.put(e.disclosureId(), new Disclosure(e.madeBy(), e.kind(), IsoTime.read(occurredAt)));
            case DisclosureCorrected e ->
                entries.computeIfPresent(
                        e.disclosureId(), (_, entry) -> ((Disclosure) entry).corrected(e.madeBy(), e.kind()));
            case ObjectiveHeld e -> entries.put(e.objectiveId(), new Objective(e.heldBy(), false));
            case ObjectiveRetired e ->
                entries.computeIfPresent(
                        e.objectiveId(), (_, entry) -> new Objective(((Objective) entry).heldBy(), true));
            case ExpectationStated e -> entries.put(e.expectationId(), new Plain(EntryKind.EXPECTATION));
            case ContributionRecorded e -> entries.put(e.contributionId(), new Plain(EntryKind.CONTRIBUTION));
            case ContributionCorrected _ -> {}
            case IndicatorAgreed e ->
                entries.put(e.indicatorId(), new Indicator(e.owner(), e.level(), e.target(), e.better()));
            case MeasurementRecorded e -> entries.put(e.measurementId(), new Plain(EntryKind.MEASUREMENT));
            case AlignmentAssessed e -> assessed(e.assessmentId(), EntryKind.ALIGNMENT_ASSESSMENT, occurredAt);
            case ValuesAssessed e -> assessed(e.assessmentId(), EntryKind.VALUES_ASSESSMENT, occurredAt);
            case DependencyAssessed e -> assessed(e.assessmentId(), EntryKind.DEPENDENCY_ASSESSMENT, occurredAt);
            case ConcernRaised e -> entries.put(e.concernId(), new Concern(e.raisedBy(), e.about(), false, false));
            case ConcernResolved e ->
                entries.computeIfPresent(e.concernId(), (_, entry) -> ((Concern) entry).resolve());
            case DisputeRaised e -> dispute(e.entryId(), true);
            case DisputeSettled e -> dispute(e.entryId(), false);
            case EntryRetracted e -> entries.put(e.entryId(), new Retracted(e.kind()));
            case RelationshipEnded _ -> ended = true;
            case RelationshipReopened _ -> ended = false;
            case PersonalDataErased _ -> {} // nothing is remembered here that could be erased
        }
    }

    private void end(EntryId commitmentId, Commitment.State how) {
        entries.put(commitmentId, commitment(commitmentId).ended(how));
    }

    private void assessed(EntryId assessmentId, EntryKind kind, String occurredAt) {
        entries.put(assessmentId, new Assessment(kind, IsoTime.read(occurredAt)));
    }

    private void dispute(EntryId entryId, boolean disputed) {
        entries.computeIfPresent(entryId, (_, entry) -> switch (entry) {
            case Commitment commitment -> commitment.underDispute(disputed);
            case Concern concern -> concern.underDispute(disputed);
            default -> entry;
        });
    }

    private Commitment commitment(EntryId commitmentId) {
        return (Commitment) Objects.requireNonNull(entries.get(commitmentId));
    }

    private List<EntryId> openCommitments() {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Commitment commitment && commitment.isOpen())
                .map(Map.Entry::getKey)
                .toList();
    }

    private EntryKind kindOf(EntryId entryId) {
        return Objects.requireNonNull(entries.get(entryId)).kind();
    }

    /** The level above the declared one, or the highest. */
    Level nextLevel() {
        return declared == Level.TRANSACTIONAL ? Level.ADDED_VALUE : Level.JOINT_VALUE;
    }

    String manager() {
        return manager.value();
    }

    /** What the event is evidence of. Here its position is its version. */
    private void weigh(RelationshipEvent event, Instant occurredAt, long version, DueDates dueDates) {
        if (evidence == null) {
            evidence = new EvidenceFold(dueDates.zone(), List.of());
        }
        evidence.evolve(event, occurredAt, version);
        levels = levels.after(event, occurredAt, version);
    }

    private static long version() {
        return AggregateLifecycle.getVersion() + 1;
    }

    private static void awaitDueDate(
            EntryId commitmentId,
            LocalDate dueOn,
            Circumstances circumstances,
            DeadlineManager deadlines,
            DueDates dueDates) {
        Instant due = dueDates.endOf(dueOn);
        Instant heardOut = circumstances.receivedAt().plus(DueDates.PATIENCE_WITH_IMPORTS);
        deadlines.schedule(
                circumstances.imported() && due.isBefore(heardOut) ? heardOut : due,
                CommitmentDue.deadlineName(commitmentId, dueOn),
                new CommitmentDue(commitmentId, dueOn));
    }

    private static void forgetDueDate(EntryId commitmentId, LocalDate dueOn, DeadlineManager deadlines) {
        deadlines.cancelAllWithinScope(CommitmentDue.deadlineName(commitmentId, dueOn));
    }

    private void requireNotEstablished(RelationshipCommand command) {
        if (id != null) {
            throw new Refusal(Reason.ID_TAKEN, "there is a relationship " + command.relationshipId() + " already");
        }
    }

    /** Rule 6; to anybody else the relationship is not there, so that asking does not tell. */
    private void requireResponsible(Circumstances circumstances) {
        boolean responsible = circumstances.caller().isHead()
                || manager.value().equals(circumstances.caller().subject());
        if (!responsible) {
            throw new Refusal(Reason.NOT_FOUND, "there is no relationship " + id);
        }
    }

    private static void requireHead(Circumstances circumstances, String what) {
        if (!circumstances.caller().isHead()) {
            throw new Refusal(Reason.NOT_ALLOWED, "only a head of relationships may " + what);
        }
    }

    private void requireExpectedVersion(Circumstances circumstances) {
        Long expected = circumstances.expectedVersion();
        if (expected != null && expected != version()) {
            throw new Refusal(
                    Reason.STALE_VERSION,
                    "relationship " + id + " is at version " + version() + ", not at " + expected);
        }
    }

    private void requireActive(RelationshipCommand command) {
        if (ended && !(command instanceof ReopenRelationship)) {
            throw new Refusal(
                    Reason.RELATIONSHIP_ENDED, "relationship " + id + " has ended; reopen it before anything else");
        }
    }

    private void requireFree(EntryId entryId) {
        if (entries.containsKey(entryId)) {
            throw new Refusal(Reason.ID_TAKEN, "relationship " + id + " has an entry " + entryId + " already");
        }
    }

    private void requirePresent(EntryId entryId) {
        Entry entry = entries.get(entryId);
        if (entry == null) {
            throw new Refusal(Reason.NOT_FOUND, "relationship " + id + " has no entry " + entryId);
        }
        requireNotEnded(!(entry instanceof Retracted), () -> "entry " + entryId + " was retracted");
    }

    private <E extends Entry> E requireKind(EntryId entryId, Class<E> type, EntryKind kind) {
        Entry entry = entries.get(entryId);
        if (!type.isInstance(entry)) {
            throw new Refusal(
                    Reason.NOT_FOUND,
                    "relationship " + id + " has no " + kind.name().toLowerCase(Locale.ROOT) + " " + entryId);
        }
        return type.cast(entry);
    }

    private Commitment requireOpen(EntryId commitmentId) {
        Commitment commitment = requireKind(commitmentId, Commitment.class, EntryKind.COMMITMENT);
        requireNotEnded(
                commitment.isOpen(),
                () -> "commitment " + commitmentId + " is " + commitment.state() + "; a commitment ends once");
        return commitment;
    }

    private boolean isDisputed(EntryId entryId) {
        return switch (entries.get(entryId)) {
            case Commitment commitment -> commitment.disputed();
            case Concern concern -> concern.disputed();
            case null, default ->
                throw new Refusal(
                        Reason.AGAINST_A_RULE,
                        "only a commitment or a concern can be disputed; entry " + entryId + " is neither");
        };
    }

    private static void requireNotEnded(boolean notEnded, Supplier<String> otherwise) {
        if (!notEnded) {
            throw new Refusal(Reason.ENDED_ALREADY, otherwise.get());
        }
    }

    private static void require(boolean rule, Supplier<String> otherwise) {
        if (!rule) {
            throw new Refusal(Reason.AGAINST_A_RULE, otherwise.get());
        }
    }
}
