package dev.rapport.command.dispatch;

import dev.rapport.command.DomainCommand;
import dev.rapport.command.dispatch.Answer.Accepted;
import dev.rapport.command.dispatch.Answer.Given;
import dev.rapport.command.dispatch.Answer.Refused;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/** Counts and times commands by what they are and what became of them; of whom and of what they tell, nothing. */
final class CommandMetrics {

    private static final String NONE = "none";

    private final MeterRegistry registry;

    CommandMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Has a command decided, and notes what became of it and how long that took. */
    Given of(DomainCommand command, Supplier<Given> decision) {
        // told from the first command on, and not only from the first that had to be retried
        retries(command).increment(0);
        Timer.Sample sample = Timer.start(registry);
        Tags tags = outcome("failed", NONE);
        try {
            Given given = decision.get();
            tags = outcome(given);
            return given;
        } finally {
            sample.stop(Timer.builder("rapport.commands")
                    .description("Commands, and how long each took until it was answered")
                    .serviceLevelObjectives(
                            Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(250), Duration.ofSeconds(1))
                    .tag("command", nameOf(command))
                    .tags(tags)
                    .register(registry));
        }
    }

    /** Another writer was faster, so that the command is decided anew. */
    void retried(DomainCommand command) {
        retries(command).increment();
    }

    private Counter retries(DomainCommand command) {
        return Counter.builder("rapport.command.retries")
                .description("Decisions that were taken anew, since another writer was faster")
                .tag("command", nameOf(command))
                .register(registry);
    }

    private static String nameOf(DomainCommand command) {
        return command.getClass().getSimpleName();
    }

    private static Tags outcome(Given given) {
        String problem = switch (given.answer()) {
            case Accepted _ -> NONE;
            case Refused refused -> refused.reason().problem().slug();
        };
        String now = problem.equals(NONE) ? "accepted" : "refused";
        return outcome(given.replayed() ? "replayed" : now, problem);
    }

    private static Tags outcome(String outcome, String problem) {
        return Tags.of("outcome", outcome, "problem", problem);
    }
}
