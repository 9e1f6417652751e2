package dev.rapport.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.query.database.BatchWriter;
import dev.rapport.query.jooq.tables.records.CommitmentRecord;
import dev.rapport.query.jooq.tables.records.DeclaredLevelRecord;
import dev.rapport.query.jooq.tables.records.IndicatorRecord;
import dev.rapport.query.jooq.tables.records.StakeholderRecord;
import dev.rapport.query.jooq.tables.records.TrustCourseRecord;
import dev.rapport.query.jooq.tables.records.TrustStandingRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jooq.TableRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** PostgreSQL takes them another way than rows that may replace others: in its own binary form. */
@OnEachDatabase
class Rows_that_are_only_added {

    private static final String AWKWARD = "a\ttab, a \"quote\", a \\, a\nline, \\N, \\., ', ; é ü 漢 \uD83D\uDE00";
    private static final String LONG = "0123456789\u00E9".repeat(50_000);

    @Parameter
    Database database;

    private Log log;
    private String url;
    private RunningQuerySide queries;

    @BeforeParameterizedClassInvocation
    void start() {
        log = new Log(database);
        url = database.freshUrl();
        queries = RunningQuerySide.of(log, database, url);
    }

    @AfterParameterizedClassInvocation
    void end() {
        queries.close();
        log.close();
    }

    @Test
    void hold_what_rows_hold_that_may_replace_others() {
        hold("stakeholder", Rows_that_are_only_added::stakeholders);
        hold("commitment", Rows_that_are_only_added::commitments);
        hold("declared_level", Rows_that_are_only_added::levels);
        hold("trust_course", Rows_that_are_only_added::courses);
        hold("indicator", Rows_that_are_only_added::indicators);
        hold("trust_standing", Rows_that_are_only_added::standings);
    }

    private void hold(String table, Function<String, List<? extends TableRecord<?>>> rows) {
        var writer = queries.bean(BatchWriter.class);
        queries.inReadTransaction(() -> {
            writer.insert(rows.apply("written"));
            writer.addingOnly(() -> writer.insert(rows.apply("copied")));
        });

        List<String> written = rows(table, "written");
        assertThat(rows(table, "copied").stream()
                        .map(row -> row.replace("copied", "written"))
                        .toList())
                .as(table)
                .hasSameSizeAs(rows.apply(""))
                .isEqualTo(written);
    }

    private List<String> rows(String table, String prefix) {
        return Rows.of(url, database.user()).stream()
                .filter(row -> row.startsWith(table + " | ") && row.contains(prefix))
                .toList();
    }

    private static List<StakeholderRecord> stakeholders(String prefix) {
        List<StakeholderRecord> rows = new ArrayList<>();
        for (String text : List.of("", AWKWARD, LONG)) {
            var row = new StakeholderRecord();
            row.setId(prefix + rows.size());
            row.setVersion(Long.MAX_VALUE);
            row.setPosition(Long.MIN_VALUE);
            row.setRegisteredPosition(-1L);
            row.setKind("SUPPLIER");
            row.setGroupKey("");
            row.setNameKey(HexFormat.of().parseHex(text.isEmpty() ? "" : "00ff0a0d5c7f80"));
            row.setSearchText(text);
            row.setState(text);
            rows.add(row);
        }
        return rows;
    }

    private static List<CommitmentRecord> commitments(String prefix) {
        List<CommitmentRecord> rows = new ArrayList<>();
        for (LocalDate day : List.of(
                LocalDate.of(1, 1, 1),
                LocalDate.of(1000, 1, 1),
                LocalDate.of(1582, 10, 10),
                LocalDate.of(1999, 12, 31),
                LocalDate.of(2000, 1, 1),
                LocalDate.of(2024, 2, 29),
                LocalDate.of(9999, 12, 31))) {
            var row = new CommitmentRecord();
            row.setRelationshipId(prefix);
            row.setCommitmentId("C-" + rows.size());
            row.setPosition((long) rows.size());
            row.setMadeBy("US");
            row.setState("OPEN");
            row.setOverdue(rows.size() % 2 == 0);
            row.setDueOn(day);
            // the column that is left out gets its default
            if (rows.size() % 3 > 0) {
                row.setLate(true);
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<DeclaredLevelRecord> levels(String prefix) {
        List<DeclaredLevelRecord> rows = new ArrayList<>();
        for (Instant time : List.of(
                Instant.parse("1000-01-01T00:00:00Z"),
                Instant.parse("1969-12-31T23:59:59.999999Z"),
                Instant.parse("1999-12-31T23:59:59.000001Z"),
                Instant.parse("2000-01-01T00:00:00Z"),
                Instant.parse("2026-11-27T10:11:12.345678Z"),
                Instant.parse("9999-12-31T00:00:00Z"))) {
            rows.add(new DeclaredLevelRecord(prefix, (long) rows.size(), time, "TRANSACTIONAL"));
        }
        return rows;
    }

    private static List<TrustCourseRecord> courses(String prefix) {
        return List.of(
                new TrustCourseRecord(prefix, -1, new byte[0]),
                new TrustCourseRecord(prefix, Integer.MAX_VALUE, new byte[] {0, -1, 10, 13, 92, 127, -128}),
                new TrustCourseRecord(prefix, 2026, new byte[300_000]));
    }

    private static List<IndicatorRecord> indicators(String prefix) {
        return List.of(
                new IndicatorRecord(prefix, "N-1", 1L, Short.MIN_VALUE, "ADDED_VALUE"),
                new IndicatorRecord(prefix, "N-2", 2L, Short.MAX_VALUE, "ADDED_VALUE"));
    }

    private static List<TrustStandingRecord> standings(String prefix) {
        List<TrustStandingRecord> rows = new ArrayList<>();
        for (double trust : List.of(0.0, 1.0, 0.1, 1 / 3.0, Double.MIN_VALUE, 0.5 + Math.ulp(0.5))) {
            rows.add(new TrustStandingRecord(
                    prefix + rows.size(),
                    LocalDate.of(2026, 5, 4),
                    "prudent 1",
                    trust,
                    1 - trust,
                    "STEADY",
                    "{}",
                    trust,
                    trust));
        }
        return rows;
    }

    @Test
    void are_refused_when_there_is_such_a_row_already() {
        var writer = queries.bean(BatchWriter.class);
        queries.inReadTransaction(() -> writer.insert(stakeholders("there")));

        assertThatThrownBy(() ->
                        queries.inReadTransaction(() -> writer.addingOnly(() -> writer.insert(stakeholders("there")))))
                .isInstanceOf(RuntimeException.class);
        assertThat(rows("stakeholder", "there")).hasSize(3);
    }
}
