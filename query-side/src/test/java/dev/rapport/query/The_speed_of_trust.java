package dev.rapport.query;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long questions about trust take over HTTP, with 10,000 relationships of 100 events each. Not a test: it measures and writes down. */
@Tag("benchmark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class The_speed_of_trust {

    private static final int RELATIONSHIPS = Integer.getInteger("rapport.benchmark.relationships", 10_000);
    private static final int EVENTS_OF_EACH = 100;
    private static final int OFTEN = 300;
    private static final int SELDOM = 10;

    private final PerformancePage page = new PerformancePage("trust", "How long questions about trust take");
    private final Random random = new Random(1);

    @ParameterizedTest
    @EnumSource(Database.class)
    void of_many_relationships(Database database) {
        String where = database == Database.H2 ? "H2" : "PostgreSQL";
        try (var log = new Log(database);
                var queries = RunningQuerySide.of(log, database)) {
            Duration filling = page.once(() -> new LongHistory(1, RELATIONSHIPS, EVENTS_OF_EACH).fill(queries));
            page.say(
                    "%s: %,d relationships with %,d events over five years, projected into all read models in %d s (%,d events/s, one thread)."
                            .formatted(
                                    where,
                                    RELATIONSHIPS,
                                    RELATIONSHIPS * EVENTS_OF_EACH,
                                    filling.toSeconds(),
                                    (long) RELATIONSHIPS * EVENTS_OF_EACH / Math.max(1, filling.toSeconds())));
            queries.bean("readJooq", DSLContext.class).execute("analyze");
            page.measure(
                    "one relationship's weekly trust over five years",
                    where,
                    OFTEN,
                    () -> ask(
                            queries,
                            "/api/v1/relationships/" + any() + "/trust?interval=week&from=" + LongHistory.BEGINNING));
            page.measure(
                    "why it is what it is",
                    where,
                    OFTEN,
                    () -> ask(queries, "/api/v1/relationships/" + any() + "/trust/explanation"));
            page.measure(
                    "the portfolio by trust, lowest first",
                    where,
                    OFTEN,
                    () -> ask(queries, "/api/v1/relationships?sort=trust"));
            page.measure(
                    "the portfolio by trust, highest first",
                    where,
                    OFTEN,
                    () -> ask(queries, "/api/v1/relationships?sort=-trust"));
            page.measure(
                    "the portfolio by trust, falling below 0.4",
                    where,
                    OFTEN,
                    () -> ask(queries, "/api/v1/relationships?sort=trust&trend=FALLING&trustBelow=0.4"));
            page.measure(
                    "`/reports/portfolio` by manager",
                    where,
                    SELDOM,
                    () -> ask(queries, "/api/v1/reports/portfolio?groupBy=manager"));
            page.measure(
                    "`/reports/commitments` by manager",
                    where,
                    SELDOM,
                    () -> ask(queries, "/api/v1/reports/commitments?groupBy=manager"));
            page.measure(
                    "`/reports/trust-trends` by manager, months of a year",
                    where,
                    SELDOM,
                    () -> ask(queries, "/api/v1/reports/trust-trends?groupBy=manager"));
            page.measure(
                    "`/reports/trust-trends` by group, weeks of five years",
                    where,
                    SELDOM,
                    () -> ask(
                            queries,
                            "/api/v1/reports/trust-trends?groupBy=group&interval=week&limit=500&from="
                                    + LongHistory.BEGINNING));
        }
    }

    private String any() {
        return LongHistory.relationship(random.nextInt(RELATIONSHIPS)).value();
    }

    private static void ask(RunningQuerySide queries, String path) {
        queries.get("head", path).ok();
    }

    @AfterAll
    void write_down() throws IOException {
        page.write();
    }
}
