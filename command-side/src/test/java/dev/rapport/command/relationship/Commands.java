package dev.rapport.command.relationship;

import static dev.rapport.command.relationship.Facts.DUE;
import static dev.rapport.command.relationship.Facts.number;
import static dev.rapport.command.relationship.RelationshipStory.R;
import static dev.rapport.command.relationship.RelationshipStory.S;

import dev.rapport.command.relationship.RelationshipCommand.AgreeIndicator;
import dev.rapport.command.relationship.RelationshipCommand.AssessAlignment;
import dev.rapport.command.relationship.RelationshipCommand.AssessAlignment.Dimension;
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
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.ConcernSubject;
import dev.rapport.events.vocabulary.Direction;
import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Holder;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.Requirement;
import dev.rapport.events.vocabulary.SwitchingCost;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** One well-formed command of every kind, for rules that hold for all of them; and short forms of those that tests use most. */
final class Commands {

    static final EntryId ENTRY = new EntryId("E-1");

    /** Each kind of command once; those about an entry are about {@link #ENTRY}. */
    static Stream<RelationshipCommand> all() {
        return Stream.of(
                        Stream.of(
                                new EstablishRelationship(R, S, null, null, null),
                                new AssignManager(R, new ManagerId("manager2"), null),
                                new UpgradeRelationship(R, "it is time", null, null),
                                new DowngradeRelationship(R, Level.TRANSACTIONAL, "it soured"),
                                new SetDesiredLevel(R, Level.JOINT_VALUE, null),
                                new RecordStakeholderLevel(R, Level.ADDED_VALUE, null),
                                new CorrectEntry(
                                        R,
                                        ENTRY,
                                        "a typing error",
                                        null,
                                        "what was said",
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null),
                                new EndRelationship(R, "no more business"),
                                new ReopenRelationship(R, "they came back")),
                        making(ENTRY),
                        dealingWith(ENTRY))
                .flatMap(commands -> commands);
    }

    /** Each kind of command that makes an entry. */
    static Stream<MakesEntry> making(EntryId id) {
        return Stream.of(
                new LogInteraction(R, id, Channel.CALL, "we talked", null, null),
                new RecordCommitment(R, id, Party.US, "deliver on time", DUE),
                new RecordDisclosure(R, id, Party.US, DisclosureKind.ORDERS, "the figures"),
                new HoldObjective(R, id, Holder.US, "grow", null),
                new StateExpectation(R, id, Party.US, Party.THEM, "answer within a day"),
                new RecordContribution(R, id, Party.THEM, "saved us a week", null, null),
                new AgreeIndicator(
                        R,
                        id,
                        Party.US,
                        Requirement.RIGHT,
                        Level.TRANSACTIONAL,
                        "delivered right",
                        number("95.0"),
                        Direction.HIGHER,
                        "%"),
                new RecordMeasurement(R, new EntryId("N-1"), id, number("96"), LocalDate.of(2026, 2, 1)),
                new AssessAlignment(R, id, List.of(new Dimension("quality", number("70"), number("90"), number("60")))),
                new AssessValues(R, id, number("60"), number("30"), number("10"), null),
                new AssessDependency(R, id, number("40"), number("20"), SwitchingCost.HIGH),
                new RaiseConcern(R, id, Party.US, ConcernSubject.QUALITY, "scratches"));
    }

    /** Each kind of command that deals with an entry that is there. */
    static Stream<DealsWithEntry> dealingWith(EntryId id) {
        return Stream.of(
                fulfil(id.value()),
                breakIt(id.value()),
                renegotiate(id.value(), DUE),
                release(id.value()),
                new NoteOverdueCommitment(R, id),
                new RetireObjective(R, id, "reached"),
                new ResolveConcern(R, id, "replaced"),
                new RaiseDispute(R, id, Party.THEM, "never agreed"),
                new SettleDispute(R, id, "it stands", true),
                new RetractEntry(R, id, "entered twice"));
    }

    static RecordCommitment promise(String id, LocalDate dueOn) {
        return new RecordCommitment(R, new EntryId(id), Party.US, "deliver on time", dueOn);
    }

    static FulfilCommitment fulfil(String id) {
        return new FulfilCommitment(R, new EntryId(id), null);
    }

    static BreakCommitment breakIt(String id) {
        return new BreakCommitment(R, new EntryId(id), "no stock");
    }

    static RenegotiateCommitment renegotiate(String id, LocalDate dueOn) {
        return new RenegotiateCommitment(R, new EntryId(id), dueOn, "both agreed", null);
    }

    static ReleaseCommitment release(String id) {
        return new ReleaseCommitment(R, new EntryId(id), "not needed any more");
    }

    static RetractEntry retract(String id) {
        return new RetractEntry(R, new EntryId(id), "entered twice");
    }

    private Commands() {}
}
