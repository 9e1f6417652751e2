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
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.database.Json;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.entry.EntryContent.Commitment;
import dev.rapport.query.http.Ids;
import dev.rapport.query.jooq.tables.records.CommitmentRecord;
import dev.rapport.query.jooq.tables.records.EntryRecord;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Row2;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** The entries of relationships, as the read database keeps them; commitments have a row of their own beside, to be found by. */
@Component
public class EntryTable {

    private static final Field<Integer> RANK = field(name("rank_in_relationship"), Integer.class);

    private final DSLContext database;

    EntryTable(@ReadDatabase DSLContext database) {
        this.database = database;
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
        database.batchMerge(entries.stream().map(EntryTable::entryRow).toList()).execute();
        Map<Boolean, List<CommitmentRecord>> commitments = entries.stream()
                .filter(entry -> entry.content() instanceof Commitment)
                .collect(Collectors.partitioningBy(
                        Entry::retracted, Collectors.mapping(EntryTable::commitmentRow, Collectors.toList())));
        save(commitments.getOrDefault(false, List.of()), commitments.getOrDefault(true, List.of()));
    }

    private void save(List<CommitmentRecord> listed, List<CommitmentRecord> retracted) {
        if (!listed.isEmpty()) {
            database.batchMerge(listed).execute();
        }
        if (!retracted.isEmpty()) {
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

    private static CommitmentRecord commitmentRow(Entry entry) {
        var commitment = (Commitment) entry.content();
        var row = new CommitmentRecord();
        row.setRelationshipId(entry.relationshipId().value());
        row.setCommitmentId(entry.id().value());
        row.setPosition(entry.position());
        row.setMadeBy(commitment.madeBy().name());
        row.setState(commitment.state().name());
        row.setOverdue(commitment.overdue());
        row.setDueOn(commitment.dueOn());
        return row;
    }
}
