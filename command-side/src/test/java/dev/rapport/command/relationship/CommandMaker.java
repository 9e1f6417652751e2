package dev.rapport.command.relationship;

import dev.rapport.command.Asked;
import dev.rapport.command.relationship.RelationshipCommand.AgreeIndicator;
import dev.rapport.command.relationship.RelationshipCommand.AssessAlignment;
import dev.rapport.command.relationship.RelationshipCommand.AssessAlignment.Dimension;
import dev.rapport.command.relationship.RelationshipCommand.AssessDependency;
import dev.rapport.command.relationship.RelationshipCommand.AssessValues;
import dev.rapport.command.relationship.RelationshipCommand.AssignManager;
import dev.rapport.command.relationship.RelationshipCommand.BreakCommitment;
import dev.rapport.command.relationship.RelationshipCommand.CorrectEntry;
import dev.rapport.command.relationship.RelationshipCommand.DowngradeRelationship;
import dev.rapport.command.relationship.RelationshipCommand.EndRelationship;
import dev.rapport.command.relationship.RelationshipCommand.EstablishRelationship;
import dev.rapport.command.relationship.RelationshipCommand.FulfilCommitment;
import dev.rapport.command.relationship.RelationshipCommand.HoldObjective;
import dev.rapport.command.relationship.RelationshipCommand.LogInteraction;
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
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Holder;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.Requirement;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.events.vocabulary.SwitchingCost;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes up commands at random: most make sense, many do not. */
final class CommandMaker {

    static final List<StakeholderId> REGISTERED = List.of(new StakeholderId("S-1"), new StakeholderId("S-2"));

    private static final StakeholderId UNKNOWN = new StakeholderId("S-unknown");
    private static final List<RelationshipId> RELATIONSHIPS =
            List.of(new RelationshipId("R-1"), new RelationshipId("R-2"), new RelationshipId("R-3"));
    private static final List<ManagerId> MANAGERS = List.of(new ManagerId(Asked.MANAGER), new ManagerId("manager2"));

    private final Random random;
    private final Witness witness;

    /** Most histories are of people who work towards the next level, so that relationships get anywhere. */
    private final boolean constructive;

    private int made;

    CommandMaker(Random random, Witness witness) {
        this.random = random;
        this.witness = witness;
        this.constructive = random.nextInt(3) > 0;
    }

    /** Who gives a command on the relationship, when it happened, and which version is expected if any. */
    Asked asked(Instant now, RelationshipId relationship) {
        Asked by = switch (random.nextInt(constructive ? 40 : 10)) {
            case 0 -> Asked.by("manager2");
            case 1, 2 -> Asked.byAHead();
            default -> Asked.byTheManager();
        };
        Asked asked = by.at(now);
        if (random.nextInt(4) == 0) {
            asked = asked.about(now.minus(Duration.ofMinutes(random.nextInt(60 * 24 * 20))));
        }
        if (random.nextInt(6) == 0) {
            asked = asked.expecting(witness.eventsOf(relationship) - (random.nextInt(3) == 0 ? 1 : 0));
        }
        return random.nextInt(6) == 0 ? asked.inAnImport() : asked;
    }

    RelationshipCommand next(Instant now) {
        RelationshipId r = random.nextInt(10) > 0 ? RELATIONSHIPS.getFirst() : oneOf(RELATIONSHIPS);
        if (witness.eventsOf(r) == 0 && random.nextInt(10) > 0) {
            return establish(r);
        }
        List<String> inTheWay = witness.inTheWayOf(r, now);
        if (constructive && random.nextInt(3) > 0) {
            return inTheWay.isEmpty() ? upgrade(r) : clearing(oneOf(inTheWay), r, now);
        }
        return anything(r, now);
    }

