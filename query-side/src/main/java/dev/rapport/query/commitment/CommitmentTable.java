package dev.rapport.query.commitment;

import static dev.rapport.query.jooq.Tables.COMMITMENT;
import static dev.rapport.query.jooq.Tables.ENTRY;
import static dev.rapport.query.jooq.Tables.RELATIONSHIP;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

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
import org.jooq.Table;
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
        // which ones first, of one table alone: H2 finds an order in an index only there, and would sort all of them
        // for each page
        Table<?> page = select(COMMITMENT.RELATIONSHIP_ID, COMMITMENT.COMMITMENT_ID)
                .from(COMMITMENT)
                .where(among)
                .and(matching(wanted))
                .and(exists(selectOne()
                        .from(RELATIONSHIP)
                        .where(RELATIONSHIP.ID.eq(COMMITMENT.RELATIONSHIP_ID))
                        .and(managed(wanted))
                        .and(RelationshipTable.visibleTo(viewer))))
                .and(order.after(wanted.page()))
                .orderBy(order.order())
                .limit(wanted.page().rowsToRead())
                .asTable("page");
        return database.select(COMMITMENT.POSITION, COMMITMENT.DUE_ON)
                .select(ENTRY.STATE)
                .from(page)
                .join(COMMITMENT)
                .on(COMMITMENT.RELATIONSHIP_ID.eq(page.field(COMMITMENT.RELATIONSHIP_ID)))
                .and(COMMITMENT.COMMITMENT_ID.eq(page.field(COMMITMENT.COMMITMENT_ID)))
                .join(ENTRY)
                .on(ENTRY.RELATIONSHIP_ID.eq(COMMITMENT.RELATIONSHIP_ID))
                .and(ENTRY.ENTRY_ID.eq(COMMITMENT.COMMITMENT_ID))
                .orderBy(order.order())
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
        return condition;
    }

    private static Condition managed(Wanted wanted) {
        return wanted.managerId() == null ? noCondition() : RelationshipTable.managedBy(wanted.managerId());
    }
}
