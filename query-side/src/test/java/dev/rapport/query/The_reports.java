package dev.rapport.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.storage.RecordedEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Reports over a history that happened at random are held to what the queries about single relationships and commitments tell. */
@OnEachDatabase
class The_reports {

    private static final long SEED = 20261127;
    private static final Offset<Double> SAME = within(1e-9);
    private static final Instant FROM = Instant.parse("2025-12-20T06:00:00Z");
    private static final Instant TO = Instant.parse("2026-03-20T12:00:00Z");

    @Parameter
    Database database;

    private Log log;
    private RunningQuerySide queries;

    @BeforeParameterizedClassInvocation
    void follow_a_history_as_it_happens() {
        System.out.println("seed " + SEED);
        log = new Log(database);
        queries = RunningQuerySide.of(log, database);
        var history = new RandomHistory(SEED, "reports");
        for (int i = 0; i < 10; i++) {
            history.next(90).forEach(happening -> log.append(Log.SOMEBODY, happening.occurredAt(), happening.events()));
            queries.catchUp();
        }
    }

    @AfterParameterizedClassInvocation
    void end() {
        queries.close();
        log.close();
    }

    /** What reports group by, and how a relationship tells it. */
    enum By {
        MANAGER("manager", "managerId"),
        GROUP("group", "stakeholderGroup"),
        KIND("kind", "stakeholderKind"),
        LEVEL("level", "declaredLevel");

        private final String spelling;
        private final String field;

        By(String spelling, String field) {
            this.spelling = spelling;
            this.field = field;
        }

        String of(JsonNode relationship) {
            return relationship.get(field).asString();
        }
    }

    private List<JsonNode> report(String path) {
        return queries.all("reporter", "/api/v1/reports/" + path);
    }

    private List<JsonNode> relationships(String parameters) {
        return queries.all("head", "/api/v1/relationships?limit=100" + parameters);
    }

    private static Map<String, List<JsonNode>> grouped(List<JsonNode> items, Function<JsonNode, String> key) {
        return items.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
    }

    private static double mean(List<JsonNode> relationships, String side, String figure) {
        return relationships.stream()
                .mapToDouble(item -> item.get("trust").get(side).get(figure).asDouble())
                .average()
                .orElseThrow();
    }

    private static long count(List<JsonNode> items, Predicate<JsonNode> predicate) {
        return items.stream().filter(predicate).count();
    }

