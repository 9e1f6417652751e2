package dev.rapport.query;

import dev.rapport.events.CommitmentBroken;
import dev.rapport.events.CommitmentKept;
import dev.rapport.events.CommitmentRecorded;
import dev.rapport.events.ContributionRecorded;
import dev.rapport.events.DisclosureRecorded;
import dev.rapport.events.DomainEvent;
import dev.rapport.events.InteractionLogged;
import dev.rapport.events.Provenance;
import dev.rapport.events.RelationshipUpgraded;
import dev.rapport.events.StreamName;
import dev.rapport.events.storage.EventTypes;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.PolicyVersion;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderKind;
import dev.rapport.query.projection.ReadModels;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Many relationships over five years, put straight into the read models, in the batches of a busy rebuild. The same for the same seed. */
final class LongHistory {

    static final Instant BEGINNING = Instant.parse("2021-05-03T09:00:00Z");
    static final Duration LENGTH = Duration.ofDays(5 * 365);

    private static final int AT_A_TIME = 50;
    private static final int MANAGERS = 50;
    private static final int GROUPS = 20;
    private static final EventTypes TYPES = EventTypes.of(DomainEvent.class);

    private final Random random;
    private final int relationships;
    private final int eventsOfEach;
    private final Map<StreamName, Long> versions = new HashMap<>();
    private long position;

    LongHistory(long seed, int relationships, int eventsOfEach) {
        this.random = new Random(seed);
        this.relationships = relationships;
        this.eventsOfEach = eventsOfEach;
    }

    static RelationshipId relationship(int number) {
        return new RelationshipId("R-long-%05d".formatted(number));
    }

    void fill(RunningQuerySide queries) {
        var models = queries.bean(ReadModels.class);
        for (int first = 0; first < relationships; first += AT_A_TIME) {
            List<RecordedEvent> batch = new ArrayList<>();
            for (int number = first; number < Math.min(first + AT_A_TIME, relationships); number++) {
                new Life(number).live(eventsOfEach, batch);
            }
            queries.inReadTransaction(() -> models.add(batch));
        }
    }

    /** One relationship's. */
    private final class Life {

        private final int number;
        private final RelationshipId id;
        private final List<EntryId> open = new ArrayList<>();
        private int happened;

        Life(int number) {
            this.number = number;
            this.id = relationship(number);
        }

        void live(int until, List<RecordedEvent> batch) {
            if (happened == 0) {
                String stakeholder = "S-long-" + number;
                batch.add(recorded(
                        Examples.stakeholder(
                                stakeholder,
                                "Stakeholder " + number,
                                any(StakeholderKind.values()),
                                "Group " + number % GROUPS),
                        BEGINNING));
                batch.add(recorded(
                        Examples.relationship(id.value(), stakeholder, "manager" + number % MANAGERS), BEGINNING));
                happened++;
            }
            while (happened < until) {
                Instant at = BEGINNING.plus(LENGTH.multipliedBy(happened).dividedBy(eventsOfEach));
                batch.add(recorded(next(at), at));
                happened++;
            }
        }

        private DomainEvent next(Instant at) {
            var entry = new EntryId("E-" + happened);
            if (happened == eventsOfEach / 2 && number % 3 == 0) {
                return new RelationshipUpgraded(
                        id,
                        Level.TRANSACTIONAL,
                        Level.ADDED_VALUE,
                        "it is time",
                        new PolicyVersion("standard", "1"),
                        null,
                        null);
            }
            return switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> {
                    if (open.isEmpty() || random.nextInt(5) == 0) {
                        open.add(entry);
                        yield new CommitmentRecorded(
                                id,
                                entry,
                                any(Party.values()),
                                "deliver 10 parts a day",
                                LocalDate.ofInstant(at, ZoneOffset.UTC).plusDays(90));
                    }
                    EntryId ended = open.removeFirst();
                    yield random.nextInt(4) == 0
                            ? new CommitmentBroken(id, ended, "no stock")
                            : new CommitmentKept(id, ended, false, null);
                }
                case 4, 5, 6 ->
                    new InteractionLogged(
                            id,
                            entry,
                            any(Channel.values()),
                            "the usual things were talked about, and some others",
                            List.of("Ann", "Bob"),
                            random.nextInt(5) - 2);
                case 7, 8 ->
                    new DisclosureRecorded(
                            id, entry, any(Party.values()), any(DisclosureKind.values()), "figures of the month");
                default -> new ContributionRecorded(id, entry, any(Party.values()), "a week was saved", null);
            };
        }
    }

    private <T> T any(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    private RecordedEvent recorded(DomainEvent event, Instant at) {
        return new RecordedEvent(
                ++position,
                new UUID(position, position).toString(),
                event.stream(),
                versions.merge(event.stream(), 1L, Long::sum),
                TYPES.nameOf(event.getClass()),
                TYPES.revisionOf(event.getClass()),
                at,
                at,
                Log.SOMEBODY,
                Map.of(Provenance.SUBJECT, Log.SOMEBODY),
                event);
    }
}
