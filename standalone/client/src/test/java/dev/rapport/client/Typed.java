package dev.rapport.client;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** A command as somebody types it, and what came of it. */
public record Typed(int exit, String out, String err) {

    /** Friday evening. */
    public static final Instant NOW = Instant.parse("2026-11-27T18:00:00Z");

    /** Runs a command in this process. */
    public static Typed rapport(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = RapportClient.run(
                new Surroundings(
                        environment,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        Clock.fixed(NOW, ZoneOffset.UTC)),
                arguments);
        return new Typed(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** What there is around somebody who calls a server. */
    public static Map<String, String> signedIn(String server) {
        Map<String, String> environment = new HashMap<>();
        environment.put("RAPPORT_URL", server);
        environment.put("RAPPORT_USER", "somebody");
        environment.put("RAPPORT_PASSWORD", "secret");
        return environment;
    }
}
