package dev.rapport.benchmark;

import dev.rapport.benchmark.subject.Past;
import java.time.Duration;

/** The parts of the benchmark, any of which can be run alone, and what they have in common: how long, how often, how much. */
final class Part {

    /** Names the parts that are to be run, all if it is empty: {@code commands,http}. */
    static final String ONLY = "rapport.benchmark.only";

    static final int ROUNDS = Integer.getInteger("rapport.benchmark.rounds", 5);
    static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("rapport.benchmark.seconds", 4));
    static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("rapport.benchmark.warm-up", 40));

    private static final int RELATIONSHIPS = Integer.getInteger("rapport.benchmark.relationships", 10_000);
    private static final int MOST_ON_JPA = 2_000;
    private static final int FEWEST_EVENTS = 20;
    private static final int MOST_EVENTS = 30;

    private Part() {}

    /** The relationships that commands are given to. */
    static Past past() {
        return new Past(RELATIONSHIPS, FEWEST_EVENTS, MOST_EVENTS);
    }

    /** Fewer of them for stock Axon on JPA, which keeps none in memory, and which it takes minutes to fill in more. */
    static Past pastOnJpa() {
        return new Past(Math.min(RELATIONSHIPS, MOST_ON_JPA), FEWEST_EVENTS, MOST_EVENTS);
    }
}
