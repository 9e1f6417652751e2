package dev.rapport.benchmark;

import dev.rapport.benchmark.subject.Past;
import dev.rapport.benchmark.subject.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** How many events a second go into the read models when they are built anew. */
@Tag("benchmark")
@EnabledIfSystemProperty(named = Part.ONLY, matches = "|.*\\brebuild\\b.*")
class RebuildIT {

    private static final int EVENTS = Integer.getInteger("rapport.benchmark.events", 200_000);
    private static final int MOST_FOR_STOCK = 50_000;
    private static final int ROUNDS = Integer.getInteger("rapport.benchmark.rebuilds", 3);
    private static final int EVENTS_OF_A_RELATIONSHIP = 25;
    private static final int ACCEPTED = 202;

    @TempDir
    private Path folder;

    @Test
    void events_are_measured() throws Exception {
        Past past = of(EVENTS);
        Past stocks = of(Math.min(EVENTS, MOST_FOR_STOCK));
        Page page = new Page("rebuild", "rebuild-beside-peers", "Rebuilding the read models");
        page.say(
                "%,d events of %,d relationships; mix and texts as in [commands in process](commands.md). Rapport's rebuild fills all of its read models, follows"
                                .formatted(past.steps() + past.relationships(), past.relationships())
                        + " what came meanwhile, and compares every row with the live generation before it changes"
                        + " over: the filling is what others do too, the"
                        + " whole is what an operator waits for. It is asked for over HTTP, of the packaged jar. Stock Axon replays %,d events into one small read model"
                                .formatted(stocks.steps())
                        + " of counters: JDBC store and token store, the pooled processor with its defaults. The limit"
                        + " reads the same log as Rapport with one cursor and"
                        + " parses each payload, on one thread. After one of each to warm up, %d rounds in which they take turns."
                                .formatted(ROUNDS));
        try (Store.Postgres postgres = Store.Postgres.start()) {
            measure(page, postgres, past, stocks);
        }
        page.write();
    }

    private static Past of(int events) {
        return new Past(events / (EVENTS_OF_A_RELATIONSHIP + 1), EVENTS_OF_A_RELATIONSHIP, EVENTS_OF_A_RELATIONSHIP);
    }

    private void measure(Page page, Store.Postgres postgres, Past past, Past stocks) throws Exception {
        String events = postgres.database("events");
        postgres.database("read");
        try (SubjectInProcess filling = Who.RAPPORT.start(postgres, events, past)) {
            filling.ask("fill");
        }
        List<Double> filled = new ArrayList<>();
        List<Double> rebuilt = new ArrayList<>();
        List<Double> scanned = new ArrayList<>();
        List<Double> replayed = new ArrayList<>();
        try (PackagedRapport rapport =
                        PackagedRapport.on(postgres, "events", "read", folder.resolve("rapport"), Who.CONNECTIONS);
                SubjectInProcess scan = Who.SCAN.start(postgres, events, past);
                SubjectInProcess stock = Who.AXON_REPLAY.start(postgres, postgres.database("stock"), stocks)) {
            stock.ask("fill");
            rapport.settle();
            for (int round = -1; round < ROUNDS; round++) {
                postgres.settle();
                Rebuilt one = rebuild(rapport);
                postgres.settle();
                double scanning = Run.read(scan.ask("scan")).perSecond();
                postgres.settle();
                double replaying = Run.read(stock.ask("replay")).perSecond();
                if (round >= 0) {
                    filled.add(one.filling());
                    rebuilt.add(one.whole());
                    scanned.add(scanning);
                    replayed.add(replaying);
                }
            }
        }
        Map<String, Sample> rates = new LinkedHashMap<>();
        rates.put(Who.SCAN.label(), sample(scanned));
        rates.put("Rapport, filling all read models", sample(filled));
        rates.put("Rapport, the whole rebuild", sample(rebuilt));
        rates.put(Who.AXON_REPLAY.label(), sample(replayed));
        report(page, postgres, rates);
    }

    private static Sample sample(List<Double> values) {
        return new Sample(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** In events a second. */
    private record Rebuilt(double filling, double whole) {}

    private static Rebuilt rebuild(PackagedRapport rapport) throws IOException {
        Connection.Answer asked = rapport.post("/api/v1/operations/rebuilds", "{}", "operator");
        if (asked.status() != ACCEPTED) {
            throw new IllegalStateException("answered " + asked);
        }
        String path = "/api/v1/operations/rebuilds/" + field(asked.body(), "id");
        String view = rapport.get(path, "operator");
        while (!field(view, "state").matches("DONE|REFUSED|FAILED|CANCELLED")) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            view = rapport.get(path, "operator");
        }
        if (!field(view, "state").equals("DONE")) {
            throw new IllegalStateException("ended as " + view);
        }
        Duration whole =
                Duration.between(Instant.parse(field(view, "requestedAt")), Instant.parse(field(view, "finishedAt")));
        return new Rebuilt(
                Double.parseDouble(field(view, "eventsPerSecond")),
                Double.parseDouble(field(view, "events")) * 1e9 / whole.toNanos());
    }

    private static String field(String json, String name) {
        Matcher field = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(json);
        if (!field.find()) {
            throw new IllegalStateException("no " + name + " in " + json);
        }
        return field.group(1);
    }

    private static void report(Page page, Store.Postgres postgres, Map<String, Sample> rates)
            throws IOException, SQLException {
        page.say("## " + postgres.inWords());
        double limit = rates.get(Who.SCAN.label()).median();
        double stock = rates.get(Who.AXON_REPLAY.label()).median();
        List<List<String>> rows = new ArrayList<>();
        rates.forEach((name, rate) -> rows.add(List.of(
                name,
                Sample.say(rate.median()),
                rate.spread(),
                Sample.say(rate.median() / limit),
                Sample.say(rate.median() / stock))));
        page.table(List.of("", "events/s", "least to most", "of the limit", "times stock Axon"), rows);
        page.plot("", "Events a second into read models, " + postgres.inWords().replace("`", ""), rates);
    }
}
