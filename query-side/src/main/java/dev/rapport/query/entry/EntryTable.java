package dev.rapport.query.entry;

import static dev.rapport.query.jooq.Tables.COMMITMENT;
import static dev.rapport.query.jooq.Tables.DISCLOSURE;
import static dev.rapport.query.jooq.Tables.ENTRY;
import static dev.rapport.query.jooq.Tables.INDICATOR;
import static dev.rapport.query.jooq.Tables.MEASUREMENT;
import static dev.rapport.query.jooq.Tables.OBJECTIVE;
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
import dev.rapport.query.database.Columns;
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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Row2;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The entries of relationships, as the read database keeps them; some kinds have a row of their own beside, to be found or summed up by. */
@Component
public class EntryTable {

    private static final Field<Integer> RANK = field(name("rank_in_relationship"), Integer.class);

    private static final Columns COLUMNS = Columns.of(
            ENTRY,
            ENTRY.RELATIONSHIP_ID,
            ENTRY.ENTRY_ID,
            ENTRY.KIND,
            ENTRY.POSITION,
            ENTRY.OCCURRED_AT,
            ENTRY.RETRACTED,
            ENTRY.STATE);
    private static final Columns COMMITMENT_COLUMNS = Columns.of(
            COMMITMENT,
            COMMITMENT.RELATIONSHIP_ID,
            COMMITMENT.COMMITMENT_ID,
            COMMITMENT.POSITION,
            COMMITMENT.MADE_BY,
            COMMITMENT.STATE,
            COMMITMENT.OVERDUE,
            COMMITMENT.DUE_ON,
            COMMITMENT.LATE);
    private static final Columns DISCLOSURE_COLUMNS = Columns.of(
            DISCLOSURE, DISCLOSURE.RELATIONSHIP_ID, DISCLOSURE.DISCLOSURE_ID, DISCLOSURE.KIND, DISCLOSURE.OCCURRED_AT);
    private static final Columns OBJECTIVE_COLUMNS = Columns.of(
            OBJECTIVE, OBJECTIVE.RELATIONSHIP_ID, OBJECTIVE.OBJECTIVE_ID, OBJECTIVE.HELD_BY, OBJECTIVE.HELD_UNTIL);
    private static final Columns INDICATOR_COLUMNS = Columns.of(
            INDICATOR,
            INDICATOR.RELATIONSHIP_ID,
            INDICATOR.INDICATOR_ID,
            INDICATOR.POSITION,
            INDICATOR.OWNER_RANK,
            INDICATOR.LEVEL);
    private static final Columns MEASUREMENT_COLUMNS = Columns.of(
            MEASUREMENT,
            MEASUREMENT.RELATIONSHIP_ID,
            MEASUREMENT.MEASUREMENT_ID,
            MEASUREMENT.INDICATOR_ID,
            MEASUREMENT.POSITION,
            MEASUREMENT.MEASURED_ON,
            MEASUREMENT.MEETS_TARGET);

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
        writer.merge(COLUMNS, entries.stream().map(EntryTable::entryRow).toList());
        Map<Columns, List<@Nullable Object[]>> listed = new LinkedHashMap<>();
        List<Entry> retracted = new ArrayList<>();
        for (Entry entry : entries) {
            Columns columns = columnsOfItsKind(entry);
            if (columns != null && entry.retracted()) {
                retracted.add(entry);
            } else if (columns != null) {
                listed.computeIfAbsent(columns, _ -> new ArrayList<>()).add(rowOfItsKind(entry));
            }
        }
        listed.forEach(writer::merge);
        if (!writer.isAddingOnly() && !retracted.isEmpty()) {
            delete(retracted);
        }
    }

    /** What is listed of their kinds. */
    private void delete(List<Entry> retracted) {
        database.batch(retracted.stream().map(this::deletion).toList()).execute();
    }

    private Query deletion(Entry entry) {
        Columns columns = Objects.requireNonNull(columnsOfItsKind(entry));
        return database.deleteFrom(columns.table())
                .where(columns.text(0).eq(entry.relationshipId().value()))
                .and(columns.text(1).eq(entry.id().value()));
    }

    private static @Nullable Object[] entryRow(Entry entry) {
        return COLUMNS.row(
                entry.relationshipId().value(),
                entry.id().value(),
                entry.kind().name(),
                entry.position(),
                entry.occurredAt().truncatedTo(ChronoUnit.MICROS),
                entry.retracted(),
                Json.write(entry));
    }

    /** Where an entry of its kind is found or summed up; null when that is asked of none of them. */
    private static @Nullable Columns columnsOfItsKind(Entry entry) {
        return switch (entry.kind()) {
            case COMMITMENT -> COMMITMENT_COLUMNS;
            case DISCLOSURE -> DISCLOSURE_COLUMNS;
            case OBJECTIVE -> OBJECTIVE_COLUMNS;
            case INDICATOR -> INDICATOR_COLUMNS;
            case MEASUREMENT -> MEASUREMENT_COLUMNS;
            case INTERACTION, EXPECTATION, CONTRIBUTION, CONCERN -> null;
            case ALIGNMENT_ASSESSMENT, VALUES_ASSESSMENT, DEPENDENCY_ASSESSMENT -> null;
        };
    }

    private static @Nullable Object[] rowOfItsKind(Entry entry) {
        String relationship = entry.relationshipId().value();
        String id = entry.id().value();
        return switch (entry.content()) {
            case Commitment commitment ->
                COMMITMENT_COLUMNS.row(
                        relationship,
                        id,
                        entry.position(),
                        commitment.madeBy().name(),
                        commitment.state().name(),
                        commitment.overdue(),
                        commitment.dueOn(),
                        commitment.late());
            case Disclosure disclosure ->
                DISCLOSURE_COLUMNS.row(
                        relationship,
                        id,
                        disclosure.disclosed().name(),
                        entry.occurredAt().truncatedTo(ChronoUnit.MICROS));
            case Objective objective ->
                OBJECTIVE_COLUMNS.row(
                        relationship,
                        id,
                        objective.heldBy().name(),
                        objective.heldUntil().truncatedTo(ChronoUnit.MICROS));
            case Indicator indicator ->
                INDICATOR_COLUMNS.row(
                        relationship,
                        id,
                        entry.position(),
                        rank(indicator.owner()),
                        indicator.level().name());
            case Measurement measurement ->
                MEASUREMENT_COLUMNS.row(
                        relationship,
                        id,
                        measurement.indicatorId().value(),
                        entry.position(),
                        measurement.measuredOn(),
                        measurement.meetsTarget());
            case Interaction _, Expectation _, Contribution _, Concern _ -> throw notListed(entry);
            case AlignmentAssessment _, ValuesAssessment _, DependencyAssessment _ -> throw notListed(entry);
        };
    }

    private static IllegalArgumentException notListed(Entry entry) {
        return new IllegalArgumentException("entries of kind " + entry.kind() + " have no row of their own");
    }

    /** Where a party stands in a list that is sorted by parties. */
    public static short rank(Party party) {
        return switch (party) {
            case US -> 1;
            case THEM -> 2;
        };
    }
}
