package dev.rapport.query.evidence;

import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.policy.TrustPolicies;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.trust.EntryEvidence;
import dev.rapport.events.trust.TrustModel;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.evidence.EvidenceTable.Changes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps the evidence of relationships and the trust of today: an event changes what its own entry gives and the sums by the difference, and
 * nothing of the past is gone through again, but for once a day, when the window of the trend moves on.
 */
@Component
public class TrustEvidence {

    private final EvidenceTable evidence;
    private final TrustStandingTable standings;
    private final TrustModel model;
    private final TrustClock clock;

    TrustEvidence(EvidenceTable evidence, TrustStandingTable standings, TrustPolicies policies, TrustClock clock) {
        this.evidence = evidence;
        this.standings = standings;
        this.model = policies.usual();
        this.clock = clock;
    }

    /** To be called in a transaction of the read database, with the new events of each relationship in the order of the log. */
    public void apply(Map<RelationshipId, List<RecordedEvent>> news) {
        Map<RelationshipId, Set<EntryId>> needed = new LinkedHashMap<>();
        news.forEach((relationship, events) -> needed.put(
                relationship,
                events.stream()
                        .flatMap(event -> relationshipEvent(event).entriesInvolved().stream())
                        .collect(Collectors.toSet())));
        Map<RelationshipId, TrustStanding> standing = standings.loadToChange(news.keySet());
        Map<RelationshipId, List<EntryEvidence>> known = evidence.load(needed);
        List<Changes> changes = new ArrayList<>();
        Map<RelationshipId, TrustStanding> changed = new LinkedHashMap<>();
        news.forEach((relationship, events) -> {
            TrustStanding before = standing.get(relationship);
            TrustFold fold = TrustFold.continuing(
                    model, clock, current(relationship, before), known.getOrDefault(relationship, List.of()));
            events.forEach(event -> fold.evolve(relationshipEvent(event), event));
            changes.add(new Changes(relationship, List.copyOf(fold.changed()), fold.levels()));
            if (!fold.standing().equals(before)) {
                changed.put(relationship, fold.standing());
            }
        });
        evidence.save(changes);
        standings.save(changed, model);
    }

    private TrustStanding current(RelationshipId relationship, @Nullable TrustStanding standing) {
        if (standing == null) {
            return TrustStanding.beginning(model, clock);
        }
        return standing.isCurrent(model, clock) ? standing : anew(relationship);
    }

    private TrustStanding anew(RelationshipId relationship) {
        return TrustStanding.of(model, clock, evidence.of(relationship), evidence.levelsOf(relationship));
    }

    /**
     * Brings some of the standings that are of another day, or by another policy, up to today. To be called in a transaction of the read
     * database.
     *
     * @return whether there may be more of them
     */
    boolean renewSome(int most) {
        List<RelationshipId> outdated =
                standings.outdated(clock.today(), model.policy().reference(), most);
        Map<RelationshipId, TrustStanding> renewed = new LinkedHashMap<>();
        outdated.forEach(relationship -> renewed.put(relationship, anew(relationship)));
        standings.save(renewed, model);
        return outdated.size() == most;
    }

    private static RelationshipEvent relationshipEvent(RecordedEvent recorded) {
        return (RelationshipEvent) recorded.payload();
    }
}
