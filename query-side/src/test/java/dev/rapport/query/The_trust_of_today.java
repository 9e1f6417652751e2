package dev.rapport.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rapport.events.CommitmentBroken;
import dev.rapport.events.CommitmentKept;
import dev.rapport.events.CommitmentRecorded;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.Party;
import dev.rapport.events.vocabulary.RelationshipId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the portfolio tells, kept up event by event, is held to what {@code /trust} computes from all the evidence. */
@OnEachDatabase
class The_trust_of_today {

    private static final long SEED = 20261124;
    private static final Offset<Double> SAME = within(1e-9);
    private static final Instant TODAY = Instant.parse("2026-05-04T00:00:00Z");
    private static final Instant LATELY = Instant.parse("2026-04-20T12:00:00Z");
    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final Duration WINDOW = Duration.ofDays(90);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Parameter
    Database database;

    private Log log;
    private String url;
    private RunningQuerySide queries;

    @BeforeParameterizedClassInvocation
    void follow_a_history_as_it_happens() {
        System.out.println("seed " + SEED);
        log = new Log(database);
        url = database.freshUrl();
        queries = start();
        var history = new RandomHistory(SEED, "today");
        for (int i = 0; i < 20; i++) {
            history.next(40).forEach(happening -> log.append(Log.SOMEBODY, happening.occurredAt(), happening.events()));
            queries.catchUp();
        }
        List<JsonNode> active = portfolio(queries, "&status=ACTIVE");
        for (int i = 0; i < 10; i++) {
            promise(active.get(0), "C-kept-" + i, true);
            promise(active.get(1), "C-broken-" + i, false);
        }
        queries.catchUp();
    }

    /** Of late, so that it tells where trust is going. */
    private void promise(JsonNode listed, String id, boolean kept) {
        var relationship = new RelationshipId(listed.get("id").asString());
        var promise = new EntryId(id);
        log.append(
                LATELY,
                new CommitmentRecorded(relationship, promise, Party.THEM, "deliver", LocalDate.of(2026, 6, 1)),
                kept
                        ? new CommitmentKept(relationship, promise, false, null)
                        : new CommitmentBroken(relationship, promise, "no stock"));
    }

    @AfterParameterizedClassInvocation
    void end() {
        queries.close();
        log.close();
    }

    private RunningQuerySide start(String... settings) {
        return RunningQuerySide.of(log, database, url, settings);
    }

    private static List<JsonNode> portfolio(RunningQuerySide queries, String parameters) {
        return queries.all("head", "/api/v1/relationships?limit=40" + parameters);
    }

    private static void assertAgrees(RunningQuerySide queries, JsonNode listed, Instant today) {
        String id = listed.get("id").asString();
        JsonNode trust = listed.get("trust");
        Instant asOf = Instant.parse(trust.get("asOf").asString());
        assertThat(asOf).as(id).isAfterOrEqualTo(today);
        JsonNode now = pointAt(queries, id, asOf);
        JsonNode before = pointAt(queries, id, today.minus(WINDOW));
        for (String side : List.of("inThem", "inUs")) {
            assertThat(trust.get(side).propertyNames()).hasSize(7);
            trust.get(side)
                    .forEachEntry((figure, value) -> assertThat(value.asDouble())
                            .as("%s of %s in %s", figure, side, id)
                            .isCloseTo(now.get(side).get(figure).asDouble(), SAME));
            assertThat(trust.get(side.equals("inThem") ? "trend" : "trendInUs").asString())
                    .as(id)
                    .isEqualTo(trend(before.get(side), now.get(side)));
        }
    }

    private static JsonNode pointAt(RunningQuerySide queries, String id, Instant at) {
        return queries.get("head", "/api/v1/relationships/" + id + "/trust?from=" + at + "&to=" + at)
                .ok()
                .json()
                .get("points")
                .get(0);
    }

    private static String trend(JsonNode before, JsonNode after) {
        double moved = after.get("overall").asDouble() - before.get("overall").asDouble();
        if (after.get("uncertainty").asDouble() > 0.5) {
            return "UNKNOWN";
        }
        return Math.abs(moved) < 0.05 ? "STEADY" : moved > 0 ? "RISING" : "FALLING";
    }

    private static double inThem(JsonNode listed) {
        return listed.get("trust").get("inThem").get("overall").asDouble();
    }

    private static String trend(JsonNode listed) {
        return listed.get("trust").get("trend").asString();
    }

    private static List<String> ids(List<JsonNode> items) {
        return items.stream().map(item -> item.get("id").asString()).toList();
    }

    @Test
    void is_what_all_the_evidence_amounts_to() {
        Set<String> trends = new TreeSet<>();
        for (JsonNode listed : portfolio(queries, "")) {
            assertAgrees(queries, listed, TODAY);
            trends.add(trend(listed));
        }
        assertThat(trends).hasSizeGreaterThan(1);
    }

