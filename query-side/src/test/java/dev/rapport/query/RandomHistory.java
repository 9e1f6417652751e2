package dev.rapport.query;

import dev.rapport.events.CommitmentBecameOverdue;
import dev.rapport.events.CommitmentBroken;
import dev.rapport.events.CommitmentKept;
import dev.rapport.events.CommitmentRecorded;
import dev.rapport.events.CommitmentReleased;
import dev.rapport.events.CommitmentRenegotiated;
import dev.rapport.events.DesiredLevelSet;
import dev.rapport.events.DisclosureCorrected;
import dev.rapport.events.DisclosureRecorded;
import dev.rapport.events.DisputeRaised;
import dev.rapport.events.DisputeSettled;
import dev.rapport.events.DomainEvent;
import dev.rapport.events.EntryRetracted;
import dev.rapport.events.InteractionCorrected;
import dev.rapport.events.InteractionLogged;
import dev.rapport.events.ManagerAssigned;
import dev.rapport.events.ObjectiveHeld;
import dev.rapport.events.ObjectiveRetired;
import dev.rapport.events.RelationshipDowngraded;
import dev.rapport.events.RelationshipEnded;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.RelationshipReopened;
import dev.rapport.events.StakeholderLevelRecorded;
import dev.rapport.events.StakeholderProfileChanged;
import dev.rapport.events.vocabulary.AlignmentDimension;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Holder;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.events.vocabulary.StakeholderKind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A portfolio that things happen to at random, the same for the same seed; equal names, days and moments are frequent. */
final class RandomHistory {

    static final List<String> MANAGERS = List.of("manager1", "manager2", "manager3");
    static final List<String> GROUPS = List.of("IT", "Parts", "Public affairs");
    static final List<String> NAMES =
            List.of("acme", "Acme", "Ácme", "Zebra", "école", "Bolt & Nut", "50%_off", "über");

    private final Random random;
    private final String prefix;
    private final List<Life> lives = new ArrayList<>();

    RandomHistory(long seed, String prefix) {
        this.random = new Random(seed);
        this.prefix = prefix;
    }

    /** What happened next, and when. */
    record Happening(Instant occurredAt, List<DomainEvent> events) {}

    private static final class Life {
        final StakeholderId stakeholder;
        final RelationshipId relationship;
        final List<EntryId> open = new ArrayList<>();
        final List<EntryId> disputed = new ArrayList<>();
        final List<EntryId> interactions = new ArrayList<>();
        final List<EntryId> disclosures = new ArrayList<>();
        final List<EntryId> objectives = new ArrayList<>();
        final List<EntryId> indicators = new ArrayList<>();
        final List<EntryId> measurements = new ArrayList<>();
        final List<EntryId> alignments = new ArrayList<>();
        Level level = Level.TRANSACTIONAL;
        boolean ended;
        int entries;

        Life(String prefix, int number) {
            stakeholder = new StakeholderId("S-%s-%03d".formatted(prefix, number));
            relationship = new RelationshipId("R-%s-%03d".formatted(prefix, number));
        }

        EntryId newEntry() {
            return new EntryId("E-" + ++entries);
        }

        EntryId newEntry(List<EntryId> among) {
            EntryId entry = newEntry();
            among.add(entry);
            return entry;
        }
    }

