package dev.rapport.query.practice;

import static dev.rapport.query.jooq.Tables.DISCLOSURE;
import static dev.rapport.query.jooq.Tables.INDICATOR;
import static dev.rapport.query.jooq.Tables.MEASUREMENT;
import static dev.rapport.query.jooq.Tables.OBJECTIVE;
import static dev.rapport.query.jooq.Tables.RELATIONSHIP;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.trueCondition;
import static org.jooq.impl.DSL.when;

import dev.rapport.events.vocabulary.DisclosureKind;
import dev.rapport.events.vocabulary.Holder;
import dev.rapport.events.vocabulary.Level;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.database.Json;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.jooq.tables.records.RelationshipRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record3;
import org.jooq.ResultQuery;
import org.springframework.stereotype.Component;

/** How relationships are practised, as their rows keep it beside what their events say. */
@Component
public class PracticeTable {

    private final DSLContext database;

    PracticeTable(@ReadDatabase DSLContext database) {
        this.database = database;
    }

    public static Practice practice(String practice) {
        return Json.read(practice, Practice.class);
    }

    /**
     * Derives the practice of relationships anew from all that their entries are evidence of, whatever changed: news may be late, and what
     * was the latest may have been corrected or retracted.
     */
    public void derive(Collection<RelationshipId> relationships) {
        if (relationships.isEmpty()) {
            return;
        }
        List<String> ids = relationships.stream().map(RelationshipId::value).toList();
        var exchanged = latest(
                database.select(DISCLOSURE.RELATIONSHIP_ID, DISCLOSURE.KIND, max(DISCLOSURE.OCCURRED_AT))
                        .from(DISCLOSURE)
                        .where(DISCLOSURE.RELATIONSHIP_ID.in(ids))
                        .groupBy(DISCLOSURE.RELATIONSHIP_ID, DISCLOSURE.KIND),
                DisclosureKind.class);
        var measured = latest(
                database.select(MEASUREMENT.RELATIONSHIP_ID, INDICATOR.LEVEL, max(MEASUREMENT.MEASURED_ON))
                        .from(MEASUREMENT)
                        .join(INDICATOR)
                        .on(INDICATOR.RELATIONSHIP_ID.eq(MEASUREMENT.RELATIONSHIP_ID))
                        .and(INDICATOR.INDICATOR_ID.eq(MEASUREMENT.INDICATOR_ID))
                        .where(MEASUREMENT.RELATIONSHIP_ID.in(ids))
                        .groupBy(MEASUREMENT.RELATIONSHIP_ID, INDICATOR.LEVEL),
                Level.class);
        var held = latest(
                database.select(OBJECTIVE.RELATIONSHIP_ID, OBJECTIVE.HELD_BY, max(OBJECTIVE.HELD_UNTIL))
                        .from(OBJECTIVE)
                        .where(OBJECTIVE.RELATIONSHIP_ID.in(ids))
                        .groupBy(OBJECTIVE.RELATIONSHIP_ID, OBJECTIVE.HELD_BY),
                Holder.class);
        database.batchUpdate(ids.stream()
                        .map(id -> row(
                                id,
                                new Practice(
                                        exchanged.getOrDefault(id, Map.of()),
                                        measured.getOrDefault(id, Map.of()),
                                        held.getOrDefault(id, Map.of()))))
                        .toList())
                .execute();
    }

    private static <E extends Enum<E>, T> Map<String, Map<E, T>> latest(
            ResultQuery<Record3<String, String, T>> grouped, Class<E> type) {
        Map<String, Map<E, T>> latest = new HashMap<>();
        grouped.forEach(row -> latest.computeIfAbsent(row.value1(), _ -> new HashMap<>())
                .put(Enum.valueOf(type, row.value2()), row.value3()));
        return latest;
    }

    private static RelationshipRecord row(String id, Practice practice) {
        var row = new RelationshipRecord();
        row.setId(id);
        set(row, practice);
        return row;
    }

    /** Sets what a relationship's row keeps of its practice. */
    public static void set(RelationshipRecord row, Practice practice) {
        row.setPractice(Json.write(practice));
        row.setExchangedAddedValueAt(practice.lastExchanged(Level.ADDED_VALUE));
        row.setExchangedJointValueAt(practice.lastExchanged(Level.JOINT_VALUE));
        row.setMeasuredAddedValueOn(practice.lastMeasured(Level.ADDED_VALUE));
        row.setMeasuredJointValueOn(practice.lastMeasured(Level.JOINT_VALUE));
        row.setHeldAddedValueUntil(practice.lastHeld(Level.ADDED_VALUE));
        row.setHeldJointValueUntil(practice.lastHeld(Level.JOINT_VALUE));
    }

    /** Whether a relationship is practised at a level, or a deeper one, by the evidence of a window: as {@link Practice#in} tells it. */
    public static Condition practises(Level level, PracticeWindow window) {
        if (level == Level.TRANSACTIONAL) {
            return trueCondition();
        }
        boolean joint = level == Level.JOINT_VALUE;
        Field<Instant> exchanged =
                joint ? RELATIONSHIP.EXCHANGED_JOINT_VALUE_AT : RELATIONSHIP.EXCHANGED_ADDED_VALUE_AT;
        Field<LocalDate> measured = joint ? RELATIONSHIP.MEASURED_JOINT_VALUE_ON : RELATIONSHIP.MEASURED_ADDED_VALUE_ON;
        Field<Instant> held = joint ? RELATIONSHIP.HELD_JOINT_VALUE_UNTIL : RELATIONSHIP.HELD_ADDED_VALUE_UNTIL;
        return oneIf(exchanged.ge(window.since()))
                .plus(oneIf(measured.ge(window.firstDay())))
                .plus(oneIf(held.ge(window.since())))
                .ge(window.policy().kindsNeeded());
    }

    private static Field<Integer> oneIf(Condition seen) {
        return when(seen, inline(1)).otherwise(inline(0));
    }
}
