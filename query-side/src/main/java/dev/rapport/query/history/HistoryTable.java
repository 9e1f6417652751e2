package dev.rapport.query.history;

import static dev.rapport.query.jooq.Tables.HISTORY;
import static org.jooq.impl.DSL.noCondition;

import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.database.BatchWriter;
import dev.rapport.query.database.Columns;
import dev.rapport.query.database.Json;
import dev.rapport.query.database.Keyset;
import dev.rapport.query.database.Keyset.Part;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.history.HistoryController.Wanted;
import dev.rapport.query.http.Listed;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The history of relationships, as the read database keeps it: a row an event, written once unless something of it was erased. */
@Component
public class HistoryTable {

    private static final Keyset<Long, Long> NEWEST_FIRST = Keyset.ascending(
                    Part.number(HISTORY.VERSION), Part.number(HISTORY.POSITION))
            .reversed();

    private static final Columns COLUMNS = Columns.of(
            HISTORY,
            HISTORY.RELATIONSHIP_ID,
            HISTORY.VERSION,
            HISTORY.POSITION,
            HISTORY.EVENT_ID,
            HISTORY.TYPE,
            HISTORY.OCCURRED_AT,
            HISTORY.STATE);

    private final DSLContext database;
    private final BatchWriter writer;

    HistoryTable(@ReadDatabase DSLContext database, BatchWriter writer) {
        this.database = database;
        this.writer = writer;
    }

    public void append(Collection<NewHistoryItem> items) {
        writer.insert(COLUMNS, items.stream().map(HistoryTable::row).toList());
    }

    /** Forgets all of a relationship, so that it can be told anew. */
    public void forget(RelationshipId relationship) {
        database.deleteFrom(HISTORY)
                .where(HISTORY.RELATIONSHIP_ID.eq(relationship.value()))
                .execute();
    }

    private static @Nullable Object[] row(NewHistoryItem item) {
        return COLUMNS.row(
                item.relationshipId().value(),
                item.version(),
                item.position(),
                item.eventId(),
                item.type(),
                item.occurredAt().truncatedTo(ChronoUnit.MICROS),
                Json.write(item));
    }

    /** The newest record first. */
    List<Listed<HistoryItem>> list(RelationshipId relationship, Wanted wanted) {
        return database.selectFrom(HISTORY)
                .where(HISTORY.RELATIONSHIP_ID.eq(relationship.value()))
                .and(matching(wanted))
                .and(NEWEST_FIRST.after(wanted.page()))
                .orderBy(NEWEST_FIRST.order())
                .limit(wanted.page().rowsToRead())
                .fetch(row -> NEWEST_FIRST.listed(row, Json.read(row.getState(), HistoryItem.class)));
    }

    /** Some events of a relationship, by their positions. */
    public Map<Long, EventReference> events(RelationshipId relationship, Collection<Long> positions) {
        return database.select(HISTORY.POSITION, HISTORY.VERSION, HISTORY.EVENT_ID, HISTORY.TYPE)
                .from(HISTORY)
                .where(HISTORY.POSITION.in(positions))
                .and(HISTORY.RELATIONSHIP_ID.eq(relationship.value()))
                .fetchMap(
                        HISTORY.POSITION,
                        row -> new EventReference(row.value1(), row.value2(), row.value3(), row.value4()));
    }

    private static Condition matching(Wanted wanted) {
        Condition condition = noCondition();
        if (!wanted.type().isEmpty()) {
            condition = condition.and(HISTORY.TYPE.in(wanted.type()));
        }
        if (wanted.from() != null) {
            condition = condition.and(HISTORY.OCCURRED_AT.ge(wanted.from()));
        }
        if (wanted.to() != null) {
            condition = condition.and(HISTORY.OCCURRED_AT.lt(wanted.to()));
        }
        return condition;
    }
}
