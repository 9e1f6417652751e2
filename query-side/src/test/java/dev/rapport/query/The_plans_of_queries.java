package dev.rapport.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.Query;
import org.jooq.conf.ParamType;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What PostgreSQL makes of the queries about trust, as they are asked, once there is enough to look through. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("what others make the database do changes its statistics")
class The_plans_of_queries {

    private static final int RELATIONSHIPS = 2_500;
    private static final int EVENTS_OF_EACH = 8;
    private static final Set<String> BIG =
            Set.of("relationship", "entry", "evidence", "declared_level", "trust_standing", "history", "trust_course");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private Log log;
    private String url;
    private RunningQuerySide queries;

    @BeforeAll
    void fill() throws SQLException {
        log = new Log(Database.POSTGRESQL);
        url = Database.POSTGRESQL.freshUrl();
        queries = RunningQuerySide.of(log, Database.POSTGRESQL, url);
        new LongHistory(1, RELATIONSHIPS, EVENTS_OF_EACH).fill(queries);
        try (var connection = Rows.connect(url, Database.POSTGRESQL.user());
                var statement = connection.createStatement()) {
            statement.execute("analyze");
        }
        queries.bean("readJooq", DSLContext.class)
                .configuration()
                .set(new DefaultExecuteListenerProvider(new ExecuteListener() {
                    @Override
                    public void executeStart(ExecuteContext context) {
                        Query query = context.query();
                        boolean forWhoAsks = Thread.currentThread().getName().startsWith("tomcat-handler");
                        if (query != null && forWhoAsks) { // others look after the read models meanwhile
                            asked.add(query.getSQL(ParamType.INLINED));
                        }
                    }
                }));
    }

    @AfterAll
    void end() {
        queries.close();
        log.close();
    }

    private List<String> plansOf(String path) throws SQLException {
        asked.clear();
        queries.get("head", path).ok();
        List<String> statements =
                asked.stream().filter(sql -> sql.startsWith("select")).toList();
        assertThat(statements).isNotEmpty();
        try (var connection = Rows.connect(url, Database.POSTGRESQL.user());
                var statement = connection.createStatement()) {
            // what goes on beside the query is asked of the tables that all generations share
            statement.execute("select set_config('search_path', current_schema() || ', operations', false)");
            Stream.Builder<String> plans = Stream.builder();
            for (String sql : statements) {
                try (var rows = statement.executeQuery("explain (format json) " + sql)) {
                    rows.next();
                    plans.add(rows.getString(1));
                }
            }
            return plans.build().toList();
        }
    }

    /** The tables that a plan reads from their beginning to their end. */
    private static Set<String> readWhole(String plan) {
        return nodes(JsonMapper.shared().readTree(plan).get(0).get("Plan"))
                .filter(node -> node.get("Node Type").asString().equals("Seq Scan"))
                .map(node -> node.get("Relation Name").asString())
                .filter(BIG::contains)
                .collect(Collectors.toSet());
    }

    private static Stream<JsonNode> nodes(JsonNode node) {
        JsonNode parts = node.get("Plans");
        return Stream.concat(
                Stream.of(node),
                parts == null ? Stream.empty() : parts.valueStream().flatMap(The_plans_of_queries::nodes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/relationships/R-long-00007",
                "/api/v1/relationships/R-long-00007/trust",
                "/api/v1/relationships/R-long-00007/trust/explanation",
                "/api/v1/relationships/R-long-00007/alignment",
                "/api/v1/relationships?sort=trust",
                "/api/v1/relationships?sort=-trust",
                "/api/v1/relationships?sort=trust&trustBelow=0.4&limit=20",
                "/api/v1/relationships?sort=trust&trend=FALLING&limit=20",
                "/api/v1/relationships?sort=trust&managerId=manager7&limit=20"
            })
    void read_no_big_table_whole(String path) throws SQLException {
        assertThat(plansOf(path))
                .allSatisfy(plan -> assertThat(readWhole(plan)).as(plan).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/relationships?sort=trust", "/api/v1/relationships?sort=-trust"})
    void find_the_order_by_trust_in_an_index(String path) throws SQLException {
        assertThat(plansOf(path))
                .allSatisfy(plan -> assertThat(
                                nodes(JsonMapper.shared().readTree(plan).get(0).get("Plan"))
                                        .filter(node -> node.has("Index Name"))
                                        .map(node -> node.get("Index Name").asString()))
                        .contains("trust_standing_by_trust"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/relationships?sort=trust&limit=10"})
    void go_on_from_a_cursor_in_the_same_index(String path) throws SQLException {
        String next = queries.get("head", path).ok().next().orElseThrow();
        assertThat(plansOf(next)).allSatisfy(plan -> assertThat(readWhole(plan)).isEmpty());
    }
}