    @Test
    void is_sorted_by_and_filtered_by() {
        List<JsonNode> all = portfolio(queries, "");
        Comparator<JsonNode> order = Comparator.comparingDouble(The_trust_of_today::inThem)
                .thenComparing(item -> item.get("id").asString());

        assertThat(ids(queries.all("head", "/api/v1/relationships?limit=3&sort=trust")))
                .isEqualTo(ids(all.stream().sorted(order).toList()));
        assertThat(ids(queries.all("head", "/api/v1/relationships?limit=3&sort=-trust")))
                .isEqualTo(ids(all.stream().sorted(order.reversed()).toList()));
        assertThat(ids(portfolio(queries, "&trustBelow=0.5")))
                .isEqualTo(ids(all.stream().filter(item -> inThem(item) < 0.5).toList()))
                .isNotEmpty()
                .hasSizeLessThan(all.size());
        for (String trend : List.of("RISING", "FALLING", "STEADY", "UNKNOWN")) {
            assertThat(ids(portfolio(queries, "&trend=" + trend)))
                    .isEqualTo(ids(all.stream()
                            .filter(item -> trend(item).equals(trend))
                            .toList()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"trustBelow=-0.1", "trustBelow=1.1", "trustBelow=NaN", "trustBelow=half", "trend=UP"})
    void is_not_asked_for_by_what_makes_no_sense(String parameter) {
        assertThat(queries.get("head", "/api/v1/relationships?" + parameter).status())
                .isEqualTo(400);
    }

    @Test
    void is_told_of_a_relationship_by_itself_as_of_the_moment() {
        for (JsonNode listed : portfolio(queries, "&sort=trust")) {
            String id = listed.get("id").asString();
            JsonNode trust = queries.get("head", "/api/v1/relationships/" + id)
                    .ok()
                    .json()
                    .get("trust");
            Instant asOf = Instant.parse(trust.get("asOf").asString());
            assertThat(asOf).isAfterOrEqualTo(queries.clock.instant());
            assertThat(trust.get("inThem").get("overall").asDouble())
                    .isCloseTo(
                            pointAt(queries, id, asOf)
                                    .get("inThem")
                                    .get("overall")
                                    .asDouble(),
                            SAME);
            assertThat(trust.get("policy")).hasToString("{\"name\":\"prudent\",\"version\":\"1\"}");
        }
    }

    @Test
    void fades_by_itself_from_day_to_day() {
        String other = database.freshUrl();
        try (var renewing = RunningQuerySide.of(log, database, other, "--rapport.trust.renewal=PT0.05S")) {
            renewing.catchUp();
            Instant laterDay = TODAY.plus(Duration.ofDays(30));
            renewing.clock.set(laterDay.plus(Duration.ofHours(3)));

            Instant patience = Instant.now().plus(PATIENCE);
            while (portfolio(renewing, "").stream()
                    .anyMatch(listed -> asOf(listed).isBefore(laterDay))) {
                assertThat(Instant.now())
                        .as("the trust of the day before is told still")
                        .isBefore(patience);
            }

            portfolio(renewing, "").forEach(listed -> assertAgrees(renewing, listed, laterDay));
        }
    }

    private static Instant asOf(JsonNode listed) {
        return Instant.parse(listed.get("trust").get("asOf").asString());
    }

    @Test
    void is_of_the_new_day_as_soon_as_there_is_news_in_it() {
        String other = database.freshUrl();
        try (var queries = RunningQuerySide.of(log, database, other)) {
            queries.catchUp();
            JsonNode first = portfolio(queries, "&status=ACTIVE").getFirst();
            var relationship = new RelationshipId(first.get("id").asString());
            Instant nextDay = TODAY.plus(Duration.ofDays(1));
            queries.clock.set(nextDay.plus(Duration.ofHours(9)));

            var promise = new EntryId("C-news");
            Instant news = NOON.plus(Duration.ofDays(1));
            log.append(
                    news,
                    new CommitmentRecorded(relationship, promise, Party.THEM, "deliver", Examples.SOME_DAY),
                    new CommitmentBroken(relationship, promise, "no stock"));
            queries.catchUp();

            Map<String, JsonNode> listed = portfolio(queries, "").stream()
                    .collect(Collectors.toMap(item -> item.get("id").asString(), item -> item));
            assertThat(asOf(listed.get(relationship.value()))).isEqualTo(news);
            assertAgrees(queries, listed.get(relationship.value()), nextDay);
        }
    }

    @Test
    void is_by_the_policy_in_force_from_the_start() {
        try (var published = start("--rapport.trust.policy=published")) {
            List<JsonNode> listed = portfolio(published, "");
            assertThat(listed).allSatisfy(item -> {
                assertThat(item.get("trust").get("policy")).hasToString("{\"name\":\"published\",\"version\":\"1\"}");
                assertAgrees(published, item, TODAY);
            });
        }
        try (var prudent = start()) {
            assertThat(portfolio(prudent, ""))
                    .allSatisfy(item -> assertThat(
                                    item.get("trust").get("policy").get("name").asString())
                            .isEqualTo("prudent"));
        }
    }
}
