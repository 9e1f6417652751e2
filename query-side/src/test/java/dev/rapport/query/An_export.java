package dev.rapport.query;

import static dev.rapport.query.Examples.SOME_DAY;
import static dev.rapport.query.Examples.commitment;
import static dev.rapport.query.Examples.interaction;
import static dev.rapport.query.Examples.relationship;
import static dev.rapport.query.Examples.stakeholder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.events.DomainEvent;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.query.RunningQuerySide.Answer;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Lists and reports in their other forms, compared with what their pages show. */
@OnEachDatabase
class An_export {

    private static final long SEED = 1964;
    private static final String CSV = "text/csv";
    private static final String NDJSON = "application/x-ndjson";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final List<String> LISTS = List.of(
            "/stakeholders",
            "/stakeholders?sort=-name&group=IT",
            "/relationships",
            "/relationships?sort=-trust&status=ACTIVE",
            "/relationships?q=no%20such%20thing",
            "/relationships/R-naughty/history",
            "/relationships/R-all/history",
            "/relationships/R-all/commitments",
            "/relationships/R-all/alignment",
            "/relationships/R-all/indicators",
            "/commitments",
            "/commitments?state=OPEN&sort=dueOn",
            "/reports/mismatches");

    private static final List<String> NAUGHTY = List.of(
            "=1+1",
            "=cmd|' /C calc'!A0",
            "+1",
            "-1",
            "- a bullet",
            "@SUM(A1:A9)",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1",
            "\"=1",
            "\" \"\"=1",
            "'",
            "'=1",
            "''=1",
            "'tis",
            "a,b;c\td",
            "a\r\nb\nc\rd",
            "\"",
            "\"\"",
            " blanks ",
            "\uFEFF=1",
            "\u00A0=1",
            "\uFF1D1",
            "é 💩 \u202E",
            "=HYPERLINK(\"http://127.0.0.1/?\"&A1,\"click\")");

    @Parameter
    Database database;

    private Log log;
    private String url;
    private RunningQuerySide queries;

    @BeforeParameterizedClassInvocation
    void happened() throws SQLException {
        System.out.println("seed " + SEED);
        log = new Log(database);
        url = database.freshUrl();
        queries = RunningQuerySide.of(log, database, url);
        new RandomHistory(SEED, "exp")
                .next(300)
                .forEach(happening -> log.append(Log.SOMEBODY, happening.occurredAt(), happening.events()));
        log.append(Examples.everythingThatCanHappen("S-all", "R-all").toArray(DomainEvent[]::new));
        log.append(stakeholder("S-naughty", "=1+1"), relationship("R-naughty", "S-naughty", "manager1"));
        var random = new Random(SEED);
        List<DomainEvent> naughty = new ArrayList<>();
        for (int number = 0; number < 700; number++) {
            String text = number < NAUGHTY.size()
                    ? NAUGHTY.get(number)
                    : NAUGHTY.get(random.nextInt(NAUGHTY.size())) + NAUGHTY.get(random.nextInt(NAUGHTY.size()));
            naughty.add(commitment("R-naughty", "C-" + number, Party.US, text, SOME_DAY.plusDays(number % 400)));
        }
        naughty.add(interaction("R-naughty", "I-1", "=the unsayable", "=Annabel"));
        log.append(naughty.toArray(DomainEvent[]::new));
        queries.catchUp();
        if (database == Database.H2) {
            // exports of every length come from where H2 keeps those that are too long for its memory
            execute("set max_memory_rows 50");
        }
    }

    @AfterParameterizedClassInvocation
    void end() {
        queries.close();
        log.close();
    }

    private Answer export(String user, String path, String form) {
        return queries.get(user, "/api/v1" + path, "Accept", form);
    }

    private static List<JsonNode> lines(Answer export) {
        return export.ok().response().body().lines().map(JSON::readTree).toList();
    }

