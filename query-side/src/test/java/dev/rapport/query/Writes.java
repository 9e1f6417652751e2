package dev.rapport.query;

import static dev.rapport.query.Examples.SOME_DAY;
import static dev.rapport.query.Examples.commitment;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.stakeholder;

import dev.rapport.events.CommitmentRenegotiated;
import dev.rapport.events.DomainEvent;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Commands that keep arriving: what they leave in the log, a transaction each, the same for the same seed. */
final class Writes {

    /** All commitments are of these, the first relationships. */
    private static final int FIRST = 200;

    private final Log log;
    private final Random random;
    private int relationships;
    private int commitments;

    Writes(Log log, long seed) {
        this.log = log;
        this.random = new Random(seed);
    }

    /** A portfolio of relationships with two commitments each. */
    void begin(int count) {
        List<DomainEvent> events = new ArrayList<>();
        while (relationships < count) {
            events.addAll(established());
            events.add(promised());
            events.add(promised());
            if (events.size() > 200) {
                log.append(events.toArray(DomainEvent[]::new));
                events.clear();
            }
        }
        if (!events.isEmpty()) {
            log.append(events.toArray(DomainEvent[]::new));
        }
    }

    /** What a command leaves. */
    void next() {
        log.append((switch (random.nextInt(10)) {
                    case 0 -> established();
                    case 1, 2, 3, 4 -> List.of(promised());
                    default -> List.of(renegotiated());
                })
                .toArray(DomainEvent[]::new));
    }

    private List<DomainEvent> established() {
        int number = ++relationships;
        return List.of(
                stakeholder("S-" + number, "Acme " + random.nextInt(1_000)),
                relationship("R-" + number, "S-" + number, "manager" + random.nextInt(4)));
    }

    private DomainEvent promised() {
        int number = ++commitments;
        return commitment(
                "R-" + of(number),
                "C-" + number,
                Party.US,
                "promise " + number,
                SOME_DAY.plusDays(random.nextInt(900)));
    }

    private DomainEvent renegotiated() {
        int number = 1 + random.nextInt(commitments);
        return new CommitmentRenegotiated(
                new RelationshipId("R-" + of(number)),
                new EntryId("C-" + number),
                SOME_DAY.plusDays(random.nextInt(900)),
                null,
                "later");
    }

    /** The relationship of a commitment: one that is there before it, whatever the order. */
    private static int of(int commitment) {
        return 1 + (commitment - 1) / 2 % FIRST;
    }
}
