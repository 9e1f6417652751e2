package dev.rapport.benchmark;

import dev.rapport.benchmark.subject.Durations;
import dev.rapport.benchmark.subject.Past;
import dev.rapport.benchmark.subject.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** How many commands a second come in over HTTP, with everything running that a user has running, and how long one takes at half of that. */
@Tag("benchmark")
@EnabledIfSystemProperty(named = Part.ONLY, matches = "|.*\\bhttp\\b.*")
class HttpIT {

    /** The share of the most that Rapport takes, while it is looked at how soon writes are seen. */
    private static final int TENTH = 10;

    private static final int CLIENTS = Integer.getInteger("rapport.benchmark.clients", 16);
    private static final double MILLIS = 1e6;

    @TempDir
    private Path folder;

    /** What was seen of a subject. */
    private static final class Seen {

        private final HttpSubject subject;
        private final HttpLoad load;
        private final List<Run> flatOut = new ArrayList<>();
        private final List<Double> behind = new ArrayList<>();
        private final List<Run> atHalf = new ArrayList<>();

        Seen(HttpSubject subject, Past past) throws IOException {
            this.subject = subject;
            this.load = new HttpLoad(subject.port(), CLIENTS, past);
        }

        Sample rate() {
            return new Sample(flatOut.stream().mapToDouble(Run::perSecond).toArray());
        }

        Sample behind() {
            return new Sample(behind.stream().mapToDouble(Double::doubleValue).toArray());
        }

        Sample medianAtHalf() {
            return new Sample(
                    atHalf.stream().mapToDouble(run -> run.median() / MILLIS).toArray());
        }

        Sample slowestAtHalf() {
            return new Sample(
                    atHalf.stream().mapToDouble(run -> run.slowest1() / MILLIS).toArray());
        }
    }

    @Test
    void commands_are_measured() throws Exception {
        Past past = Part.past();
        Page page = new Page("http", "Commands over HTTP");
        page.say(
                "%d clients with a connection each, kept open, post to %,d relationships of %d to %d events; bodies, mix and texts as in"
                                .formatted(CLIENTS, past.relationships(), past.fewest(), past.most())
                        + " [commands in process](commands.md), HTTP Basic, %d connections to the database. After %d s to warm up, %d rounds of %d s flat out in which"
                                .formatted(
                                        Who.CONNECTIONS, Part.WARM_UP.toSeconds(), Part.ROUNDS, Part.ROUND.toSeconds())
                        + " the servers take turns, each after a checkpoint and when everybody has caught up; then as"
                        + " many rounds at half of what each one's median was, sent by the clock: what waits because"
                        + " an earlier answer was late, has waited since it was due. The clients run on the same"
                        + " cores.");
        page.say("Rapport is the packaged jar: local users, an idempotency key with each request, the seal and all"
                + " projections running. Stock Axon has one small read model of counters (pooled processor) and"
                + " keeps no keys, and has %,d relationships. The"
                        .formatted(Part.pastOnJpa().relationships())
                + " Envers service inserts an entry and updates counters of its relationship,"
                + " both audited, as most teams would. Of the peers' users, the password is compared in clear, so"
                + " that they do not pay for bcrypt.");
        try (Store.Postgres postgres = Store.Postgres.start()) {
            List<Seen> all = new ArrayList<>();
            try {
                all.add(new Seen(rapport(postgres, past), past));
                all.add(peer(Who.AXON_HTTP, postgres, Part.pastOnJpa()));
                all.add(peer(Who.ENVERS_HTTP, postgres, past));
                measure(postgres, all);
                report(page, postgres, all);
                reportSeen(page, all.getFirst(), past);
            } finally {
                for (Seen seen : all) {
                    seen.load.close();
                    seen.subject.close();
                }
            }
        }
        page.write();
    }

    private static Seen peer(Who who, Store.Postgres postgres, Past past) throws Exception {
        String url = postgres.database(who.name().toLowerCase(Locale.ROOT));
        return new Seen(HttpSubject.Peer.of(who.start(postgres, url, past)), past);
    }

    private HttpSubject rapport(Store.Postgres postgres, Past past) throws Exception {
        String events = postgres.database("events");
        postgres.database("read");
        try (SubjectInProcess filling = Who.RAPPORT.start(postgres, events, past)) {
            filling.ask("fill");
        }
        return PackagedRapport.on(postgres, "events", "read", folder.resolve("rapport"), Who.CONNECTIONS);
    }

