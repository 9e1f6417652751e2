package dev.rapport.query.commitment;

import static dev.rapport.query.jooq.Tables.COMMITMENT;
import static dev.rapport.query.jooq.Tables.ENTRY;
import static dev.rapport.query.jooq.Tables.RELATIONSHIP;
import static org.jooq.impl.DSL.noCondition;

import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.access.Viewer;
import dev.rapport.query.commitment.CommitmentController.Order;
import dev.rapport.query.commitment.CommitmentController.Wanted;
import dev.rapport.query.database.Keyset;
import dev.rapport.query.database.Keyset.Part;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.entry.Entry;
import dev.rapport.query.entry.EntryTable;
import dev.rapport.query.http.Listed;
import dev.rapport.query.relationship.RelationshipTable;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** The commitments that still count, as the read database keeps them. */
@Component
class CommitmentTable {

    private static final Part<Long> POSITION = Part.number(COMMITMENT.POSITION);
    private static final Keyset<Long, Long> BY_RECORD = Keyset.ascending(POSITION, POSITION);
    private static final Keyset<LocalDate, Long> BY_DUE_DAY = Keyset.ascending(Part.day(COMMITMENT.DUE_ON), POSITION);

    private final DSLContext database;

    CommitmentTable(@ReadDatabase DSLContext database) {
        this.database = database;
    }

    List<Listed<Entry>> list(Wanted wanted, Viewer viewer) {
        return list(noCondition(), wanted, viewer);
    }

    List<Listed<Entry>> list(RelationshipId relationship, Wanted wanted, Viewer viewer) {
        return list(COMMITMENT.RELATIONSHIP_ID.eq(relationship.value()), wanted, viewer);
    }

    private List<Listed<Entry>> list(Condition among, Wanted wanted, Viewer viewer) {
        Keyset<?, ?> order = keyset(Objects.requireNonNullElse(wanted.sort(), Order.RECORDED));
        return database.select(COMMITMENT.POSITION, COMMITMENT.DUE_ON)
                .select(ENTRY.STATE)
                .from(COMMITMENT)
                .join(RELATIONSHIP)
                .on(RELATIONSHIP.ID.eq(COMMITMENT.RELATIONSHIP_ID))
                .join(ENTRY)
                .on(ENTRY.RELATIONSHIP_ID.eq(COMMITMENT.RELATIONSHIP_ID))
                .and(ENTRY.ENTRY_ID.eq(COMMITMENT.COMMITMENT_ID))
                .where(among)
                .and(matching(wanted))
                .and(RelationshipTable.visibleTo(viewer))
                .and(order.after(wanted.page()))
                .orderBy(order.order())
                .limit(wanted.page().rowsToRead())
                .fetch(row -> order.listed(row, EntryTable.entry(row.get(ENTRY.STATE))));
    }

    private static Keyset<?, ?> keyset(Order order) {
        return switch (order) {
            case RECORDED -> BY_RECORD;
            case RECORDED_LAST -> BY_RECORD.reversed();
            case DUE -> BY_DUE_DAY;
            case DUE_LATEST -> BY_DUE_DAY.reversed();
        };
    }

    private static Condition matching(Wanted wanted) {
        Condition condition = noCondition();
        if (wanted.state() != null) {
            condition = condition.and(COMMITMENT.STATE.eq(wanted.state().name()));
        }
        if (wanted.overdue() != null) {
            condition = condition.and(COMMITMENT.OVERDUE.eq(wanted.overdue()));
        }
        if (wanted.madeBy() != null) {
            condition = condition.and(COMMITMENT.MADE_BY.eq(wanted.madeBy().name()));
        }
        if (wanted.dueBefore() != null) {
            condition = condition.and(COMMITMENT.DUE_ON.lt(wanted.dueBefore()));
        }
        if (wanted.managerId() != null) {
            condition = condition.and(RelationshipTable.managedBy(wanted.managerId()));
        }
        return condition;
    }
}
