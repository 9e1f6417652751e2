package dev.rapport.query.entry;

import static dev.rapport.query.jooq.Tables.COMMITMENT;
import static dev.rapport.query.jooq.Tables.ENTRY;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.partitionBy;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;

import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.database.BatchWriter;
import dev.rapport.query.database.Json;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.entry.EntryContent.AlignmentAssessment;
import dev.rapport.query.entry.EntryContent.Commitment;
import dev.rapport.query.entry.EntryContent.Concern;
import dev.rapport.query.entry.EntryContent.Contribution;
import dev.rapport.query.entry.EntryContent.DependencyAssessment;
import dev.rapport.query.entry.EntryContent.Disclosure;
import dev.rapport.query.entry.EntryContent.Expectation;
import dev.rapport.query.entry.EntryContent.Indicator;
import dev.rapport.query.entry.EntryContent.Interaction;
import dev.rapport.query.entry.EntryContent.Measurement;
import dev.rapport.query.entry.EntryContent.Objective;
import dev.rapport.query.entry.EntryContent.ValuesAssessment;
import dev.rapport.query.http.Ids;
import dev.rapport.query.jooq.tables.records.CommitmentRecord;
import dev.rapport.query.jooq.tables.records.DisclosureRecord;
import dev.rapport.query.jooq.tables.records.EntryRecord;
import dev.rapport.query.jooq.tables.records.IndicatorRecord;
import dev.rapport.query.jooq.tables.records.MeasurementRecord;
import dev.rapport.query.jooq.tables.records.ObjectiveRecord;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Row2;
import org.jooq.UpdatableRecord;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The entries of relationships, as the read database keeps them; some kinds have a row of their own beside, to be found or summed up by. */
@Component
public class EntryTable {

    private static final Field<Integer> RANK = field(name("rank_in_relationship"), Integer.class);

    private final DSLContext database;
    private final BatchWriter writer;

    EntryTable(@ReadDatabase DSLContext database, BatchWriter writer) {
        this.database = database;
        this.writer = writer;
    }

    public static Entry entry(String state) {
        return Json.read(state, Entry.class);
    }

    public Optional<Entry> find(RelationshipId relationship, String id) {
        return Ids.of(id)
                .flatMap(known -> database.select(ENTRY.STATE)
                        .from(ENTRY)
                        .where(ENTRY.RELATIONSHIP_ID.eq(relationship.value()))
                        .and(ENTRY.ENTRY_ID.eq(known))
                        .fetchOptional(row -> entry(row.value1())));
    }

    /** Those of the named entries of a relationship that exist. */
    public List<Entry> load(RelationshipId relationship, Set<EntryId> named) {
        return named(Map.of(relationship, new NeededEntries(named, 0, 0)));
    }

    /** What folding events of these relationships needs; nothing of relationships that are new. */
    public Map<RelationshipId, List<Entry>> load(Map<RelationshipId, NeededEntries> needed) {
        Map<RelationshipId, List<Entry>> entries = new HashMap<>();
        if (writer.isAddingOnly()) {
            return entries;
        }
        Stream.of(named(needed), dueFirst(needed), latestInteractions(needed))
                .flatMap(List::stream)
                .distinct()
                .forEach(entry -> entries.computeIfAbsent(entry.relationshipId(), _ -> new ArrayList<>())
                        .add(entry));
        return entries;
    }

    @SuppressWarnings("unchecked") // jOOQ takes rows as an array, of a type that arrays cannot have
    private List<Entry> named(Map<RelationshipId, NeededEntries> needed) {
        Row2<String, String>[] ids = needed.entrySet().stream()
                .flatMap(relationship -> relationship.getValue().named().stream()
                        .map(id -> row(relationship.getKey().value(), id.value())))
                .<Row2<String, String>>toArray(Row2[]::new);
        if (ids.length == 0) {
            return List.of();
        }
        var id = DSL.values(ids).as("id", "relationship_id", "entry_id");
        return database.select(ENTRY.STATE)
                .from(id)
                .join(ENTRY)
                .on(ENTRY.RELATIONSHIP_ID.eq(id.field("relationship_id", String.class)))
                .and(ENTRY.ENTRY_ID.eq(id.field("entry_id", String.class)))
                .fetch(row -> entry(row.value1()));
    }

    private List<Entry> dueFirst(Map<RelationshipId, NeededEntries> needed) {
        List<String> relationships = relationships(needed, NeededEntries::dueFirst);
        if (relationships.isEmpty()) {
            return List.of();
        }
        var open = select(
                        COMMITMENT.RELATIONSHIP_ID,
                        COMMITMENT.COMMITMENT_ID,
                        rowNumber()
                                .over(partitionBy(COMMITMENT.RELATIONSHIP_ID)
                                        .orderBy(COMMITMENT.DUE_ON, COMMITMENT.POSITION))
                                .as(RANK))
                .from(COMMITMENT)
                .where(COMMITMENT.RELATIONSHIP_ID.in(relationships))
                .and(COMMITMENT.STATE.eq(Commitment.State.OPEN.name()))
                .asTable("open_commitment");
        return database.select(ENTRY.STATE)
                .from(open)
                .join(ENTRY)
                .on(ENTRY.RELATIONSHIP_ID.eq(open.field(COMMITMENT.RELATIONSHIP_ID)))
                .and(ENTRY.ENTRY_ID.eq(open.field(COMMITMENT.COMMITMENT_ID)))
                .where(RANK.le(most(needed, NeededEntries::dueFirst)))
                .fetch(row -> entry(row.value1()));
    }

