package dev.rapport.query.reports;

import static dev.rapport.query.jooq.Tables.ENTRY;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;

import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.entry.Entry;
import dev.rapport.query.entry.EntryTable;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Component;

/** Who depends on whom, by the assessments that the read database keeps. */
@Component
class DependenceTable {

    private static final Field<Integer> RANK = field(name("rank_in_relationship"), Integer.class);

    private final DSLContext database;

    DependenceTable(@ReadDatabase DSLContext database) {
        this.database = database;
    }

    /** The latest assessment of each relationship that counts; nothing of those that were never assessed. */
    Map<RelationshipId, Entry> latest(Collection<RelationshipId> relationships) {
        var assessment = select(
                        ENTRY.STATE,
                        rowNumber()
                                .over()
                                .partitionBy(ENTRY.RELATIONSHIP_ID)
                                .orderBy(ENTRY.OCCURRED_AT.desc(), ENTRY.POSITION.desc())
                                .as(RANK))
                .from(ENTRY)
                .where(ENTRY.RELATIONSHIP_ID.in(
                        relationships.stream().map(RelationshipId::value).toList()))
                .and(ENTRY.KIND.eq(EntryKind.DEPENDENCY_ASSESSMENT.name()))
                .and(ENTRY.RETRACTED.isFalse())
                .asTable("assessment");
        return database
                .select(assessment.field(ENTRY.STATE))
                .from(assessment)
                .where(RANK.eq(1))
                .fetch(row -> EntryTable.entry(row.value1()))
                .stream()
                .collect(Collectors.toMap(Entry::relationshipId, Function.identity()));
    }
}
