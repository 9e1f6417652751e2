package dev.rapport.query.evidence;

import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.trust.EntryEvidence;
import dev.rapport.events.trust.EvidenceFold;
import dev.rapport.events.trust.LevelCourse;
import dev.rapport.events.trust.LevelCourse.Step;
import dev.rapport.events.trust.TrustModel;
import dev.rapport.events.trust.TrustTally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Folds the events of one relationship into its evidence and the trust of a day. No database: the live projection and a question about the
 * past fold with this.
 */
public final class TrustFold {

    private final EvidenceFold fold;
    private final TrustTally tally;
    private final @Nullable Instant until;
    private final List<Step> levels = new ArrayList<>();
    private TrustStanding standing;

    private TrustFold(TrustModel model, TrustStanding standing, EvidenceFold fold, @Nullable Instant until) {
        this.fold = fold;
        this.tally = TrustTally.continuing(model, standing.tally());
        this.until = until;
        this.standing = standing;
    }

    /**
     * Begins before the first event.
     *
     * @param clock which day the trust is of
     * @param until leaves out what happened in the world later; null for nothing
     */
    public static TrustFold fromTheStart(TrustModel model, TrustClock clock, @Nullable Instant until) {
        return new TrustFold(
                model, TrustStanding.beginning(model, clock), new EvidenceFold(clock.zone(), List.of()), until);
    }

    static TrustFold continuing(
            TrustModel model, TrustClock clock, TrustStanding standing, Collection<EntryEvidence> known) {
        return new TrustFold(model, standing, new EvidenceFold(clock.zone(), known), null);
    }

    /** What the trust is after the events so far. */
    public TrustStanding standing() {
        return standing;
    }

    /** What entries give that the events folded here changed, whatever is left out of the trust. */
    Collection<EntryEvidence> changed() {
        return fold.changed();
    }

    /** The changes of the declared level among the events folded here. */
    List<Step> levels() {
        return List.copyOf(levels);
    }

    /** Takes in an event, and tells what it changed of the evidence, whatever is left out of the trust. */
    public List<EvidenceFold.Change> evolve(RelationshipEvent event, RecordedEvent recorded) {
        List<EvidenceFold.Change> changes = fold.evolve(event, recorded.occurredAt(), recorded.position()).stream()
                .filter(EvidenceFold.Change::isOfEvidence)
                .toList();
        changes.forEach(change -> take(change, recorded.occurredAt()));
        Step step = LevelCourse.step(event, recorded.occurredAt(), recorded.position());
        if (step != null) {
            levels.add(step);
            if (until == null || !step.from().isAfter(until)) {
                tally.take(step);
                standing = standing.with(tally, step.from());
            }
        }
        return changes;
    }

    /** What is measured later than it is said to have been recorded counts from the later day on. */
    private void take(EvidenceFold.Change change, Instant occurredAt) {
        EntryEvidence before = change.before();
        EntryEvidence after = counted(change.after());
        tally.replace(before == null ? null : counted(before), after);
        Instant latest = after.moments()
                .filter(occurredAt::isBefore)
                .max(Instant::compareTo)
                .orElse(occurredAt);
        standing = standing.with(tally, counted(latest));
    }

    private EntryEvidence counted(EntryEvidence entry) {
        return until == null ? entry : entry.upTo(until);
    }

    private Instant counted(Instant occurredAt) {
        return until != null && occurredAt.isAfter(until) ? until : occurredAt;
    }
}
