package dev.rapport.query.audit;

import static dev.rapport.query.jooq.Tables.AUDIT_ACCESS;
import static org.jooq.impl.DSL.noCondition;

import dev.rapport.events.access.Role;
import dev.rapport.query.audit.AccessController.Wanted;
import dev.rapport.query.database.Keyset;
import dev.rapport.query.database.Keyset.Part;
import dev.rapport.query.database.SearchText;
import dev.rapport.query.http.Listed;
import dev.rapport.query.jooq.tables.records.AuditAccessRecord;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Who read what in the audit area: rows that are added, and never changed. */
@Component
class AccessTable {

    private static final String SEPARATOR = ",";

    private static final Keyset<Long, Long> NEWEST_FIRST = Keyset.ascending(
                    Part.number(AUDIT_ACCESS.ID), Part.number(AUDIT_ACCESS.ID))
            .reversed();

    private final DSLContext database;

    AccessTable(@AuditDatabase DSLContext database) {
        this.database = database;
    }

    /** When this returns, the record outlasts a crash. */
    void add(Access access) {
        database.insertInto(AUDIT_ACCESS)
                .set(AUDIT_ACCESS.ACCESSED_AT, access.at())
                .set(AUDIT_ACCESS.SUBJECT, SearchText.storable(access.subject()))
                .set(AUDIT_ACCESS.ROLES, access.roles().stream().map(Role::name).collect(Collectors.joining(SEPARATOR)))
                .set(AUDIT_ACCESS.OPERATION, access.operation())
                .set(AUDIT_ACCESS.METHOD, access.method())
                .set(AUDIT_ACCESS.PATH, access.path())
                .set(AUDIT_ACCESS.QUERY, access.query())
                .set(AUDIT_ACCESS.RELATIONSHIP_ID, access.relationshipId())
                .set(AUDIT_ACCESS.STATUS, (short) access.status())
                .execute();
    }

    List<Listed<Access>> list(Wanted wanted) {
        return database.selectFrom(AUDIT_ACCESS)
                .where(matching(wanted))
                .and(NEWEST_FIRST.after(wanted.page()))
                .orderBy(AUDIT_ACCESS.ID.desc())
                .limit(wanted.page().rowsToRead())
                .fetch(row -> NEWEST_FIRST.listed(row, access(row)));
    }

    private static Condition matching(Wanted wanted) {
        Condition condition = noCondition();
        if (wanted.subject() != null) {
            condition = condition.and(AUDIT_ACCESS.SUBJECT.eq(SearchText.storable(wanted.subject())));
        }
        if (wanted.relationshipId() != null) {
            condition = condition.and(AUDIT_ACCESS.RELATIONSHIP_ID.eq(SearchText.storable(wanted.relationshipId())));
        }
        if (wanted.from() != null) {
            condition = condition.and(AUDIT_ACCESS.ACCESSED_AT.ge(wanted.from()));
        }
        if (wanted.to() != null) {
            condition = condition.and(AUDIT_ACCESS.ACCESSED_AT.lt(wanted.to()));
        }
        return condition;
    }

    private static Access access(AuditAccessRecord row) {
        return new Access(
                row.getAccessedAt(),
                row.getSubject(),
                Stream.of(row.getRoles().split(SEPARATOR))
                        .filter(role -> !role.isEmpty())
                        .map(Role::valueOf)
                        .toList(),
                row.getOperation(),
                row.getMethod(),
                row.getPath(),
                row.getQuery(),
                row.getRelationshipId(),
                row.getStatus());
    }
}
