package dev.rapport.query.evidence;

import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.trust.EntryEvidence;
import dev.rapport.events.trust.EvidenceFold;
import dev.rapport.events.trust.LevelCourse;
import dev.rapport.events.trust.LevelCourse.Step;
import dev.rapport.events.trust.TrustModel;
import dev.rapport.events.trust.TrustTally;
import dev.rapport.events.vocabulary.EntryId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final TrustStanding before;

    /** Of what changed the trust; null before anything did. */
    private @Nullable Instant latest;

    /** What changed since the tally was last asked for: sums are exact, so what came and went in between need not be counted. */
    private final Map<EntryId, EvidenceFold.Change> uncounted = new LinkedHashMap<>();

    private TrustFold(TrustModel model, TrustStanding standing, EvidenceFold fold, @Nullable Instant until) {
        this.fold = fold;
        this.tally = TrustTally.continuing(model, standing.tally());
        this.until = until;
        this.before = standing;
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
        if (latest == null) {
            return before;
        }
        uncounted.values().forEach(this::count);
        uncounted.clear();
        return before.with(tally, latest);
    }

    private void count(EvidenceFold.Change change) {
        EntryEvidence known = change.before();
        tally.replace(known == null ? null : counted(known), counted(change.after()));
    }

    /** What the events since the {@linkplain #standing standing} was last asked for changed of what entries give: an entry is in here once. */
    Collection<EvidenceFold.Change> changes() {
        return List.copyOf(uncounted.values());
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
        List<EvidenceFold.Change> changes = new ArrayList<>(1);
        for (EvidenceFold.Change change : fold.evolve(event, recorded.occurredAt(), recorded.position())) {
            if (change.isOfEvidence()) {
                changes.add(change);
                take(change, recorded.occurredAt());
            }
        }
        Step step = LevelCourse.step(event, recorded.occurredAt(), recorded.position());
        if (step != null) {
            levels.add(step);
            if (until == null || !step.from().isAfter(until)) {
                tally.take(step);
                reach(step.from());
            }
        }
        return changes;
    }

    /** What is measured later than it is said to have been recorded counts from the later day on. */
    private void take(EvidenceFold.Change change, Instant occurredAt) {
        EntryEvidence after = change.after();
        uncounted.merge(
                after.entryId(), change, (first, next) -> new EvidenceFold.Change(first.before(), next.after()));
        Instant last = counted(after).lastMoment();
        reach(counted(last != null && last.isAfter(occurredAt) ? last : occurredAt));
    }

    private void reach(Instant moment) {
        latest = latest == null || moment.isAfter(latest) ? moment : latest;
    }

    private EntryEvidence counted(EntryEvidence entry) {
        return until == null ? entry : entry.upTo(until);
    }

    private Instant counted(Instant occurredAt) {
        return until != null && occurredAt.isAfter(until) ? until : occurredAt;
    }
}
