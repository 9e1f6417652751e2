package dev.rapport.benchmark;

import dev.rapport.benchmark.subject.Past;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** How many commands a second are decided and on disk, in process, beside stock Axon and what the database can do at all. */
@Tag("benchmark")
@EnabledIfSystemProperty(named = Part.ONLY, matches = "|.*\\bcommands\\b.*")
class CommandsIT {

    private static final List<Who> ALL =
            List.of(Who.LIMIT, Who.LIMIT_IN_ONE_TRIP, Who.RAPPORT, Who.RAPPORT_KEYED, Who.AXON_JDBC, Who.AXON_JPA);

    @TempDir
    private Path folder;

    @Test
    void are_measured() throws Exception {
        Past past = Part.past();
        Page page = new Page("commands", "Commands in process");
        page.say(
                "%d threads, %d connections, %,d relationships of %d to %d events, filled in beforehand; each thread commands relationships of its own, drawn"
                                .formatted(
                                        Who.THREADS, Who.CONNECTIONS, past.relationships(), past.fewest(), past.most())
                        + " at random: half interactions, the rest commitments, fulfilments, disclosures and"
                        + " contributions, with texts of 60 to 260"
                        + " characters. Each subject runs in a process of its own with a heap of 1 GiB and has a database of its own; after %d s to warm up, %d"
                                .formatted(Part.WARM_UP.toSeconds(), Part.ROUNDS)
                        + " rounds of %d s in which they take turns, each after a checkpoint. Whoever answers a command has it on disk."
                                .formatted(Part.ROUND.toSeconds()));
        page.say("The limit inserts a row of the shape of an event (400 bytes of payload, 300 of metadata, a sequence,"
                + " a primary key and a unique index) and commits; it decides and encodes nothing. Rapport"
                + " encrypts texts and keeps a deadline for each commitment. Stock Axon has its defaults, but for"
                + " Jackson in place of XStream; on JPA it has %,d relationships, since filling in more takes it minutes,"
                        .formatted(Part.pastOnJpa().relationships())
                + " and it loads each anew anyway. Nobody has a projection running here.");
        try (Store.Postgres postgres = Store.Postgres.start()) {
            measure(page, "-postgresql", postgres, past);
        }
        try (Store.H2 h2 = Store.H2.in(folder)) {
            measure(page, "-h2", h2, past);
        }
        page.write();
    }

    private static void measure(Page page, String suffix, Store store, Past past) throws IOException, SQLException {
        List<SubjectInProcess> subjects = new ArrayList<>();
        try {
            for (Who who : ALL) {
                String url = store.database("commands_" + who.name().toLowerCase(Locale.ROOT));
                subjects.add(who.start(store, url, who == Who.AXON_JPA ? Part.pastOnJpa() : past));
            }
            Turns turns = new Turns(store, subjects);
            turns.take(Part.WARM_UP, Part.ROUNDS, Part.ROUND);
            report(page, suffix, store, turns);
        } finally {
            for (SubjectInProcess subject : subjects) {
                subject.close();
            }
        }
    }

    private static void report(Page page, String suffix, Store store, Turns turns) throws IOException, SQLException {
        page.say("## " + store.inWords());
        double limit = turns.rate(Who.LIMIT.label()).median();
        double stock = turns.rate(Who.AXON_JDBC.label()).median();
        List<List<String>> rows = new ArrayList<>();
        Map<String, Sample> bars = new LinkedHashMap<>();
        for (String name : turns.names()) {
            Sample rate = turns.rate(name);
            bars.put(name, rate);
            rows.add(List.of(
                    name,
                    Sample.say(rate.median()),
                    rate.spread(),
                    Sample.say(rate.median() / limit),
                    Sample.say(rate.median() / stock),
                    Sample.say(turns.median(name).median()),
                    Sample.say(turns.slowest(name).median())));
        }
        page.table(
                List.of("", "commands/s", "least to most", "of the limit", "times stock JDBC", "median, ms", "p99, ms"),
                rows);
        page.plot(suffix, "Commands a second, in process, " + store.inWords().replace("`", ""), bars);
    }
}
