package dev.rapport.client;

import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * What a command finds around it.
 *
 * @param environment its variables
 * @param out for what was asked for
 * @param err for what is said about it
 * @param isTerminal whether somebody is looking on
 */
public record Surroundings(
        Map<String, String> environment, PrintStream out, PrintStream err, boolean isTerminal, Clock clock) {

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Those of this process. */
    static Surroundings ofThisProcess() {
        return new Surroundings(
                System.getenv(),
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                isTerminalHere(),
                Clock.systemUTC());
    }

    /** A later Java has a console also where there is no terminal, and says so. */
    @SuppressWarnings("SystemConsoleNull") // what an earlier Java says, which has no other way
    private static boolean isTerminalHere() {
        Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException earlierJava) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** Says something about the command. */
    void say(String words) {
        err.println("rapport: " + words);
    }
}