    private List<Entry> latestInteractions(Map<RelationshipId, NeededEntries> needed) {
        List<String> relationships = relationships(needed, NeededEntries::latest);
        if (relationships.isEmpty()) {
            return List.of();
        }
        var interaction = select(
                        ENTRY.STATE,
                        rowNumber()
                                .over(partitionBy(ENTRY.RELATIONSHIP_ID).orderBy(ENTRY.OCCURRED_AT.desc()))
                                .as(RANK))
                .from(ENTRY)
                .where(ENTRY.RELATIONSHIP_ID.in(relationships))
                .and(ENTRY.KIND.eq(EntryKind.INTERACTION.name()))
                .and(ENTRY.RETRACTED.isFalse())
                .asTable("interaction");
        return database.select(interaction.field(ENTRY.STATE))
                .from(interaction)
                .where(RANK.le(most(needed, NeededEntries::latest)))
                .fetch(row -> entry(row.value1()));
    }

    private static List<String> relationships(
            Map<RelationshipId, NeededEntries> needed, ToIntFunction<NeededEntries> count) {
        return needed.entrySet().stream()
                .filter(relationship -> count.applyAsInt(relationship.getValue()) > 0)
                .map(relationship -> relationship.getKey().value())
                .toList();
    }

    private static int most(Map<RelationshipId, NeededEntries> needed, ToIntFunction<NeededEntries> count) {
        return needed.values().stream().mapToInt(count).max().orElse(0);
    }

    public void save(Collection<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        writer.merge(entries.stream().map(EntryTable::entryRow).toList());
        List<UpdatableRecord<?>> listed = new ArrayList<>();
        List<UpdatableRecord<?>> retracted = new ArrayList<>();
        for (Entry entry : entries) {
            UpdatableRecord<?> row = rowOfItsKind(entry);
            if (row != null) {
                (entry.retracted() ? retracted : listed).add(row);
            }
        }
        writer.merge(listed);
        if (!writer.isAddingOnly()) {
            database.batchDelete(retracted).execute();
        }
    }

    private static EntryRecord entryRow(Entry entry) {
        var row = new EntryRecord();
        row.setRelationshipId(entry.relationshipId().value());
        row.setEntryId(entry.id().value());
        row.setKind(entry.kind().name());
        row.setPosition(entry.position());
        row.setOccurredAt(entry.occurredAt().truncatedTo(ChronoUnit.MICROS));
        row.setRetracted(entry.retracted());
        row.setState(Json.write(entry));
        return row;
    }

    /** What an entry of its kind is found or summed up by; null when that is asked of none of them. */
    private static @Nullable UpdatableRecord<?> rowOfItsKind(Entry entry) {
        return switch (entry.content()) {
            case Commitment commitment -> rowOf(entry, commitment);
            case Disclosure disclosure -> rowOf(entry, disclosure);
            case Objective objective -> rowOf(entry, objective);
            case Indicator indicator -> rowOf(entry, indicator);
            case Measurement measurement -> rowOf(entry, measurement);
            case Interaction _, Expectation _, Contribution _, Concern _ -> null;
            case AlignmentAssessment _, ValuesAssessment _, DependencyAssessment _ -> null;
        };
    }

    private static CommitmentRecord rowOf(Entry entry, Commitment commitment) {
        var row = new CommitmentRecord();
        row.setRelationshipId(entry.relationshipId().value());
        row.setCommitmentId(entry.id().value());
        row.setPosition(entry.position());
        row.setMadeBy(commitment.madeBy().name());
        row.setState(commitment.state().name());
        row.setOverdue(commitment.overdue());
        row.setDueOn(commitment.dueOn());
        row.setLate(commitment.late());
        return row;
    }

    private static DisclosureRecord rowOf(Entry entry, Disclosure disclosure) {
        var row = new DisclosureRecord();
        row.setRelationshipId(entry.relationshipId().value());
        row.setDisclosureId(entry.id().value());
        row.setKind(disclosure.disclosed().name());
        row.setOccurredAt(entry.occurredAt().truncatedTo(ChronoUnit.MICROS));
        return row;
    }

    private static ObjectiveRecord rowOf(Entry entry, Objective objective) {
        var row = new ObjectiveRecord();
        row.setRelationshipId(entry.relationshipId().value());
        row.setObjectiveId(entry.id().value());
        row.setHeldBy(objective.heldBy().name());
        row.setHeldUntil(objective.heldUntil().truncatedTo(ChronoUnit.MICROS));
        return row;
    }

    private static IndicatorRecord rowOf(Entry entry, Indicator indicator) {
        var row = new IndicatorRecord();
        row.setRelationshipId(entry.relationshipId().value());
        row.setIndicatorId(entry.id().value());
        row.setPosition(entry.position());
        row.setOwnerRank(rank(indicator.owner()));
        row.setLevel(indicator.level().name());
        return row;
    }

    /** Where a party stands in a list that is sorted by parties. */
    public static short rank(Party party) {
        return switch (party) {
            case US -> 1;
            case THEM -> 2;
        };
    }

    private static MeasurementRecord rowOf(Entry entry, Measurement measurement) {
        var row = new MeasurementRecord();
        row.setRelationshipId(entry.relationshipId().value());
        row.setMeasurementId(entry.id().value());
        row.setIndicatorId(measurement.indicatorId().value());
        row.setPosition(entry.position());
        row.setMeasuredOn(measurement.measuredOn());
        row.setMeetsTarget(measurement.meetsTarget());
        return row;
    }
}
