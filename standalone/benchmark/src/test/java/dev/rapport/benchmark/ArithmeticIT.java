package dev.rapport.benchmark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/** How long the arithmetic for one event takes: trust, hashing, upcasting. */
@Tag("benchmark")
@EnabledIfSystemProperty(named = Part.ONLY, matches = "|.*\\barithmetic\\b.*")
class ArithmeticIT {

    private static final Map<String, String> WORDS = Map.of(
            "trustOfToday", "trust of today, from what a projection keeps",
            "oneMorePiece", "an entry's evidence taken back and given again",
            "weeklyCurve", "weekly trust over five years, from 100 events",
            "hashOfAnEvent", "the hash of an event of 700 bytes",
            "oneMoreLeaf", "one more leaf in the tree",
            "decodingToday", "decoding an event of today's revision",
            "decodingTheOldest", "decoding an event of the oldest revision");

    @Test
    void is_measured() throws Exception {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(Arithmetic.class.getName())
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.milliseconds(500))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.milliseconds(500))
                        .shouldFailOnError(true)
                        .build())
                .run();
        Page page = new Page("arithmetic", "The arithmetic for one event");
        page.say("By JMH, on one thread: mean of five iterations of half a second, after three to warm up, in a process"
                + " of its own each.");
        List<List<String>> rows = new ArrayList<>();
        for (RunResult result : results) {
            Statistics nanos = result.getPrimaryResult().getStatistics();
            rows.add(List.of(
                    WORDS.get(result.getPrimaryResult().getLabel()),
                    Sample.say(nanos.getMean() / 1e3),
                    Sample.say(nanos.getMin() / 1e3) + " to " + Sample.say(nanos.getMax() / 1e3)));
        }
        page.table(List.of("", "µs", "least to most"), rows);
        page.write();
    }
}
