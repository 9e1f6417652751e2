package dev.rapport.client;

import static dev.rapport.client.failure.Exit.FILE;
import static dev.rapport.client.failure.Exit.MISUSED;

import dev.rapport.client.failure.ClientFailure;
import dev.rapport.client.http.Credentials;
import dev.rapport.client.http.Patience;
import dev.rapport.client.http.RapportApi;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where Rapport is, and who calls. */
final class ServerOptions {

    private static final String DEFAULT_SERVER = "http://127.0.0.1:8080";
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int LONGEST_TIMEOUT = 3600;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where Rapport is; else RAPPORT_URL says it, else it is " + DEFAULT_SERVER + ".")
    private @Nullable String url;

    @Option(
            names = {"-u", "--user"},
            paramLabel = "NAME",
            description = "Who calls; else RAPPORT_USER says it.")
    private @Nullable String user;

    @Option(
            names = "--password",
            interactive = true,
            arity = "0",
            prompt = "Password: ",
            description = "Ask for the password. Without it, RAPPORT_PASSWORD or --password-file has it.")
    private char @Nullable [] password;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "The password is the first line of this file.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Call with the bearer token in this file; else with that of RAPPORT_TOKEN, if there is one.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--retries",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often to try again when Rapport can't be reached or can't answer now, waiting longer"
                    + " each time (default: ${DEFAULT-VALUE}).")
    private int retries;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "Give an answer up when nothing of it comes for so long (default: ${DEFAULT-VALUE}).")
    private int timeout;

    /** Rapport, as these options and the environment have it. */
    RapportApi rapport(Surroundings surroundings) {
        if (retries < 0) {
            throw new ClientFailure(MISUSED, "--retries is 0 or more");
        }
        if (timeout < 1 || timeout > LONGEST_TIMEOUT) {
            throw new ClientFailure(MISUSED, "--timeout is from 1 to " + LONGEST_TIMEOUT + " seconds");
        }
        String address =
                url != null ? url : surroundings.variable("RAPPORT_URL").orElse(DEFAULT_SERVER);
        URI server = RapportApi.server(address);
        Credentials credentials = credentials(surroundings);
        if (server.getScheme().equalsIgnoreCase("http") && !isHere(server.getHost())) {
            surroundings.say(
                    "what is sent to " + server + ", the password too, can be read on its way: it is not https");
        }
        return new RapportApi(server, credentials, new Patience(retries, FIRST_PAUSE, Duration.ofSeconds(timeout)));
    }

    private static boolean isHere(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    private Credentials credentials(Surroundings surroundings) {
        if (tokenFile != null) {
            return Credentials.bearer(firstLine(tokenFile));
        }
        Optional<String> name = Optional.ofNullable(user).or(() -> surroundings.variable("RAPPORT_USER"));
        Optional<String> secret = password != null
                ? Optional.of(new String(password))
                : passwordFile != null
                        ? Optional.of(firstLine(passwordFile))
                        : surroundings.variable("RAPPORT_PASSWORD");
        if (user == null && surroundings.variable("RAPPORT_TOKEN").isPresent()) {
            return Credentials.bearer(surroundings.variable("RAPPORT_TOKEN").get());
        }
        if (name.isEmpty()) {
            throw new ClientFailure(
                    MISUSED, "who calls? --user or RAPPORT_USER says it, and RAPPORT_PASSWORD; or RAPPORT_TOKEN");
        }
        if (secret.isEmpty()) {
            throw new ClientFailure(
                    MISUSED,
                    "the password of " + name.get()
                            + "? RAPPORT_PASSWORD has it, or --password-file; --password asks for it");
        }
        return Credentials.basic(name.get(), secret.get());
    }

    private static String firstLine(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .orElseThrow(() -> new ClientFailure(FILE, file + " is empty"));
        } catch (IOException e) {
            throw new ClientFailure(FILE, file + " can't be read: " + e, e);
        }
    }
}
