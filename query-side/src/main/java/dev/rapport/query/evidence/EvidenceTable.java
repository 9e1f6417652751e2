package dev.rapport.query.evidence;

import static dev.rapport.query.jooq.Tables.ACTIVITY;
import static dev.rapport.query.jooq.Tables.DECLARED_LEVEL;
import static dev.rapport.query.jooq.Tables.EVIDENCE;
import static dev.rapport.query.jooq.Tables.MEASUREMENT;
import static dev.rapport.query.jooq.Tables.RELATIONSHIP;
import static dev.rapport.query.jooq.Tables.STAKEHOLDER;
import static org.jooq.impl.DSL.row;

import dev.rapport.events.EntryRetracted;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.trust.EntryEvidence;
import dev.rapport.events.trust.LevelCourse;
import dev.rapport.events.trust.LevelCourse.Step;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.database.BatchWriter;
import dev.rapport.query.database.Columns;
import dev.rapport.query.database.Json;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.jooq.tables.records.ActivityRecord;
import dev.rapport.query.jooq.tables.records.DeclaredLevelRecord;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Row2;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the entries of relationships give as evidence, and the course of the declared level: all that any policy needs to score trust. */
@Component
public class EvidenceTable {

    private static final Columns EVIDENCE_COLUMNS =
            Columns.of(EVIDENCE, EVIDENCE.RELATIONSHIP_ID, EVIDENCE.ENTRY_ID, EVIDENCE.STATE);

    private final DSLContext database;
    private final BatchWriter writer;

    EvidenceTable(@ReadDatabase DSLContext database, BatchWriter writer) {
        this.database = database;
        this.writer = writer;
    }

    /**
     * The entries that some events have to be folded with.
     *
     * @param named those that the events are about
     * @param measured indicators whose measurements are needed as well
     */
    private record Needed(Set<EntryId> named, Set<EntryId> measured) {

        static Needed toFold(Collection<RecordedEvent> events) {
            Set<EntryId> named = new LinkedHashSet<>();
            Set<EntryId> measured = new LinkedHashSet<>();
            for (RecordedEvent recorded : events) {
                var event = (RelationshipEvent) recorded.payload();
                named.addAll(event.entriesInvolved());
                if (event instanceof EntryRetracted retracted && retracted.kind() == EntryKind.INDICATOR) {
                    measured.add(retracted.entryId());
                }
            }
            return new Needed(named, measured);
        }
    }

    /** What the entries that these events have to be folded with give so far; nothing for those that gave none yet. */
    Map<RelationshipId, List<EntryEvidence>> load(Map<RelationshipId, List<RecordedEvent>> news) {
        if (writer.isAddingOnly()) {
            return Map.of();
        }
        Map<RelationshipId, Needed> needed = new LinkedHashMap<>();
        news.forEach((relationship, events) -> needed.put(relationship, Needed.toFold(events)));
        Map<RelationshipId, Set<EntryId>> named = new LinkedHashMap<>();
        needed.forEach((relationship, entries) -> named.put(relationship, new LinkedHashSet<>(entries.named)));
        measurements(needed)
                .forEach((relationship, ids) -> named.computeIfAbsent(relationship, _ -> new LinkedHashSet<>())
                        .addAll(ids));
        Row2<String, String>[] ids = rows(named);
        Map<RelationshipId, List<EntryEvidence>> known = new HashMap<>();
        if (ids.length > 0) {
            var id = DSL.values(ids).as("id", "relationship_id", "entry_id");
            database.select(EVIDENCE.RELATIONSHIP_ID, EVIDENCE.STATE)
                    .from(id)
                    .join(EVIDENCE)
                    .on(EVIDENCE.RELATIONSHIP_ID.eq(id.field("relationship_id", String.class)))
                    .and(EVIDENCE.ENTRY_ID.eq(id.field("entry_id", String.class)))
                    .forEach(found -> known.computeIfAbsent(new RelationshipId(found.value1()), _ -> new ArrayList<>())
                            .add(entry(found.value2())));
        }
        return known;
    }

    private Map<RelationshipId, Set<EntryId>> measurements(Map<RelationshipId, Needed> needed) {
        Map<RelationshipId, Set<EntryId>> indicators = new LinkedHashMap<>();
        needed.forEach((relationship, entries) -> indicators.put(relationship, entries.measured));
        Row2<String, String>[] ids = rows(indicators);
        Map<RelationshipId, Set<EntryId>> measurements = new HashMap<>();
        if (ids.length > 0) {
            var id = DSL.values(ids).as("id", "relationship_id", "indicator_id");
            database.select(MEASUREMENT.RELATIONSHIP_ID, MEASUREMENT.MEASUREMENT_ID)
                    .from(id)
                    .join(MEASUREMENT)
                    .on(MEASUREMENT.RELATIONSHIP_ID.eq(id.field("relationship_id", String.class)))
                    .and(MEASUREMENT.INDICATOR_ID.eq(id.field("indicator_id", String.class)))
                    .forEach(found -> measurements
                            .computeIfAbsent(new RelationshipId(found.value1()), _ -> new LinkedHashSet<>())
                            .add(new EntryId(found.value2())));
        }
        return measurements;
    }

    @SuppressWarnings("unchecked") // jOOQ takes rows as an array, of a type that arrays cannot have
    private static Row2<String, String>[] rows(Map<RelationshipId, Set<EntryId>> entries) {
        return entries.entrySet().stream()
                .flatMap(relationship -> relationship.getValue().stream()
                        .map(id -> row(relationship.getKey().value(), id.value())))
                .<Row2<String, String>>toArray(Row2[]::new);
    }

