package dev.rapport.command.dispatch;

import dev.rapport.command.DomainCommand;
import dev.rapport.command.dispatch.Answer.Accepted;
import dev.rapport.command.dispatch.Answer.Given;
import dev.rapport.command.dispatch.Answer.Refused;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Counts and times commands by what they are and what became of them; of whom and of what they tell, nothing. */
final class CommandMetrics {

    private static final String NONE = "none";

    private final MeterRegistry registry;

    /** To look one up in the registry takes as long as a small decision. */
    private final Map<Told, Timer> timers = new ConcurrentHashMap<>();

    private final Map<Class<?>, Counter> retries = new ConcurrentHashMap<>();

    CommandMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** What is told apart. */
    private record Told(String command, String outcome, String problem) {}

    /** Has a command decided, and notes what became of it and how long that took. */
    Given of(DomainCommand command, Supplier<Given> decision) {
        retries(command); // told from the first command on, and not only from the first that had to be retried
        long began = System.nanoTime();
        Told told = new Told(nameOf(command), "failed", NONE);
        try {
            Given given = decision.get();
            told = told(command, given);
            return given;
        } finally {
            timers.computeIfAbsent(told, this::timer).record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        }
    }

    /** Notes what became of a command that was decided with others, and how long all of them took until they were committed. */
    void answered(DomainCommand command, Given given, Duration took) {
        retries(command);
        timers.computeIfAbsent(told(command, given), this::timer).record(took);
    }

    private Timer timer(Told told) {
        return Timer.builder("rapport.commands")
                .description("Commands, and how long each took until it was answered")
                .serviceLevelObjectives(
                        Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(250), Duration.ofSeconds(1))
                .tag("command", told.command)
                .tag("outcome", told.outcome)
                .tag("problem", told.problem)
                .register(registry);
    }

    /** Another writer was faster, so that the command is decided anew. */
    void retried(DomainCommand command) {
        retries(command).increment();
    }

    private Counter retries(DomainCommand command) {
        return retries.computeIfAbsent(
                command.getClass(),
                _ -> Counter.builder("rapport.command.retries")
                        .description("Decisions that were taken anew, since another writer was faster")
                        .tag("command", nameOf(command))
                        .register(registry));
    }

    private static String nameOf(DomainCommand command) {
        return command.getClass().getSimpleName();
    }

    private static Told told(DomainCommand command, Given given) {
        String problem = switch (given.answer()) {
            case Accepted _ -> NONE;
            case Refused refused -> refused.reason().problem().slug();
        };
        String now = problem.equals(NONE) ? "accepted" : "refused";
        return new Told(nameOf(command), given.replayed() ? "replayed" : now, problem);
    }
}