    private static void assertPortfolio(JsonNode row, List<JsonNode> relationships) {
        assertThat(row.get("relationships").asInt()).isEqualTo(relationships.size());
        Map.of("transactional", "TRANSACTIONAL", "addedValue", "ADDED_VALUE", "jointValue", "JOINT_VALUE")
                .forEach((field, level) -> assertThat(row.get(field).asLong())
                        .isEqualTo(count(
                                relationships,
                                item -> item.get("declaredLevel").asString().equals(level))));
        for (String trend : List.of("rising", "falling", "steady", "unknown")) {
            assertThat(row.get(trend).asLong())
                    .isEqualTo(count(
                            relationships,
                            item -> item.get("trust").get("trend").asString().equalsIgnoreCase(trend)));
        }
        assertThat(row.get("trustInThem").asDouble()).isCloseTo(mean(relationships, "inThem", "overall"), SAME);
        assertThat(row.get("uncertaintyInThem").asDouble())
                .isCloseTo(mean(relationships, "inThem", "uncertainty"), SAME);
        assertThat(row.get("trustInUs").asDouble()).isCloseTo(mean(relationships, "inUs", "overall"), SAME);
        assertThat(row.get("uncertaintyInUs").asDouble()).isCloseTo(mean(relationships, "inUs", "uncertainty"), SAME);
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void of_the_portfolio_count_and_average_what_the_portfolio_lists(By by) {
        Map<String, List<JsonNode>> expected = grouped(relationships("&status=ACTIVE"), by::of);

        List<JsonNode> rows = report("portfolio?limit=2&groupBy=" + by.spelling);

        assertThat(rows).extracting(row -> row.get("key").asString()).containsExactlyElementsOf(expected.keySet());
        rows.forEach(row -> assertPortfolio(row, expected.get(row.get("key").asString())));
    }

    @Test
    void of_the_portfolio_put_everything_together_unless_told_otherwise() {
        assertThat(report("portfolio")).singleElement().satisfies(row -> {
            assertThat(row.has("key")).isFalse();
            assertPortfolio(row, relationships("&status=ACTIVE"));
        });
        assertThat(report("portfolio?status=ENDED"))
                .singleElement()
                .satisfies(row -> assertPortfolio(row, relationships("&status=ENDED")));
        assertThat(report("portfolio?managerId=manager1&group=IT"))
                .singleElement()
                .satisfies(row -> assertPortfolio(row, relationships("&status=ACTIVE&managerId=manager1&group=IT")));
        assertThat(report("portfolio?managerId=nobody")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void of_commitments_count_what_became_of_them_both_ways(By by) {
        Map<String, JsonNode> relationships = relationships("").stream()
                .collect(Collectors.toMap(item -> item.get("id").asString(), item -> item));
        List<JsonNode> commitments = queries.all("head", "/api/v1/commitments?limit=500");
        Map<String, List<JsonNode>> expected = grouped(
                commitments,
                item -> by.of(relationships.get(item.get("relationshipId").asString())) + " "
                        + item.get("madeBy").asString());

        List<JsonNode> rows = report("commitments?limit=3&groupBy=" + by.spelling);

        assertThat(rows)
                .extracting(row ->
                        row.get("key").asString() + " " + row.get("madeBy").asString())
                .containsExactlyInAnyOrderElementsOf(expected.keySet());
        rows.forEach(row -> assertCommitments(
                row,
                expected.get(row.get("key").asString() + " " + row.get("madeBy").asString())));
    }

    private static void assertCommitments(JsonNode row, List<JsonNode> commitments) {
        Function<String, Long> ended =
                state -> count(commitments, item -> item.get("state").asString().equals(state));
        long late = count(commitments, item -> item.get("late").asBoolean());
        long overdue = count(commitments, item -> item.get("overdue").asBoolean());
        long onTime = ended.apply("KEPT") - late;
        long due = onTime + late + ended.apply("BROKEN") + overdue;
        assertThat(row.get("made").asInt()).isEqualTo(commitments.size());
        assertThat(row.get("keptOnTime").asLong()).isEqualTo(onTime);
        assertThat(row.get("keptLate").asLong()).isEqualTo(late);
        assertThat(row.get("broken").asLong()).isEqualTo(ended.apply("BROKEN"));
        assertThat(row.get("released").asLong()).isEqualTo(ended.apply("RELEASED"));
        assertThat(row.get("open").asLong()).isEqualTo(ended.apply("OPEN"));
        assertThat(row.get("overdue").asLong()).isEqualTo(overdue);
        assertThat(row.get("due").asLong()).isEqualTo(due);
        assertThat(row.has("percentKept")).isEqualTo(due > 0);
        if (due > 0) {
            assertThat(row.get("percentKept").asDouble()).isCloseTo(100.0 * onTime / due, SAME);
        }
    }

    @Test
    void of_commitments_are_about_those_due_in_a_time_when_one_is_given() {
        LocalDate from = Examples.SOME_DAY.plusDays(1);
        LocalDate before = Examples.SOME_DAY.plusDays(3);
        List<JsonNode> commitments = queries.all("head", "/api/v1/commitments?limit=500&dueBefore=" + before).stream()
                .filter(item -> !LocalDate.parse(item.get("dueOn").asString()).isBefore(from))
                .toList();

        List<JsonNode> rows = report("commitments?dueFrom=" + from + "&dueBefore=" + before);

        assertThat(rows).extracting(row -> row.get("madeBy").asString()).containsExactly("THEM", "US");
        for (JsonNode row : rows) {
            assertThat(row.has("key")).isFalse();
            assertCommitments(
                    row,
                    commitments.stream()
                            .filter(item -> item.get("madeBy")
                                    .asString()
                                    .equals(row.get("madeBy").asString()))
                            .toList());
        }
    }

    @ParameterizedTest
    @CsvSource({"MANAGER, week, prudent", "GROUP, day, prudent", "KIND, month, published", "LEVEL, week, published"})
    void of_trust_average_the_courses_of_relationships_while_they_were_active(By by, String interval, String policy) {
        String course = "from=" + FROM + "&to=" + TO + "&interval=" + interval + "&policy=" + policy;
        Map<String, List<Instant>> changes = activity();
        Map<String, List<JsonNode>> expected = new TreeMap<>();
        for (JsonNode relationship : relationships("")) {
            String id = relationship.get("id").asString();
            queries.get("head", "/api/v1/relationships/" + id + "/trust?" + course)
                    .ok()
                    .json()
                    .get("points")
                    .forEach(point -> {
                        Instant at = Instant.parse(point.get("at").asString());
                        if (isActive(changes.get(id), at)) {
                            String key = by == By.LEVEL ? point.get("level").asString() : by.of(relationship);
                            expected.computeIfAbsent(key + " " + at, _ -> new ArrayList<>())
                                    .add(point);
                        }
                    });
        }

        List<JsonNode> rows = report("trust-trends?limit=100&groupBy=" + by.spelling + "&" + course);

        assertThat(rows)
                .extracting(
                        row -> row.get("key").asString() + " " + row.get("at").asString())
                .containsExactlyInAnyOrderElementsOf(expected.keySet())
                .isSortedAccordingTo(String::compareTo);
        for (JsonNode row : rows) {
            List<JsonNode> points =
                    expected.get(row.get("key").asString() + " " + row.get("at").asString());
            assertThat(row.get("relationships").asInt()).isEqualTo(points.size());
            assertThat(row.get("trustInThem").asDouble()).isCloseTo(meanOf(points, "inThem", "overall"), SAME);
            assertThat(row.get("uncertaintyInThem").asDouble())
                    .isCloseTo(meanOf(points, "inThem", "uncertainty"), SAME);
            assertThat(row.get("trustInUs").asDouble()).isCloseTo(meanOf(points, "inUs", "overall"), SAME);
            assertThat(row.get("uncertaintyInUs").asDouble()).isCloseTo(meanOf(points, "inUs", "uncertainty"), SAME);
        }
    }

    private static double meanOf(List<JsonNode> points, String side, String figure) {
        return points.stream()
                .mapToDouble(point -> point.get(side).get(figure).asDouble())
                .average()
                .orElseThrow();
    }

    /** What the log says of beginnings and endings: at even places of a list a relationship was active from then on, as recorded. */
    private Map<String, List<Instant>> activity() {
        Map<String, List<Instant>> changes = new HashMap<>();
        for (RecordedEvent recorded : log.log.recorded(log.log.read(0, 1_000_000))) {
            if (recorded.payload() instanceof RelationshipEvent event
                    && List.of("RelationshipEstablished", "RelationshipEnded", "RelationshipReopened")
                            .contains(recorded.type())) {
                changes.computeIfAbsent(event.relationshipId().value(), _ -> new ArrayList<>())
                        .add(recorded.occurredAt());
            }
        }
        return changes;
    }

    private static boolean isActive(List<Instant> changes, Instant at) {
        boolean active = false;
        for (int i = 0; i < changes.size(); i++) {
            if (!changes.get(i).isAfter(at)) {
                active = i % 2 == 0;
            }
        }
        return active;
    }

    @Test
    void of_trust_put_everything_together_month_by_month_over_a_year_unless_told_otherwise() {
        List<JsonNode> rows = report("trust-trends");
        Instant now = queries.clock.instant();
        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.has("key")).isFalse());
        assertThat(new TreeSet<>(rows.stream()
                        .map(row -> Instant.parse(row.get("at").asString()))
                        .toList()))
                .last()
                .isEqualTo(now);
        assertThat(Instant.parse(rows.getFirst().get("at").asString()))
                .isAfterOrEqualTo(now.atOffset(ZoneOffset.UTC).minusYears(1).toInstant());
        assertThat(rows.getLast().get("relationships").asInt())
                .isEqualTo(relationships("&status=ACTIVE").size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "portfolio?groupBy=city",
                "portfolio?status=GONE",
                "portfolio?from=2026-01-01",
                "commitments?groupBy=MANAGER",
                "commitments?dueFrom=yesterday",
                "trust-trends?interval=hour",
                "trust-trends?policy=mine",
                "trust-trends?from=2026-02-01&to=2026-01-01",
                "trust-trends?from=1900-01-01&interval=day",
                "trust-trends?cursor=AAAA"
            })
    void are_not_made_of_questions_that_make_no_sense(String question) {
        assertThat(queries.get("head", "/api/v1/reports/" + question).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"portfolio", "commitments", "trust-trends"})
    void are_the_same_for_everybody_who_may_see_business_data_and_refused_to_others(String report) {
        String path = "/api/v1/reports/" + report + "?groupBy=manager";
        for (String user : List.of("manager1", "manager2", "head", "auditor", "reporter")) {
            assertThat(queries.all(user, path)).as(user).isEqualTo(report(report + "?groupBy=manager"));
        }
        assertThat(queries.get("operator", path).status()).isEqualTo(403);
        assertThat(queries.get("nobody", path).status()).isEqualTo(403);
    }
}
