package dev.rapport.client.http;

import static dev.rapport.client.failure.Exit.MISUSED;
import static dev.rapport.client.failure.Exit.REFUSED;
import static dev.rapport.client.failure.Exit.UNREACHABLE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rapport.client.failure.ClientFailure;
import dev.rapport.client.json.Json;
import dev.rapport.client.json.Json.MalformedJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rapport, as it is asked. */
public final class RapportApi {

    /** Everything but pages that explain problems is below it. */
    public static final String BASE = "/api/v1";

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int LONGEST_PROBLEM = 1 << 20;

    private final URI server;
    private final Credentials credentials;
    private final Patience patience;
    private final HttpClient http;

    /**
     * A way to Rapport.
     *
     * @param server where it is, with the path that a proxy may have put in front
     */
    public RapportApi(URI server, Credentials credentials, Patience patience) {
        this.server = server;
        this.credentials = credentials;
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .connectTimeout(LONGEST_CONNECT)
                .followRedirects(Redirect.NEVER)
                .build();
    }

    /**
     * A server by its address.
     *
     * @throws ClientFailure when it is none
     */
    public static URI server(String address) {
        try {
            URI server = URI.create(address.endsWith("/") ? address.substring(0, address.length() - 1) : address);
            String scheme = String.valueOf(server.getScheme()).toLowerCase(Locale.ROOT);
            if (server.getHost() != null
                    && (scheme.equals("http") || scheme.equals("https"))
                    && server.getQuery() == null
                    && server.getUserInfo() == null) {
                return server;
            }
        } catch (IllegalArgumentException none) {
            // told below, as what is a URI but no server is
        }
        throw new ClientFailure(
                MISUSED,
                address + " is not where Rapport can be: it takes http:// or https://, a host and, if need be, a port");
    }

    public URI server() {
        return server;
    }

    /** An answer that is still coming. */
    public record Answer(InputStream body, Optional<String> position) {}

    /**
     * Asks, and asks again for as long as patience lasts while Rapport can't be reached or says that it can't answer now.
     *
     * @param query names and values; a name may occur more than once
     * @throws ClientFailure when the answer is no, or there is none
     */
    public Answer get(String path, List<Map.Entry<String, String>> query, String accept) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + BASE + path + written(query)))
                .timeout(patience.silence())
                .header("Accept", accept);
        credentials.header().ifPresent(header -> request.header("Authorization", header));
        for (int attempt = 1; ; attempt++) {
            Optional<Duration> asked;
            ClientFailure failure;
            try {
                HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
                if (response.statusCode() == 200) {
                    return new Answer(bodyOf(response), response.headers().firstValue("Rapport-Position"));
                }
                Refusal refusal = Refusal.of(
                        response.statusCode(), response.headers().firstValue("Retry-After"), problemOf(response));
                failure = failure(refusal);
                if (!refusal.isPassing()) {
                    throw failure;
                }
                asked = refusal.retryAfter();
            } catch (IOException e) {
                failure = unreachable(e);
                asked = Optional.empty();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            if (attempt > patience.repetitions()) {
                throw failure;
            }
            pause(attempt, asked);
        }
    }

    private InputStream bodyOf(HttpResponse<InputStream> response) {
        return new ImpatientBody(response.body(), patience.silence());
    }

    private byte[] problemOf(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = bodyOf(response)) {
            return body.readNBytes(LONGEST_PROBLEM);
        }
    }

    /** Asks for one document. */
    public Json document(String path, List<Map.Entry<String, String>> query) {
        try (InputStream body = get(path, query, "application/json").body()) {
            return Json.read(body.readAllBytes());
        } catch (IOException e) {
            throw unreachable(e);
        } catch (MalformedJson e) {
            throw new ClientFailure(REFUSED, server + " answered what is not JSON: " + e.where(), e);
        }
    }

    /** Who calls, as Rapport knows them. */
    public String caller() {
        return document("/caller", List.of()).get("subject").text();
    }

    /** Begins to import. */
    public ImportConnection openImport() throws IOException {
        return ImportConnection.open(server, BASE + "/imports", credentials, LONGEST_CONNECT, patience.silence());
    }

    /** Waits before the next attempt: as long as was asked for, or longer each time. */
    public void pause(int attempt, Optional<Duration> asked) {
        Duration pause = asked.orElse(patience.first().multipliedBy(1L << Math.min(attempt - 1, 10)));
        try {
            Thread.sleep((pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause).toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    public Patience patience() {
        return patience;
    }

    private static ClientFailure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ClientFailure(UNREACHABLE, "interrupted", e);
    }

    /** What to say of an answer that is no. */
    public ClientFailure failure(Refusal refusal) {
        return new ClientFailure(refusal.isPassing() ? UNREACHABLE : REFUSED, refusal.words());
    }

    /** What to say when there is no answer. */
    public ClientFailure unreachable(IOException e) {
        String why = e.getMessage() == null
                ? e.getClass()
                        .getSimpleName()
                        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                        .toLowerCase(Locale.ROOT)
                : e.getMessage();
        return new ClientFailure(UNREACHABLE, "no answer from " + server + ": " + why, e);
    }

    private static String written(List<Map.Entry<String, String>> query) {
        return query.stream()
                .map(parameter -> URLEncoder.encode(parameter.getKey(), UTF_8) + "="
                        + URLEncoder.encode(parameter.getValue(), UTF_8))
                .collect(Collectors.joining("&", query.isEmpty() ? "" : "?", ""));
    }
}
