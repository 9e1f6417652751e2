package dev.rapport.query.indicator;

import static dev.rapport.query.jooq.Tables.ENTRY;
import static dev.rapport.query.jooq.Tables.INDICATOR;
import static dev.rapport.query.jooq.Tables.MEASUREMENT;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.database.Keyset;
import dev.rapport.query.database.Keyset.Part;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.entry.Entry;
import dev.rapport.query.entry.EntryContent.Indicator;
import dev.rapport.query.entry.EntryTable;
import dev.rapport.query.http.Listed;
import dev.rapport.query.indicator.IndicatorController.Wanted;
import dev.rapport.query.indicator.MeasuredIndicator.Measurements;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Component;

/** The indicators that still count, with what was measured of them, as the read database keeps them. */
@Component
class IndicatorTable {

    private static final Keyset<Short, Long> BY_OWNER =
            Keyset.ascending(Part.rank(INDICATOR.OWNER_RANK), Part.number(INDICATOR.POSITION));

    private static final Field<Integer> RANK = field(name("rank_in_indicator"), Integer.class);
    private static final Field<Integer> COUNT = field(name("measurements"), Integer.class);
    private static final Field<Integer> MET = field(name("measurements_met"), Integer.class);

    private final DSLContext database;

    IndicatorTable(@ReadDatabase DSLContext database) {
        this.database = database;
    }

    List<Listed<MeasuredIndicator>> list(RelationshipId relationship, Wanted wanted) {
        List<Listed<Entry>> indicators = database.select(INDICATOR.OWNER_RANK, INDICATOR.POSITION, ENTRY.STATE)
                .from(INDICATOR)
                .join(ENTRY)
                .on(ENTRY.RELATIONSHIP_ID.eq(INDICATOR.RELATIONSHIP_ID))
                .and(ENTRY.ENTRY_ID.eq(INDICATOR.INDICATOR_ID))
                .where(INDICATOR.RELATIONSHIP_ID.eq(relationship.value()))
                .and(matching(wanted))
                .and(BY_OWNER.after(wanted.page()))
                .orderBy(BY_OWNER.order())
                .limit(wanted.page().rowsToRead())
                .fetch(row -> BY_OWNER.listed(row, EntryTable.entry(row.get(ENTRY.STATE))));
        Map<EntryId, Measurements> measurements = measurements(
                relationship,
                indicators.stream().map(listed -> listed.item().id()).toList());
        return indicators.stream()
                .map(listed -> new Listed<>(measured(listed.item(), measurements), listed.cursor()))
                .toList();
    }

    private static Condition matching(Wanted wanted) {
        Condition condition = noCondition();
        if (wanted.owner() != null) {
            condition = condition.and(INDICATOR.OWNER_RANK.eq(EntryTable.rank(wanted.owner())));
        }
        if (wanted.level() != null) {
            condition = condition.and(INDICATOR.LEVEL.eq(wanted.level().name()));
        }
        return condition;
    }

    private static MeasuredIndicator measured(Entry indicator, Map<EntryId, Measurements> measurements) {
        return new MeasuredIndicator(
                indicator,
                (Indicator) indicator.content(),
                measurements.getOrDefault(indicator.id(), Measurements.NONE));
    }

    /** By indicator; nothing of one that was never measured. */
    private Map<EntryId, Measurements> measurements(RelationshipId relationship, List<EntryId> indicators) {
        if (indicators.isEmpty()) {
            return Map.of();
        }
        var ofIndicator = select(
                        MEASUREMENT.RELATIONSHIP_ID,
                        MEASUREMENT.INDICATOR_ID,
                        MEASUREMENT.MEASUREMENT_ID,
                        rowNumber()
                                .over()
                                .partitionBy(MEASUREMENT.INDICATOR_ID)
                                .orderBy(MEASUREMENT.MEASURED_ON.desc(), MEASUREMENT.POSITION.desc())
                                .as(RANK),
                        count().over().partitionBy(MEASUREMENT.INDICATOR_ID).as(COUNT),
                        count(when(MEASUREMENT.MEETS_TARGET, 1))
                                .over()
                                .partitionBy(MEASUREMENT.INDICATOR_ID)
                                .as(MET))
                .from(MEASUREMENT)
                .where(MEASUREMENT.RELATIONSHIP_ID.eq(relationship.value()))
                .and(MEASUREMENT.INDICATOR_ID.in(
                        indicators.stream().map(EntryId::value).toList()))
                .asTable("of_indicator");
        return database
                .select(ofIndicator.field(MEASUREMENT.INDICATOR_ID), COUNT, MET, ENTRY.STATE)
                .from(ofIndicator)
                .join(ENTRY)
                .on(ENTRY.RELATIONSHIP_ID.eq(ofIndicator.field(MEASUREMENT.RELATIONSHIP_ID)))
                .and(ENTRY.ENTRY_ID.eq(ofIndicator.field(MEASUREMENT.MEASUREMENT_ID)))
                .where(RANK.eq(1))
                .fetch()
                .stream()
                .collect(Collectors.toMap(
                        row -> new EntryId(row.value1()),
                        row -> new Measurements(EntryTable.entry(row.value4()), row.value2(), row.value3())));
    }
}
