package dev.rapport.query.evidence;

import static dev.rapport.query.jooq.Tables.DECLARED_LEVEL;
import static dev.rapport.query.jooq.Tables.EVIDENCE;
import static org.jooq.impl.DSL.row;

import dev.rapport.events.trust.EntryEvidence;
import dev.rapport.events.trust.LevelCourse;
import dev.rapport.events.trust.LevelCourse.Step;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.database.BatchWriter;
import dev.rapport.query.database.Json;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.jooq.tables.records.DeclaredLevelRecord;
import dev.rapport.query.jooq.tables.records.EvidenceRecord;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Row2;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** What the entries of relationships give as evidence, and the course of the declared level: all that any policy needs to score trust. */
@Component
public class EvidenceTable {

    private final DSLContext database;
    private final BatchWriter writer;

    EvidenceTable(@ReadDatabase DSLContext database, BatchWriter writer) {
        this.database = database;
        this.writer = writer;
    }

    /** What these entries give so far; nothing for those that gave none yet. */
    @SuppressWarnings("unchecked") // jOOQ takes rows as an array, of a type that arrays cannot have
    Map<RelationshipId, List<EntryEvidence>> load(Map<RelationshipId, Set<EntryId>> needed) {
        Row2<String, String>[] ids = needed.entrySet().stream()
                .flatMap(relationship -> relationship.getValue().stream()
                        .map(id -> row(relationship.getKey().value(), id.value())))
                .<Row2<String, String>>toArray(Row2[]::new);
        Map<RelationshipId, List<EntryEvidence>> known = new HashMap<>();
        if (ids.length > 0 && !writer.isAddingOnly()) {
            var id = DSL.values(ids).as("id", "relationship_id", "entry_id");
            database.select(EVIDENCE.RELATIONSHIP_ID, EVIDENCE.STATE)
                    .from(id)
                    .join(EVIDENCE)
                    .on(EVIDENCE.RELATIONSHIP_ID.eq(id.field("relationship_id", String.class)))
                    .and(EVIDENCE.ENTRY_ID.eq(id.field("entry_id", String.class)))
                    .forEach(found -> known.computeIfAbsent(new RelationshipId(found.value1()), _ -> new ArrayList<>())
                            .add(Json.read(found.value2(), EntryEvidence.class)));
        }
        return known;
    }

    /** What one relationship's entries give that happened since the batch before. */
    record Changes(RelationshipId relationship, List<EntryEvidence> evidence, List<Step> levels) {}

    void save(List<Changes> changes) {
        List<EvidenceRecord> evidence = new ArrayList<>();
        List<DeclaredLevelRecord> levels = new ArrayList<>();
        for (Changes change : changes) {
            String relationship = change.relationship.value();
            change.evidence.forEach(entry -> evidence.add(
                    new EvidenceRecord(relationship, entry.entryId().value(), Json.write(entry))));
            change.levels.forEach(step -> levels.add(new DeclaredLevelRecord(
                    relationship,
                    step.position(),
                    step.from().truncatedTo(ChronoUnit.MICROS),
                    step.level().name())));
        }
        writer.merge(evidence);
        writer.merge(levels);
    }

    /** All that the entries of a relationship give. */
    public List<EntryEvidence> of(RelationshipId relationship) {
        return database.select(EVIDENCE.STATE)
                .from(EVIDENCE)
                .where(EVIDENCE.RELATIONSHIP_ID.eq(relationship.value()))
                .fetch(found -> Json.read(found.value1(), EntryEvidence.class));
    }

    /** The course of the declared level of a relationship. */
    public LevelCourse levelsOf(RelationshipId relationship) {
        return new LevelCourse(
                database.select(DECLARED_LEVEL.TOOK_EFFECT_AT, DECLARED_LEVEL.LEVEL, DECLARED_LEVEL.POSITION)
                        .from(DECLARED_LEVEL)
                        .where(DECLARED_LEVEL.RELATIONSHIP_ID.eq(relationship.value()))
                        .fetch(found -> new Step(found.value1(), Level.valueOf(found.value2()), found.value3())));
    }
}
