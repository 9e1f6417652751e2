package dev.rapport.query.relationship;

import static dev.rapport.query.jooq.Tables.RELATIONSHIP;
import static dev.rapport.query.jooq.Tables.STAKEHOLDER;

import dev.rapport.query.access.Viewer;
import dev.rapport.query.database.Json;
import dev.rapport.query.stakeholder.Stakeholder;
import dev.rapport.query.stakeholder.StakeholderTable;
import java.util.List;
import org.jooq.Field;
import org.jooq.Record;

/** A relationship together with the stakeholder that it is with, as far as a viewer may see it. */
public record Told(Relationship relationship, Stakeholder stakeholder) {

    static final List<Field<?>> COLUMNS = List.of(RELATIONSHIP.STATE, STAKEHOLDER.STATE);

    static Told of(Record row) {
        return new Told(
                Json.read(row.get(RELATIONSHIP.STATE), Relationship.class),
                StakeholderTable.stakeholder(row.get(STAKEHOLDER.STATE)));
    }

    /** Whether the viewer may read what was said in its interactions. */
    public boolean interactionsReadableBy(Viewer viewer) {
        return viewer.readsInteractionsOf(relationship.managerId());
    }
}
