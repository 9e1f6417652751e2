package dev.rapport.query.alignment;

import static dev.rapport.query.jooq.Tables.ENTRY;

import dev.rapport.events.vocabulary.EntryKind;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.query.database.Keyset;
import dev.rapport.query.database.Keyset.Part;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.entry.Entry;
import dev.rapport.query.entry.EntryContent.AlignmentAssessment;
import dev.rapport.query.entry.EntryTable;
import dev.rapport.query.http.Listed;
import dev.rapport.query.http.PageRequest;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** The alignment assessments that still count, as the read database keeps them. */
@Component
class AlignmentTable {

    private static final Keyset<Instant, Long> NEWEST_FIRST = Keyset.ascending(
                    Part.instant(ENTRY.OCCURRED_AT), Part.number(ENTRY.POSITION))
            .reversed();

    private final DSLContext database;

    AlignmentTable(@ReadDatabase DSLContext database) {
        this.database = database;
    }

    /** An entry that is an assessment, and what it says. */
    record Assessment(Entry entry, AlignmentAssessment content) {

        static Assessment of(Entry entry) {
            return new Assessment(entry, (AlignmentAssessment) entry.content());
        }
    }

    List<Listed<Assessment>> list(RelationshipId relationship, PageRequest page) {
        return database.select(ENTRY.OCCURRED_AT, ENTRY.POSITION, ENTRY.STATE)
                .from(ENTRY)
                .where(ENTRY.RELATIONSHIP_ID.eq(relationship.value()))
                .and(ENTRY.KIND.eq(EntryKind.ALIGNMENT_ASSESSMENT.name()))
                .and(ENTRY.RETRACTED.isFalse())
                .and(NEWEST_FIRST.after(page))
                .orderBy(NEWEST_FIRST.order())
                .limit(page.rowsToRead())
                .fetch(row -> NEWEST_FIRST.listed(row, Assessment.of(EntryTable.entry(row.get(ENTRY.STATE)))));
    }
}