    private RelationshipCommand clearing(String criterion, RelationshipId r, Instant now) {
        return switch (criterion) {
            case "the-stakeholder-sees-this-level" -> new RecordStakeholderLevel(r, oneOf(Level.values()), null);
            case "each-party-has-kept-a-commitment", "no-commitment-is-overdue" ->
                witness.entries(r, EntryKind.COMMITMENT).isEmpty()
                        ? commitment(r, now)
                        : new FulfilCommitment(r, of(r, EntryKind.COMMITMENT), null);
            case "an-indicator-of-each-party-is-agreed" -> indicator(r);
            case "a-shared-objective-is-held" -> objective(r);
            case "values-were-assessed-lately" -> new AssessValues(r, fresh(), score(), score(), score(), null);
            case "alignment-was-assessed-lately" -> new AssessAlignment(r, fresh(), dimensions());
            default -> disclosure(r);
        };
    }

    private RelationshipCommand anything(RelationshipId r, Instant now) {
        return switch (random.nextInt(40)) {
            case 0 -> establish(r);
            case 1 -> new AssignManager(r, oneOf(MANAGERS), null);
            case 2, 3 -> upgrade(r);
            case 4 -> new SetDesiredLevel(r, oneOf(Level.values()), null);
            case 5 -> new RecordStakeholderLevel(r, oneOf(Level.values()), null);
            case 6 -> new LogInteraction(r, fresh(), oneOf(Channel.values()), "we talked", null, sentiment());
            case 7, 8, 9 -> commitment(r, now);
            case 10, 11 -> new FulfilCommitment(r, of(r, EntryKind.COMMITMENT), null);
            case 12 -> new RenegotiateCommitment(r, of(r, EntryKind.COMMITMENT), dueDay(now), "both agreed", null);
            case 13 -> disclosure(r);
            case 14 -> indicator(r);
            case 15, 37 ->
                new RecordMeasurement(
                        r,
                        of(r, EntryKind.INDICATOR),
                        fresh(),
                        score(),
                        dueDay(now).minusDays(30));
            case 16 -> objective(r);
            case 17 -> new StateExpectation(r, fresh(), oneOf(Party.values()), oneOf(Party.values()), "answer");
            case 18 -> contribution(r);
            case 19 -> new AssessDependency(r, fresh(), score(), score(), oneOf(SwitchingCost.values()));
            case 20, 21 ->
                new RaiseConcern(r, fresh(), oneOf(Party.values()), oneOf(ConcernSubject.values()), "scratches");
            case 22 -> new ResolveConcern(r, of(r, EntryKind.CONCERN), "replaced");
            case 23 -> new BreakCommitment(r, of(r, EntryKind.COMMITMENT), "no stock");
            case 24 -> new ReleaseCommitment(r, of(r, EntryKind.COMMITMENT), "not needed");
            case 25 -> new NoteOverdueCommitment(r, of(r, EntryKind.COMMITMENT));
            case 26, 36 -> new DowngradeRelationship(r, oneOf(Level.values()), "it soured");
            case 27 -> new RetireObjective(r, of(r, EntryKind.OBJECTIVE), "reached");
            case 28, 29 -> new RaiseDispute(r, disputable(r), oneOf(Party.values()), "never agreed");
            case 30, 35 -> new SettleDispute(r, disputable(r), "it stands", random.nextBoolean());
            case 31 -> correction(r);
            case 32, 34 -> retraction(r);
            case 33 -> new EndRelationship(r, "no more business");
            default -> new ReopenRelationship(r, "they came back");
        };
    }

    private UpgradeRelationship upgrade(RelationshipId r) {
        return new UpgradeRelationship(
                r,
                "it is time",
                random.nextInt(4) == 0 ? oneOf(Level.values()) : null,
                random.nextInt(8) == 0 ? "so be it" : null);
    }

    private RecordCommitment commitment(RelationshipId r, Instant now) {
        return new RecordCommitment(r, fresh(), oneOf(Party.values()), "deliver", dueDay(now));
    }

