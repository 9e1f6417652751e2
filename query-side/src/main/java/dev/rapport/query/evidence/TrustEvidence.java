package dev.rapport.query.evidence;

import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.policy.TrustPolicies;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.trust.EntryEvidence;
import dev.rapport.events.trust.EvidenceFold;
import dev.rapport.events.trust.LevelCourse;
import dev.rapport.events.trust.TrustModel;
import dev.rapport.events.trust.TrustStep;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.evidence.EvidenceTable.Changes;
import dev.rapport.query.evidence.TrustCourseTable.Year;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Keeps the evidence of relationships and the trust of today: an event changes what its own entry gives and the sums by the difference, and
 * nothing of the past is gone through again, but for once a day, when the window of the trend moves on.
 */
@Component
public class TrustEvidence {

    private static final long MICROS_OF_A_DAY = TimeUnit.DAYS.toMicros(1);

    private final EvidenceTable evidence;
    private final TrustStandingTable standings;
    private final TrustCourseTable courses;
    private final TrustModel model;
    private final TrustClock clock;

    TrustEvidence(
            EvidenceTable evidence,
            TrustStandingTable standings,
            TrustCourseTable courses,
            TrustPolicies policies,
            TrustClock clock) {
        this.evidence = evidence;
        this.standings = standings;
        this.courses = courses;
        this.model = policies.usual();
        this.clock = clock;
    }

    /** To be called in a transaction of the read database, with the new events of each relationship in the order of the log. */
    public void apply(Map<RelationshipId, List<RecordedEvent>> news) {
        Map<RelationshipId, TrustStanding> standing = current(news.keySet());
        Map<RelationshipId, List<EntryEvidence>> known = evidence.load(news);
        List<Batch> batches = new ArrayList<>();
        news.forEach((relationship, events) -> {
            Batch batch = new Batch(
                    relationship,
                    TrustFold.continuing(
                            model,
                            clock,
                            standing.getOrDefault(relationship, TrustStanding.beginning(model, clock)),
                            known.getOrDefault(relationship, List.of())));
            events.forEach(batch::take);
            batches.add(batch);
        });
        evidence.save(batches.stream().map(Batch::changes).toList());
        saveCourses(batches); // before the standings are asked for, from when on nothing has changed
        Map<RelationshipId, TrustStanding> changed = new LinkedHashMap<>();
        batches.forEach(batch -> {
            TrustStanding after = batch.fold.standing();
            if (!after.equals(standing.get(batch.relationship))) {
                changed.put(batch.relationship, after);
            }
        });
        standings.save(changed, model);
    }

    /** The standings that there are, none of them of another day or by another policy. */
    private Map<RelationshipId, TrustStanding> current(Collection<RelationshipId> relationships) {
        Map<RelationshipId, TrustStanding> current = new HashMap<>(standings.loadToChange(relationships));
        Map<RelationshipId, TrustStanding> outdated = new HashMap<>(current);
        outdated.values().removeIf(standing -> standing.isCurrent(model, clock));
        current.putAll(renewed(outdated));
        return current;
    }

    private Map<RelationshipId, TrustStanding> renewed(Map<RelationshipId, TrustStanding> outdated) {
        if (outdated.isEmpty()) {
            return outdated;
        }
        Map<RelationshipId, List<EntryEvidence>> entries = evidence.of(outdated.keySet());
        Map<RelationshipId, LevelCourse> levels = evidence.levelsOf(outdated.keySet());
        Map<RelationshipId, TrustStanding> renewed = new LinkedHashMap<>();
        outdated.forEach((relationship, standing) -> renewed.put(
                relationship,
                standing.renewed(
                        model,
                        clock,
                        entries.getOrDefault(relationship, List.of()),
                        levels.getOrDefault(relationship, LevelCourse.beginning()))));
        return renewed;
    }

    private void saveCourses(List<Batch> batches) {
        Map<Year, Steps> changes = new LinkedHashMap<>();
        batches.forEach(batch -> changes.putAll(batch.steps()));
        Map<Year, List<TrustStep>> known = courses.load(changes.keySet());
        Map<Year, List<TrustStep>> years = new LinkedHashMap<>();
        changes.forEach((year, changed) -> {
            List<TrustStep> steps = new ArrayList<>(known.getOrDefault(year, List.of()));
            steps.addAll(changed.come);
            changed.gone.forEach(steps::remove);
            years.put(year, steps);
        });
        courses.save(years);
    }

    /**
     * Brings some of the standings that are of another day, or by another policy, up to today. To be called in a transaction of the read
     * database.
     *
     * @return whether there may be more of them
     */
    boolean renewSome(int most) {
        Map<RelationshipId, TrustStanding> outdated =
                standings.outdated(clock.today(), model.policy().reference(), most);
        standings.save(renewed(outdated), model);
        return outdated.size() == most;
    }

    /** The news of one relationship. */
    private static final class Batch {

        private final RelationshipId relationship;
        private final TrustFold fold;
        private final List<Activity.Step> activity = new ArrayList<>();

        Batch(RelationshipId relationship, TrustFold fold) {
            this.relationship = relationship;
            this.fold = fold;
        }

        void take(RecordedEvent recorded) {
            RelationshipEvent event = relationshipEvent(recorded);
            fold.evolve(event, recorded);
            Activity.Step step = Activity.step(event, recorded.occurredAt(), recorded.position());
            if (step != null) {
                activity.add(step);
            }
        }

        Changes changes() {
            return new Changes(relationship, List.copyOf(fold.changed()), fold.levels(), activity);
        }

        /** The steps that came, and those that went, by their years. */
        Map<Year, Steps> steps() {
            Map<Year, Steps> steps = new LinkedHashMap<>();
            for (EvidenceFold.Change change : fold.changes()) {
                EntryEvidence before = change.before();
                if (before != null) {
                    TrustStep.of(before).forEach(step -> in(steps, step).gone.add(step));
                }
                TrustStep.of(change.after())
                        .forEach(step -> in(steps, step).come.add(step));
            }
            return steps;
        }

        private Steps in(Map<Year, Steps> steps, TrustStep step) {
            long day = Math.floorDiv(step.at(), MICROS_OF_A_DAY);
            return steps.computeIfAbsent(
                    new Year(relationship, LocalDate.ofEpochDay(day).getYear()), _ -> new Steps());
        }
    }

    /** What changed in a year. */
    private static final class Steps {

        private final List<TrustStep> come = new ArrayList<>();
        private final List<TrustStep> gone = new ArrayList<>();
    }

    private static RelationshipEvent relationshipEvent(RecordedEvent recorded) {
        return (RelationshipEvent) recorded.payload();
    }
}
