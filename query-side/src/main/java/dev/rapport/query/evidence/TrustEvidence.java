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
import dev.rapport.query.evidence.EvidenceTable.Needed;
import dev.rapport.query.evidence.TrustCourseTable.Year;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Keeps the evidence of relationships and the trust of today: an event changes what its own entry gives and the sums by the difference, and
 * nothing of the past is gone through again, but for once a day, when the window of the trend moves on.
 */
@Component
public class TrustEvidence {

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
        Map<RelationshipId, Needed> needed = new LinkedHashMap<>();
        news.forEach((relationship, events) -> needed.put(
                relationship,
                Needed.toFold(
                        events.stream().map(TrustEvidence::relationshipEvent).toList())));
        Map<RelationshipId, TrustStanding> standing = current(news.keySet());
        Map<RelationshipId, List<EntryEvidence>> known = evidence.load(needed);
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
        saveCourses(batches);
        Map<RelationshipId, TrustStanding> changed = new LinkedHashMap<>();
        batches.stream()
                .filter(batch -> !batch.fold.standing().equals(standing.get(batch.relationship)))
                .forEach(batch -> changed.put(batch.relationship, batch.fold.standing()));
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
        Set<Year> touched = new LinkedHashSet<>();
        batches.forEach(batch -> touched.addAll(batch.years()));
        Map<Year, List<TrustStep>> years = courses.load(touched);
        touched.forEach(year -> years.computeIfAbsent(year, _ -> new ArrayList<>()));
        batches.forEach(batch -> batch.changeSteps(years));
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
        private final List<TrustStep> stepsTaken = new ArrayList<>();
        private final List<TrustStep> stepsGiven = new ArrayList<>();

        Batch(RelationshipId relationship, TrustFold fold) {
            this.relationship = relationship;
            this.fold = fold;
        }

        void take(RecordedEvent recorded) {
            RelationshipEvent event = relationshipEvent(recorded);
            fold.evolve(event, recorded).forEach(this::take);
            Activity.Step step = Activity.step(event, recorded.occurredAt(), recorded.position());
            if (step != null) {
                activity.add(step);
            }
        }

        private void take(EvidenceFold.Change change) {
            EntryEvidence before = change.before();
            if (before != null) {
                TrustStep.of(before).forEach(stepsTaken::add);
            }
            TrustStep.of(change.after()).forEach(stepsGiven::add);
        }

        Changes changes() {
            return new Changes(relationship, List.copyOf(fold.changed()), fold.levels(), activity);
        }

        Set<Year> years() {
            return Stream.concat(stepsTaken.stream(), stepsGiven.stream())
                    .map(this::year)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        void changeSteps(Map<Year, List<TrustStep>> years) {
            stepsGiven.forEach(step -> steps(years, step).add(step));
            stepsTaken.forEach(step -> steps(years, step).remove(step));
        }

        private List<TrustStep> steps(Map<Year, List<TrustStep>> years, TrustStep step) {
            return Objects.requireNonNull(years.get(year(step)));
        }

        private Year year(TrustStep step) {
            return new Year(
                    relationship,
                    Instant.EPOCH
                            .plus(step.at(), ChronoUnit.MICROS)
                            .atOffset(ZoneOffset.UTC)
                            .getYear());
        }
    }

    private static RelationshipEvent relationshipEvent(RecordedEvent recorded) {
        return (RelationshipEvent) recorded.payload();
    }
}