    private RecordDisclosure disclosure(RelationshipId r) {
        return new RecordDisclosure(r, fresh(), oneOf(Party.values()), oneOf(DisclosureKind.values()), "the figures");
    }

    private HoldObjective objective(RelationshipId r) {
        return new HoldObjective(r, fresh(), oneOf(Holder.values()), "grow", null);
    }

    private AgreeIndicator indicator(RelationshipId r) {
        return new AgreeIndicator(
                r,
                fresh(),
                oneOf(Party.values()),
                oneOf(Requirement.values()),
                oneOf(Level.values()),
                "delivered right",
                score(),
                oneOf(Direction.values()),
                null);
    }

    private EstablishRelationship establish(RelationshipId r) {
        return new EstablishRelationship(
                r,
                random.nextInt(10) == 0 ? UNKNOWN : oneOf(REGISTERED),
                random.nextInt(8) == 0 ? oneOf(MANAGERS) : null,
                null,
                null);
    }

    private RecordContribution contribution(RelationshipId r) {
        return new RecordContribution(
                r,
                fresh(),
                oneOf(Party.values()),
                "saved us a week",
                random.nextBoolean() ? score() : null,
                random.nextBoolean() ? Currency.getInstance("EUR") : null);
    }

    private CorrectEntry correction(RelationshipId r) {
        boolean mixed = random.nextInt(5) == 0;
        EntryKind kind = oneOf(EntryKind.INTERACTION, EntryKind.DISCLOSURE, EntryKind.CONTRIBUTION);
        boolean interaction = mixed || kind == EntryKind.INTERACTION;
        boolean disclosure = mixed || kind == EntryKind.DISCLOSURE;
        boolean contribution = kind == EntryKind.CONTRIBUTION;
        return new CorrectEntry(
                r,
                of(r, kind),
                "a typing error",
                interaction ? oneOf(Channel.values()) : null,
                null,
                null,
                interaction ? sentiment() : null,
                disclosure ? maybe(oneOf(Party.values())) : null,
                disclosure ? maybe(oneOf(DisclosureKind.values())) : null,
                null,
                contribution ? oneOf(Party.values()) : null,
                null,
                null,
                null);
    }

    /** Kinds are equally likely, however many entries of each there are. */
    private RetractEntry retraction(RelationshipId r) {
        List<EntryKind> there = Arrays.stream(EntryKind.values())
                .filter(kind -> !witness.entries(r, kind).isEmpty())
                .toList();
        return new RetractEntry(r, of(r, there.isEmpty() ? EntryKind.INTERACTION : oneOf(there)), "entered twice");
    }

    private List<Dimension> dimensions() {
        Dimension quality = new Dimension("quality", score(), score(), score());
        return random.nextInt(5) == 0
                ? List.of(quality, quality)
                : List.of(quality, new Dimension("openness", score(), score(), score()));
    }

    /** Now and then an id that was made before. */
    private EntryId fresh() {
        return new EntryId("E-" + (random.nextInt(20) == 0 ? random.nextInt(made + 1) : made++));
    }

    /** Mostly an entry of that kind. */
    private EntryId of(RelationshipId r, EntryKind kind) {
        List<EntryId> there = witness.entries(r, kind);
        return there.isEmpty() || random.nextInt(10) == 0 ? new EntryId("E-" + random.nextInt(made + 1)) : oneOf(there);
    }

    private EntryId disputable(RelationshipId r) {
        return of(r, oneOf(EntryKind.COMMITMENT, EntryKind.CONCERN));
    }

    private LocalDate dueDay(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(random.nextInt(60) - 10);
    }

    private Integer sentiment() {
        return random.nextInt(5) - 2;
    }

    private BigDecimal score() {
        return BigDecimal.valueOf(random.nextInt(5) * 25L);
    }

    private <T> @Nullable T maybe(T value) {
        return random.nextBoolean() ? value : null;
    }

    @SafeVarargs
    private <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
