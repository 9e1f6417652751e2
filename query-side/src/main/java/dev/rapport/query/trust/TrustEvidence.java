package dev.rapport.query.trust;

import dev.rapport.events.RelationshipDowngraded;
import dev.rapport.events.RelationshipEstablished;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.RelationshipUpgraded;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.trust.EntryEvidence;
import dev.rapport.events.trust.EvidenceFold;
import dev.rapport.events.trust.LevelCourse.Step;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.trust.EvidenceTable.Changes;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Keeps the evidence of relationships: an event changes what its own entry gives, and nothing of the past is gone through again. */
@Component
public class TrustEvidence {

    private final EvidenceTable table;
    private final ZoneId zone;

    TrustEvidence(EvidenceTable table, @Value("${rapport.zone:UTC}") ZoneId zone) {
        this.table = table;
        this.zone = zone;
    }

    /** To be called in a transaction of the read database, with the new events of each relationship in the order of the log. */
    public void apply(Map<RelationshipId, List<RecordedEvent>> news) {
        Map<RelationshipId, Set<EntryId>> needed = new LinkedHashMap<>();
        news.forEach((relationship, events) -> needed.put(
                relationship,
                events.stream()
                        .flatMap(event -> EvidenceFold.needs(relationshipEvent(event)).stream())
                        .collect(Collectors.toSet())));
        Map<RelationshipId, List<EntryEvidence>> known = table.load(needed);
        List<Changes> changes = new ArrayList<>();
        news.forEach((relationship, events) ->
                changes.add(changes(relationship, events, known.getOrDefault(relationship, List.of()))));
        table.save(changes);
    }

    private Changes changes(RelationshipId relationship, List<RecordedEvent> events, List<EntryEvidence> known) {
        EvidenceFold fold = new EvidenceFold(zone, known);
        events.forEach(event -> fold.evolve(relationshipEvent(event), event.occurredAt(), event.position()));
        return new Changes(
                relationship,
                List.copyOf(fold.changed()),
                events.stream().flatMap(TrustEvidence::levelStep).toList());
    }

    private static Stream<Step> levelStep(RecordedEvent recorded) {
        Level level = declaredBy(relationshipEvent(recorded));
        return level == null ? Stream.empty() : Stream.of(new Step(recorded.occurredAt(), level, recorded.position()));
    }

    private static @Nullable Level declaredBy(RelationshipEvent happened) {
        return switch (happened) {
            case RelationshipEstablished event -> event.level();
            case RelationshipUpgraded event -> event.to();
            case RelationshipDowngraded event -> event.to();
            default -> null;
        };
    }

    private static RelationshipEvent relationshipEvent(RecordedEvent recorded) {
        return (RelationshipEvent) recorded.payload();
    }
}
