package dev.rapport.command.imports;

import dev.rapport.command.Caller;
import dev.rapport.command.Circumstances;
import dev.rapport.command.DomainCommand;
import dev.rapport.command.dispatch.CommandDispatcher;
import dev.rapport.command.relationship.RelationshipCommand.BreakCommitment;
import dev.rapport.command.relationship.RelationshipCommand.FulfilCommitment;
import dev.rapport.command.relationship.RelationshipCommand.NoteOverdueCommitment;
import dev.rapport.command.relationship.RelationshipCommand.RecordCommitment;
import dev.rapport.command.relationship.RelationshipCommand.ReleaseCommitment;
import dev.rapport.command.relationship.RelationshipCommand.RenegotiateCommitment;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * The imported commitments that were due in the past and have not ended so far in the file. They become overdue when the file is through,
 * since a later line may tell how they ended. Holds a bounded number: of more, the oldest are not waited for.
 */
final class PastDue {

    private static final int MOST = 10_000;

    private record Promise(RelationshipId relationship, EntryId commitment) {}

    private final SequencedSet<Promise> open = new LinkedHashSet<>();
    private final CommandDispatcher dispatcher;
    private final Caller caller;
    private final Clock clock;

    PastDue(CommandDispatcher dispatcher, Caller caller, Clock clock) {
        this.dispatcher = dispatcher;
        this.caller = caller;
        this.clock = clock;
    }

    void consider(DomainCommand command) {
        switch (command) {
            case RecordCommitment c -> due(new Promise(c.relationshipId(), c.id()), c.dueOn());
            case RenegotiateCommitment c -> due(new Promise(c.relationshipId(), c.commitmentId()), c.dueOn());
            case FulfilCommitment c -> open.remove(new Promise(c.relationshipId(), c.commitmentId()));
            case BreakCommitment c -> open.remove(new Promise(c.relationshipId(), c.commitmentId()));
            case ReleaseCommitment c -> open.remove(new Promise(c.relationshipId(), c.commitmentId()));
            default -> {}
        }
    }

    void noteAll() {
        while (!open.isEmpty()) {
            note(open.removeFirst());
        }
    }

    private void due(Promise promise, LocalDate dueOn) {
        open.remove(promise);
        if (dueOn.isBefore(LocalDate.ofInstant(clock.instant(), ZoneOffset.MAX))) {
            open.add(promise);
        }
        if (open.size() > MOST) {
            note(open.removeFirst());
        }
    }

    private void note(Promise promise) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        dispatcher.dispatch(
                new NoteOverdueCommitment(promise.relationship(), promise.commitment()),
                new Circumstances(caller, now, now, null, true),
                null);
    }
}
