package dev.rapport.command.relationship;

import static dev.rapport.command.relationship.RelationshipStory.R;

import dev.rapport.events.AlignmentAssessed;
import dev.rapport.events.CommitmentBecameOverdue;
import dev.rapport.events.CommitmentBroken;
import dev.rapport.events.CommitmentKept;
import dev.rapport.events.CommitmentRecorded;
import dev.rapport.events.CommitmentReleased;
import dev.rapport.events.CommitmentRenegotiated;
import dev.rapport.events.ConcernRaised;
import dev.rapport.events.ContributionRecorded;
import dev.rapport.events.DependencyAssessed;
import dev.rapport.events.DisclosureRecorded;
import dev.rapport.events.EntryRetracted;
import dev.rapport.events.ExpectationStated;
import dev.rapport.events.IndicatorAgreed;
import dev.rapport.events.InteractionLogged;
import dev.rapport.events.MeasurementRecorded;
import dev.rapport.events.ObjectiveHeld;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.StakeholderLevelRecorded;
import dev.rapport.events.ValuesAssessed;
import dev.rapport.events.vocabulary.AlignmentDimension;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.ConcernSubject;
import dev.rapport.events.vocabulary.Direction;
import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Holder;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.Requirement;
import dev.rapport.events.vocabulary.SwitchingCost;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** Short for the events of R-1 that tests are told by, with the words that do not matter filled in. */
final class Facts {

    /** The day that commitments are due on unless a test says otherwise. */
    static final LocalDate DUE = LocalDate.of(2026, 3, 20);

    static EntryId id(String value) {
        return new EntryId(value);
    }

    static BigDecimal number(String digits) {
        return new BigDecimal(digits);
    }

    static RelationshipEvent promised(String id, Party by) {
        return promised(id, by, DUE);
    }

    static RelationshipEvent promised(String id, Party by, LocalDate dueOn) {
        return new CommitmentRecorded(R, id(id), by, "deliver on time", dueOn);
    }

    static RelationshipEvent kept(String id) {
        return new CommitmentKept(R, id(id), false, null);
    }

    static RelationshipEvent keptLate(String id) {
        return new CommitmentKept(R, id(id), true, null);
    }

    static RelationshipEvent broken(String id) {
        return new CommitmentBroken(R, id(id), "no stock");
    }

    static RelationshipEvent released(String id) {
        return CommitmentReleased.letOff(R, id(id), "not needed any more");
    }

    static RelationshipEvent releasedByEnding(String id) {
        return CommitmentReleased.byEnding(R, id(id));
    }

    static RelationshipEvent renegotiated(String id, LocalDate dueOn) {
        return new CommitmentRenegotiated(R, id(id), dueOn, null, "both agreed");
    }

    static RelationshipEvent overdue(String id, LocalDate dueOn) {
        return new CommitmentBecameOverdue(R, id(id), dueOn);
    }

    static RelationshipEvent theySay(Level level) {
        return new StakeholderLevelRecorded(R, level, null);
    }

    static RelationshipEvent interaction(String id) {
        return new InteractionLogged(R, id(id), Channel.CALL, "we talked", List.of(), null);
    }

    static RelationshipEvent disclosed(String id, Party by, DisclosureKind kind) {
        return new DisclosureRecorded(R, id(id), by, kind, "the figures");
    }

    static RelationshipEvent objective(String id, Holder heldBy) {
        return new ObjectiveHeld(R, id(id), heldBy, "grow", null);
    }

    static RelationshipEvent expectation(String id) {
        return new ExpectationStated(R, id(id), Party.US, Party.THEM, "answer within a day");
    }

    static RelationshipEvent contribution(String id) {
        return new ContributionRecorded(R, id(id), Party.THEM, "saved us a week", null);
    }

    static RelationshipEvent indicator(String id, Party owner) {
        return indicator(id, owner, "95.0", Direction.HIGHER);
    }

    static RelationshipEvent indicator(String id, Party owner, String target, Direction better) {
        return new IndicatorAgreed(
                R,
                id(id),
                owner,
                Requirement.RIGHT,
                Level.TRANSACTIONAL,
                "delivered right",
                number(target),
                better,
                "%");
    }

    static RelationshipEvent measurement(String id, String indicator) {
        return new MeasurementRecorded(R, id(id), id(indicator), number("96"), LocalDate.of(2026, 2, 1), true);
    }

    static RelationshipEvent alignmentAssessed(String id) {
        return new AlignmentAssessed(
                R, id(id), List.of(new AlignmentDimension("quality", number("70"), number("90"), number("60"))));
    }

    static RelationshipEvent valuesAssessed(String id) {
        return new ValuesAssessed(R, id(id), number("60"), number("30"), number("10"), null);
    }

    static RelationshipEvent dependencyAssessed(String id) {
        return new DependencyAssessed(R, id(id), number("40"), number("20"), SwitchingCost.HIGH);
    }

    static RelationshipEvent concern(String id) {
        return new ConcernRaised(R, id(id), Party.US, ConcernSubject.QUALITY, "scratches");
    }

    static RelationshipEvent retracted(String id, EntryKind kind) {
        return new EntryRetracted(R, id(id), kind, "entered twice");
    }

    /** An entry of any kind. */
    static RelationshipEvent entry(String id, EntryKind kind) {
        return switch (kind) {
            case INTERACTION -> interaction(id);
            case COMMITMENT -> promised(id, Party.US);
            case DISCLOSURE -> disclosed(id, Party.US, DisclosureKind.ORDERS);
            case OBJECTIVE -> objective(id, Holder.US);
            case EXPECTATION -> expectation(id);
            case CONTRIBUTION -> contribution(id);
            case INDICATOR -> indicator(id, Party.US);
            case MEASUREMENT -> measurement(id, "N-of-" + id);
            case ALIGNMENT_ASSESSMENT -> alignmentAssessed(id);
            case VALUES_ASSESSMENT -> valuesAssessed(id);
            case DEPENDENCY_ASSESSMENT -> dependencyAssessed(id);
            case CONCERN -> concern(id);
        };
    }

    private Facts() {}
}
