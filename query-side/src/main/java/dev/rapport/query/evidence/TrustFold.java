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

    public void evolve(RelationshipEvent event, RecordedEvent recorded) {
        fold.evolve(event, recorded.occurredAt(), recorded.position()).stream()
                .filter(EvidenceFold.Change::isOfEvidence)
                .forEach(change -> {
                    EntryEvidence before = change.before();
                    tally.replace(before == null ? null : counted(before), counted(change.after()));
                    standing = standing.with(tally, counted(recorded.occurredAt()));
                });
        Step step = LevelCourse.step(event, recorded.occurredAt(), recorded.position());
        if (step != null) {
            levels.add(step);
            if (until == null || !step.from().isAfter(until)) {
                tally.take(step);
                standing = standing.with(tally, step.from());
            }
        }
    }

    private EntryEvidence counted(EntryEvidence entry) {
        return until == null ? entry : entry.upTo(until);
    }

    private Instant counted(Instant occurredAt) {
        return until != null && occurredAt.isAfter(until) ? until : occurredAt;
    }
}