    private static EntryEvidence entry(String state) {
        return Json.read(state, EntryEvidence.class);
    }

    /** What one relationship's entries give that happened since the batch before, and which level it came to and whether it was active. */
    record Changes(
            RelationshipId relationship,
            List<EntryEvidence> evidence,
            List<Step> levels,
            List<Activity.Step> activity) {}

    void save(List<Changes> changes) {
        List<@Nullable Object[]> evidence = new ArrayList<>();
        List<DeclaredLevelRecord> levels = new ArrayList<>();
        List<ActivityRecord> activity = new ArrayList<>();
        for (Changes change : changes) {
            String relationship = change.relationship.value();
            change.evidence.forEach(entry -> evidence.add(
                    EVIDENCE_COLUMNS.row(relationship, entry.entryId().value(), Json.write(entry))));
            change.levels.forEach(step -> levels.add(new DeclaredLevelRecord(
                    relationship,
                    step.position(),
                    step.from().truncatedTo(ChronoUnit.MICROS),
                    step.level().name())));
            change.activity.forEach(step -> activity.add(new ActivityRecord(
                    relationship, step.position(), step.from().truncatedTo(ChronoUnit.MICROS), step.active())));
        }
        writer.merge(EVIDENCE_COLUMNS, evidence);
        writer.merge(levels);
        writer.merge(activity);
    }

    /** All that the entries of a relationship give. */
    public List<EntryEvidence> of(RelationshipId relationship) {
        return of(Set.of(relationship)).getOrDefault(relationship, List.of());
    }

    /** All that the entries of relationships give; nothing for those whose entries give nothing. */
    Map<RelationshipId, List<EntryEvidence>> of(Collection<RelationshipId> relationships) {
        Map<RelationshipId, List<EntryEvidence>> all = new HashMap<>();
        database.select(EVIDENCE.RELATIONSHIP_ID, EVIDENCE.STATE)
                .from(EVIDENCE)
                .where(EVIDENCE.RELATIONSHIP_ID.in(ids(relationships)))
                .forEach(found -> all.computeIfAbsent(new RelationshipId(found.value1()), _ -> new ArrayList<>())
                        .add(entry(found.value2())));
        return all;
    }

    /** The course of the declared level of a relationship. */
    public LevelCourse levelsOf(RelationshipId relationship) {
        return levelsOf(Set.of(relationship)).getOrDefault(relationship, LevelCourse.beginning());
    }

    /** The course of the declared level of relationships. */
    Map<RelationshipId, LevelCourse> levelsOf(Collection<RelationshipId> relationships) {
        return levels(database.select(DECLARED_LEVEL.asterisk())
                .from(DECLARED_LEVEL)
                .where(DECLARED_LEVEL.RELATIONSHIP_ID.in(ids(relationships)))
                .fetchInto(DECLARED_LEVEL));
    }

    /**
     * The course of the declared level of relationships.
     *
     * @param among a condition on relationships and their stakeholders
     */
    public Map<RelationshipId, LevelCourse> levels(Condition among) {
        return levels(database.select(DECLARED_LEVEL.asterisk())
                .from(DECLARED_LEVEL)
                .join(RELATIONSHIP)
                .on(RELATIONSHIP.ID.eq(DECLARED_LEVEL.RELATIONSHIP_ID))
                .join(STAKEHOLDER)
                .on(STAKEHOLDER.ID.eq(RELATIONSHIP.STAKEHOLDER_ID))
                .where(among)
                .fetchInto(DECLARED_LEVEL));
    }

    private static Map<RelationshipId, LevelCourse> levels(List<DeclaredLevelRecord> rows) {
        Map<RelationshipId, List<Step>> steps = new HashMap<>();
        rows.forEach(row -> steps.computeIfAbsent(new RelationshipId(row.getRelationshipId()), _ -> new ArrayList<>())
                .add(new Step(row.getTookEffectAt(), Level.valueOf(row.getLevel()), row.getPosition())));
        Map<RelationshipId, LevelCourse> courses = new HashMap<>();
        steps.forEach((relationship, course) -> courses.put(relationship, new LevelCourse(course)));
        return courses;
    }

    /**
     * When relationships were active.
     *
     * @param among a condition on relationships and their stakeholders
     */
    public Map<RelationshipId, Activity> activity(Condition among) {
        Map<RelationshipId, List<Activity.Step>> steps = new HashMap<>();
        database.select(ACTIVITY.RELATIONSHIP_ID, ACTIVITY.TOOK_EFFECT_AT, ACTIVITY.ACTIVE, ACTIVITY.POSITION)
                .from(ACTIVITY)
                .join(RELATIONSHIP)
                .on(RELATIONSHIP.ID.eq(ACTIVITY.RELATIONSHIP_ID))
                .join(STAKEHOLDER)
                .on(STAKEHOLDER.ID.eq(RELATIONSHIP.STAKEHOLDER_ID))
                .where(among)
                .forEach(found -> steps.computeIfAbsent(new RelationshipId(found.value1()), _ -> new ArrayList<>())
                        .add(new Activity.Step(found.value2(), found.value3(), found.value4())));
        Map<RelationshipId, Activity> activity = new HashMap<>();
        steps.forEach((relationship, course) -> activity.put(relationship, new Activity(course)));
        return activity;
    }

    private static List<String> ids(Collection<RelationshipId> relationships) {
        return relationships.stream().map(RelationshipId::value).toList();
    }
}