    private static void measure(Store.Postgres postgres, List<Seen> all) throws Exception {
        for (Seen seen : all) {
            seen.subject.settle();
            seen.load.flatOut(Part.WARM_UP.toNanos());
        }
        for (int round = 0; round < Part.ROUNDS; round++) {
            for (int turn = 0; turn < all.size(); turn++) {
                Seen seen = all.get((round + turn) % all.size());
                seen.subject.settle();
                postgres.settle();
                seen.flatOut.add(seen.load.flatOut(Part.ROUND.toNanos()));
                seen.behind.add(seen.subject.settle());
            }
        }
        for (int round = 0; round < Part.ROUNDS; round++) {
            for (int turn = 0; turn < all.size(); turn++) {
                Seen seen = all.get((round + turn) % all.size());
                seen.subject.settle();
                postgres.settle();
                seen.atHalf.add(seen.load.at(seen.rate().median() / 2, Part.ROUND.toNanos()));
            }
        }
    }

    private static void reportSeen(Page page, Seen rapport, Past past) throws Exception {
        Follower follower = new Follower(rapport.subject.port(), past);
        double perSecond = rapport.rate().median() / TENTH;
        followed(rapport, follower, perSecond, Part.WARM_UP); // nobody has asked a query before
        List<Run> runs = new ArrayList<>();
        for (int round = 0; round < Part.ROUNDS; round++) {
            runs.add(followed(rapport, follower, perSecond, Part.ROUND));
        }
        page.say("## How soon a write is seen");
        page.say("""
            From Rapport's answer to a command to its answer to a query that shows it, both sides in one process: somebody \
            gives one command after the other and asks for each, while the others send %s a second, a tenth of the most. \
            After %d s that are not counted, %,d of them in %d rounds of %d s.\
            """.formatted(
                        Sample.say(perSecond),
                        Part.WARM_UP.toSeconds(),
                        runs.stream().mapToLong(Run::steps).sum(),
                        Part.ROUNDS,
                        Part.ROUND.toSeconds()));
        Sample medians = new Sample(
                runs.stream().mapToDouble(run -> run.median() / MILLIS).toArray());
        Sample slowest = new Sample(
                runs.stream().mapToDouble(run -> run.slowest1() / MILLIS).toArray());
        page.table(
                List.of("", "of the rounds: median, ms", "least to most"),
                List.of(
                        List.of("median", Sample.say(medians.median()), medians.spread()),
                        List.of("p99", Sample.say(slowest.median()), slowest.spread())));
    }

    private static Run followed(Seen rapport, Follower follower, double perSecond, Duration duration) throws Exception {
        rapport.subject.settle();
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            long begin = System.nanoTime();
            Future<Run> load = others.submit(() -> rapport.load.at(perSecond, duration.toNanos()));
            Durations seen = follower.follow(() -> !load.isDone());
            load.get();
            return Run.of(seen, System.nanoTime() - begin);
        }
    }

    private static void report(Page page, Store.Postgres postgres, List<Seen> all) throws Exception {
        page.say("## " + postgres.inWords());
        double rapport = all.getFirst().rate().median();
        List<List<String>> rows = new ArrayList<>();
        Map<String, Sample> bars = new LinkedHashMap<>();
        for (Seen seen : all) {
            Sample rate = seen.rate();
            bars.put(seen.subject.name(), rate);
            rows.add(List.of(
                    seen.subject.name(),
                    Sample.say(rate.median()),
                    rate.spread(),
                    Sample.say(rapport / rate.median()),
                    Sample.say(seen.behind().median()),
                    Sample.say(rate.median() / 2),
                    Sample.say(seen.medianAtHalf().median()),
                    Sample.say(seen.slowestAtHalf().median()),
                    seen.slowestAtHalf().spread()));
        }
        page.table(
                List.of(
                        "",
                        "commands/s",
                        "least to most",
                        "Rapport is times as fast",
                        "projections behind at the end, s",
                        "at half: commands/s",
                        "median, ms",
                        "p99, ms",
                        "p99, least to most"),
                rows);
        page.plot("", "Commands a second over HTTP, " + postgres.inWords().replace("`", ""), bars);
    }
}