    List<Happening> next(int count) {
        List<Happening> happenings = new ArrayList<>();
        while (happenings.size() < count) {
            Instant at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(3_600L * random.nextInt(24 * 60));
            List<DomainEvent> events = lives.isEmpty() || random.nextInt(20) == 0 ? born() : live(any(lives), at);
            if (!events.isEmpty()) {
                happenings.add(new Happening(at, events));
            }
        }
        return happenings;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private <T> T any(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    private List<DomainEvent> born() {
        var life = new Life(prefix, lives.size() + 1);
        lives.add(life);
        return List.of(
                Examples.stakeholder(life.stakeholder.value(), any(NAMES), any(StakeholderKind.values()), any(GROUPS)),
                new RelationshipEstablished(
                        life.relationship,
                        life.stakeholder,
                        new ManagerId(any(MANAGERS)),
                        Level.TRANSACTIONAL,
                        random.nextBoolean() ? "to have " + any(NAMES) : null,
                        null));
    }

    private List<DomainEvent> live(Life life, Instant at) {
        RelationshipId id = life.relationship;
        if (life.ended) {
            life.ended = false;
            return List.of(new RelationshipReopened(id, "again"));
        }
        return switch (random.nextInt(28)) {
            case 0 ->
                List.of(new StakeholderProfileChanged(
                        life.stakeholder, any(NAMES), null, random.nextBoolean() ? any(GROUPS) : null, null));
            case 1 -> List.of(new ManagerAssigned(id, new ManagerId(any(MANAGERS)), null));
            case 2 -> List.of(new StakeholderLevelRecorded(id, any(Level.values()), null));
            case 3 -> List.of(new DesiredLevelSet(id, any(Level.values()), null));
            case 4 -> {
                Level to = any(Level.values());
                Level from = life.level;
                life.level = to;
                yield List.of(new RelationshipDowngraded(id, from, to, "so be it", null));
            }
            case 5, 6 -> {
                EntryId interaction = life.newEntry();
                life.interactions.add(interaction);
                yield List.of(new InteractionLogged(
                        id, interaction, any(Channel.values()), "we met " + any(NAMES), List.of("Ann"), null));
            }
            case 7 ->
                life.interactions.isEmpty()
                        ? List.of()
                        : List.of(new InteractionCorrected(
                                id, any(life.interactions), Channel.VISIT, null, null, null, "a visit"));
            case 8 -> {
                if (life.interactions.isEmpty()) {
                    yield List.of();
                }
                EntryId interaction = any(life.interactions);
                life.interactions.remove(interaction);
                yield List.of(new EntryRetracted(id, interaction, EntryKind.INTERACTION, "never was"));
            }
            case 9, 10, 11 -> {
                EntryId commitment = life.newEntry();
                life.open.add(commitment);
                yield List.of(new CommitmentRecorded(
                        id,
                        commitment,
                        any(Party.values()),
                        "promise " + commitment,
                        Examples.SOME_DAY.plusDays(random.nextInt(5))));
            }
            case 12 -> end(life);
            case 13 -> {
                if (life.open.isEmpty()) {
                    yield List.of();
                }
                EntryId commitment = any(life.open);
                life.disputed.add(commitment);
                yield List.of(
                        new CommitmentBecameOverdue(id, commitment, Examples.SOME_DAY),
                        new DisputeRaised(id, commitment, Party.US, "not so"));
            }
            case 14 -> {
                if (life.disputed.isEmpty()) {
                    yield List.of();
                }
                EntryId commitment = any(life.disputed);
                life.disputed.remove(commitment);
                yield List.of(new DisputeSettled(id, commitment, "so", random.nextBoolean()));
            }
            case 15 -> {
                life.ended = true;
                List<DomainEvent> events = new ArrayList<>();
                life.open.forEach(commitment -> events.add(CommitmentReleased.byEnding(id, commitment)));
                life.open.clear();
                events.add(new RelationshipEnded(id, "for now"));
                yield events;
            }
            case 16, 17 -> {
                EntryId disclosure = life.newEntry(life.disclosures);
                yield List.of(new DisclosureRecorded(
                        id, disclosure, any(Party.values()), any(DisclosureKind.values()), "what we know"));
            }
            case 18 ->
                life.disclosures.isEmpty()
                        ? List.of()
                        : List.of(new DisclosureCorrected(
                                id, any(life.disclosures), null, any(DisclosureKind.values()), null, "not quite"));
            case 19 -> retracted(life, life.disclosures, EntryKind.DISCLOSURE);
            case 20 -> {
                EntryId objective = life.newEntry(life.objectives);
                yield List.of(new ObjectiveHeld(id, objective, any(Holder.values()), "peace", null));
            }
            case 21 -> {
                if (life.objectives.isEmpty()) {
                    yield List.of();
                }
                yield random.nextBoolean()
                        ? retracted(life, life.objectives, EntryKind.OBJECTIVE)
                        : List.of(new ObjectiveRetired(id, taken(life.objectives), "had"));
            }
            case 22 -> {
                String indicator = life.newEntry(life.indicators).value();
                yield List.of(Examples.indicator(id.value(), indicator, any(Party.values()), any(Level.values())));
            }
            case 23, 24 -> {
                if (life.indicators.isEmpty()) {
                    yield List.of();
                }
                String measurement = life.newEntry(life.measurements).value();
                yield List.of(Examples.measurement(
                        id.value(),
                        measurement,
                        any(life.indicators).value(),
                        random.nextBoolean() ? "99.9" : "12",
                        LocalDate.ofInstant(at, ZoneOffset.UTC)));
            }
            case 25 ->
                random.nextBoolean()
                        ? retracted(life, life.measurements, EntryKind.MEASUREMENT)
                        : retracted(life, life.indicators, EntryKind.INDICATOR);
            case 26 -> {
                String assessment = life.newEntry(life.alignments).value();
                yield List.of(Examples.assessed(id.value(), assessment, anyDimension(), anyDimension()));
            }
            default -> retracted(life, life.alignments, EntryKind.ALIGNMENT_ASSESSMENT);
        };
    }

    private AlignmentDimension anyDimension() {
        return Examples.dimension(
                any(NAMES),
                String.valueOf(random.nextInt(101)),
                String.valueOf(random.nextInt(101)),
                String.valueOf(random.nextInt(101)));
    }

    private List<DomainEvent> retracted(Life life, List<EntryId> some, EntryKind kind) {
        return some.isEmpty()
                ? List.of()
                : List.of(new EntryRetracted(life.relationship, taken(some), kind, "never was"));
    }

    private EntryId taken(List<EntryId> some) {
        return some.remove(random.nextInt(some.size()));
    }

    private List<DomainEvent> end(Life life) {
        if (life.open.isEmpty()) {
            return List.of();
        }
        EntryId commitment = any(life.open);
        RelationshipId id = life.relationship;
        return switch (random.nextInt(5)) {
            case 0 -> {
                life.open.remove(commitment);
                yield List.of(new CommitmentKept(id, commitment, random.nextBoolean(), null));
            }
            case 1 -> {
                life.open.remove(commitment);
                yield List.of(new CommitmentBroken(id, commitment, "no"));
            }
            case 2 -> {
                life.open.remove(commitment);
                yield List.of(CommitmentReleased.letOff(id, commitment, "let off"));
            }
            case 3 -> {
                life.open.remove(commitment);
                yield List.of(new EntryRetracted(id, commitment, EntryKind.COMMITMENT, "a slip"));
            }
            default ->
                List.of(new CommitmentRenegotiated(
                        id, commitment, Examples.SOME_DAY.plusDays(random.nextInt(9)), null, "later"));
        };
    }
}
