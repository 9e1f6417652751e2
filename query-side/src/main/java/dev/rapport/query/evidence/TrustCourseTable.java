package dev.rapport.query.evidence;

import static dev.rapport.query.jooq.Tables.RELATIONSHIP;
import static dev.rapport.query.jooq.Tables.STAKEHOLDER;
import static dev.rapport.query.jooq.Tables.TRUST_COURSE;
import static org.jooq.impl.DSL.row;

import dev.rapport.events.trust.TrustStep;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.database.BatchWriter;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.jooq.tables.records.TrustCourseRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Row2;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** The steps of trust in relationships, year by year. */
@Component
public class TrustCourseTable {

    private static final int ROWS_AT_A_TIME = 1_000;

    private final DSLContext database;
    private final BatchWriter writer;

    TrustCourseTable(@ReadDatabase DSLContext database, BatchWriter writer) {
        this.database = database;
        this.writer = writer;
    }

    /** A year of a relationship. */
    record Year(RelationshipId relationship, int year) {}

    /** The steps of these years; nothing for those that have none yet. */
    @SuppressWarnings("unchecked") // jOOQ takes rows as an array, of a type that arrays cannot have
    Map<Year, List<TrustStep>> load(Collection<Year> years) {
        Map<Year, List<TrustStep>> steps = new HashMap<>();
        if (!years.isEmpty() && !writer.isAddingOnly()) {
            Row2<String, Integer>[] keys = years.stream()
                    .map(year -> row(year.relationship.value(), year.year))
                    .<Row2<String, Integer>>toArray(Row2[]::new);
            var key = DSL.values(keys).as("wanted", "relationship_id", "of_year");
            database.select(TRUST_COURSE.RELATIONSHIP_ID, TRUST_COURSE.OF_YEAR, TRUST_COURSE.STEPS)
                    .from(key)
                    .join(TRUST_COURSE)
                    .on(TRUST_COURSE.RELATIONSHIP_ID.eq(key.field("relationship_id", String.class)))
                    .and(TRUST_COURSE.OF_YEAR.eq(key.field("of_year", Integer.class)))
                    .forEach(found -> steps.put(
                            new Year(new RelationshipId(found.value1()), found.value2()),
                            CompactSteps.read(found.value3())));
        }
        return steps;
    }

    /** Writes years as they are now; those without any step have no row. */
    void save(Map<Year, List<TrustStep>> years) {
        List<TrustCourseRecord> filled = new ArrayList<>();
        List<TrustCourseRecord> emptied = new ArrayList<>();
        years.forEach((year, steps) -> (steps.isEmpty() ? emptied : filled)
                .add(new TrustCourseRecord(year.relationship.value(), year.year, CompactSteps.write(steps))));
        writer.merge(filled);
        if (!emptied.isEmpty() && !writer.isAddingOnly()) {
            database.batchDelete(emptied).execute();
        }
    }

    /**
     * Hands over the steps of each relationship among some that has any, all of its years at once, without ever holding those of many. To be called
     * in a transaction, in which alone a driver does not read all rows before the first is looked at.
     *
     * @param among a condition on relationships and their stakeholders
     */
    public void forEach(Condition among, BiConsumer<RelationshipId, List<TrustStep>> reader) {
        List<TrustStep> steps = new ArrayList<>();
        RelationshipId reading = null;
        try (var rows = database.select(TRUST_COURSE.RELATIONSHIP_ID, TRUST_COURSE.STEPS)
                .from(TRUST_COURSE)
                .join(RELATIONSHIP)
                .on(RELATIONSHIP.ID.eq(TRUST_COURSE.RELATIONSHIP_ID))
                .join(STAKEHOLDER)
                .on(STAKEHOLDER.ID.eq(RELATIONSHIP.STAKEHOLDER_ID))
                .where(among)
                .orderBy(TRUST_COURSE.RELATIONSHIP_ID, TRUST_COURSE.OF_YEAR)
                .fetchSize(ROWS_AT_A_TIME)
                .fetchLazy()) {
            for (var found : rows) {
                var relationship = new RelationshipId(found.value1());
                if (reading != null && !relationship.equals(reading)) {
                    reader.accept(reading, List.copyOf(steps));
                    steps.clear();
                }
                reading = relationship;
                steps.addAll(CompactSteps.read(found.value2()));
            }
        }
        if (reading != null) {
            reader.accept(reading, List.copyOf(steps));
        }
    }
}