    private static List<CSVRecord> records(Answer export) {
        try (CSVParser parser = CSVParser.parse(
                new StringReader(export.ok().response().body()),
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get())) {
            return parser.getRecords();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What the documentation tells readers to do. */
    private static String withoutGuard(String cell) {
        return cell.startsWith("'") ? cell.substring(1) : cell;
    }

    private static Map<String, String> flat(JsonNode item) {
        Map<String, String> cells = new LinkedHashMap<>();
        flatten("", item, cells);
        return cells;
    }

    private static void flatten(String path, JsonNode value, Map<String, String> cells) {
        if (value.isObject() && !path.equals("data")) {
            value.forEachEntry((name, part) -> flatten(path.isEmpty() ? name : path + "." + name, part, cells));
        } else {
            cells.put(path, value.isString() ? value.asString() : value.toString());
        }
    }

    private static void areTheSame(List<CSVRecord> records, List<JsonNode> items, String what) {
        assertThat(records).as(what).hasSameSizeAs(items);
        for (int i = 0; i < items.size(); i++) {
            Map<String, String> cells = new LinkedHashMap<>();
            records.get(i).toMap().forEach((column, cell) -> cells.put(column, withoutGuard(cell)));
            cells.values().removeIf(String::isEmpty);
            Map<String, String> shown = flat(items.get(i));
            shown.values().removeIf(String::isEmpty);
            assertThat(cells).as(what).isEqualTo(shown);
        }
    }

    @Test
    void shows_row_by_row_what_the_pages_show() {
        for (String list : LISTS) {
            List<JsonNode> items =
                    queries.all("head", "/api/v1" + list + (list.contains("?") ? "&" : "?") + "limit=77");

            assertThat(lines(export("head", list, NDJSON))).as(list).isEqualTo(items);
            areTheSame(records(export("head", list, CSV)), items, list);
        }
    }

    @Test
    void of_a_report_shows_its_rows() {
        Map<String, String> reports = Map.of(
                "/relationships/R-all/trust?interval=day&from=2026-01-01&to=2026-05-01", "points",
                "/relationships/R-naughty/trust", "points",
                "/relationships/R-all/trust/explanation", "evidence",
                "/reports/network", "edges");
        reports.forEach((report, rows) -> {
            List<JsonNode> items = queries.get("head", "/api/v1" + report)
                    .ok()
                    .json()
                    .get(rows)
                    .valueStream()
                    .toList();

            assertThat(items).as(report).isNotEmpty();
            assertThat(lines(export("head", report, NDJSON))).as(report).hasSameSizeAs(items);
            areTheSame(records(export("head", report, CSV)), lines(export("head", report, NDJSON)), report);
        });
    }

    @Test
    void has_the_same_columns_whatever_the_rows_have() {
        String all = export("head", "/relationships", CSV).ok().response().body();
        String none = export("head", "/relationships?q=no%20such%20thing", CSV)
                .ok()
                .response()
                .body();

        assertThat(none).endsWith("\r\n").hasLineCount(1);
        assertThat(all).startsWith(none);
        assertThat(none)
                .startsWith(
                        "id,stakeholderId,stakeholderName,stakeholderKind,stakeholderGroup,managerId,status,purpose,"
                            + "declaredLevel,stakeholderLevel,desiredLevel,practisedLevel,mismatch,mismatchSummary,")
                .contains(",trust.inThem.overall,", ",counts.commitments.keptOnTime,", ",nextDueCommitment.");
    }

    @Test
    void gives_every_text_back_and_no_cell_is_a_formula() {
        List<CSVRecord> records = records(export("head", "/relationships/R-naughty/commitments", CSV));

        assertThat(records.subList(0, NAUGHTY.size()).stream().map(row -> withoutGuard(row.get("statement"))))
                .isEqualTo(NAUGHTY);
        for (CSVRecord row : records) {
            for (String cell : row) {
                assertThat(cell)
                        .doesNotContainPattern("\\A([\\t\\r\\n]|[\\p{Z}\\p{C}\"]*[=+@\uFF1D\uFF0B\uFF0D\uFF20-])");
            }
        }
        assertThat(export("head", "/relationships/R-naughty/commitments", CSV)
                        .response()
                        .body()
                        .replace("\r\n", ""))
                .contains("'=cmd|' /C calc'!A0");
    }

    @Test
    void says_what_it_is_and_which_position_it_is_of() {
        long position = log.log.lastStablePosition();
        for (String form : List.of(CSV, NDJSON)) {
            Answer export = export("head", "/relationships/R-all/commitments?sort=dueOn", form)
                    .ok();

            assertThat(Long.parseLong(export.header("Rapport-Latest-Position"))).isEqualTo(position);
            assertThat(Long.parseLong(export.header("Rapport-Position"))).isBetween(1L, position);
            assertThat(export.header("Vary")).contains("Accept");
            assertThat(export.header("Content-Disposition"))
                    .matches("attachment; filename=\"relationships-R-all-commitments-at-\\d+\\.(csv|ndjson)\"");
        }
        assertThat(export("head", "/commitments", CSV).header("Content-Type"))
                .isEqualTo("text/csv;header=present;charset=UTF-8");
        assertThat(export("head", "/commitments", NDJSON).header("Content-Type"))
                .isEqualTo(NDJSON);
        if (database == Database.H2) {
            assertThat(export("head", "/commitments", CSV).header("Rapport-Position"))
                    .isEqualTo(String.valueOf(position));
        }
    }

    @Test
    void is_everything_and_no_page() {
        assertThat(lines(export("head", "/relationships/R-naughty/commitments?limit=3", NDJSON)))
                .hasSize(700);
        String cursor = queries.get("head", "/api/v1/commitments?limit=1")
                .json()
                .get("nextCursor")
                .asString();
        Answer refused = export("head", "/commitments?cursor=" + cursor, CSV);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/parameter").asString()).isEqualTo("cursor");
    }

    @Test
    void is_refused_as_a_page_is() {
        for (String form : List.of(CSV, NDJSON)) {
            for (Map.Entry<String, Integer> refused : Map.of(
                            "/relationships/R-unknown/history", 404,
                            "/relationships?level=HIGHEST", 400,
                            "/relationships?gossip=1", 400,
                            "/relationships?q=%ED%A0%80", 400,
                            "/reports/network?kind=FRIEND", 400)
                    .entrySet()) {
                Answer answer = export("head", refused.getKey(), form);

                assertThat(answer.status()).as(refused.getKey()).isEqualTo(refused.getValue());
                assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                assertThat(answer.header("Content-Disposition")).isEmpty();
            }
            assertThat(export("operator", "/relationships", form).status()).isEqualTo(403);
            assertThat(export("manager2", "/relationships/R-naughty/history", form)
                            .status())
                    .isEqualTo(404);
        }
        assertThat(queries.get("head", "/api/v1/relationships", "Accept", CSV, "Consistency-Token", "gossip")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void shows_no_more_than_the_viewer_may_see() {
        for (String form : List.of(CSV, NDJSON)) {
            assertThat(export("reporter", "/relationships/R-naughty/history", form)
                            .ok()
                            .response()
                            .body())
                    .doesNotContain("unsayable", "Annabel");
            assertThat(export("manager1", "/relationships/R-naughty/history", form)
                            .ok()
                            .response()
                            .body())
                    .contains("unsayable", "Annabel");
        }
        assertThat(lines(export("manager2", "/relationships", NDJSON)))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.get("managerId").asString()).isEqualTo("manager2"));
        assertThat(lines(export("manager2", "/commitments", NDJSON)))
                .noneMatch(row -> row.get("relationshipId").asString().equals("R-naughty"));
    }

    @Test
    void is_there_for_lists_and_reports_only() {
        for (String one :
                List.of("/relationships/R-all", "/stakeholders/S-all", "/relationships/R-all/commitments/C-1")) {
            Answer refused = export("head", one, CSV);
            assertThat(refused.status()).isEqualTo(406);
            assertThat(refused.json().get("detail").asString())
                    .isEqualTo("What is at this path is answered as: application/json.");
        }
        assertThat(export("head", "/relationships", "application/graphml+xml").status())
                .isEqualTo(406);
        assertThat(export("head", "/relationships", "application/json;q=0, text/html")
                        .status())
                .isEqualTo(406);
        assertThat(export("head", "/relationships", "*/*").header("Content-Type"))
                .isEqualTo("application/json");
        assertThat(export("head", "/relationships", "application/json;q=0.2, text/csv;q=0.4")
                        .header("Content-Type"))
                .startsWith(CSV);
        assertThat(export("head", "/relationships", "text/csv;q=0.2, application/json;q=0.4")
                        .header("Content-Type"))
                .isEqualTo("application/json");
    }

    @Test
    void says_by_HEAD_what_it_would_say() {
        Answer head = queries.send(queries.request("head", "/api/v1/commitments", "Accept", CSV)
                .method("HEAD", BodyPublishers.noBody())
                .build());

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).startsWith(CSV);
        assertThat(head.header("Rapport-Position")).isNotEmpty();
        assertThat(head.response().body()).isEmpty();
    }

    @Test
    void that_fails_in_the_middle_ends_with_a_broken_connection() throws SQLException {
        String spoilt = "update entry set state = '%s' where relationship_id = 'R-naughty' and entry_id = 'C-650'";
        String state = state("C-650");
        execute(spoilt.formatted("gossip"));
        try {
            for (String form : List.of(CSV, NDJSON)) {
                assertThatThrownBy(() -> export("head", "/relationships/R-naughty/commitments", form))
                        .hasRootCauseInstanceOf(IOException.class);
            }
            assertThat(export("head", "/relationships/R-naughty/commitments?limit=1", "*/*")
                            .status())
                    .isEqualTo(200);
        } finally {
            execute(spoilt.formatted(state.replace("'", "''")));
        }
    }

    private String state(String entry) throws SQLException {
        try (var connection = Rows.connect(url, database.user());
                var rows = connection
                        .createStatement()
                        .executeQuery("select state from entry where relationship_id = 'R-naughty' and entry_id = '"
                                + entry + "'")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = Rows.connect(url, database.user());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
