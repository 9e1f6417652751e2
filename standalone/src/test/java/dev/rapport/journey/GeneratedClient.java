package dev.rapport.journey;

import dev.rapport.generated.CommandsApi;
import dev.rapport.generated.QueriesApi;
import dev.rapport.generated.http.ApiClient;
import dev.rapport.generated.http.ApiException;
import dev.rapport.generated.model.Problem;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** The client that is generated from docs/openapi.json, signed in; its queries have seen its last command. */
final class GeneratedClient {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String TOKEN = "Consistency-Token";

    private final AtomicReference<String> lastToken = new AtomicReference<>("");
    private final String authorization;
    private final CommandsApi commands;
    private final QueriesApi queries;

    GeneratedClient(String server, String user, String password) {
        authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        ApiClient client = new ApiClient();
        client.updateBaseUri(server);
        client.setRequestInterceptor(this::signIn);
        client.setResponseInterceptor(this::remember);
        commands = new CommandsApi(client);
        queries = new QueriesApi(client);
    }

    CommandsApi commands() {
        return commands;
    }

    /** Asks a query, and again while Rapport answers that it cannot tell yet. */
    <T> T ask(Function<QueriesApi, T> query) {
        Instant giveUpAt = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                return query.apply(queries);
            } catch (ApiException refused) {
                if (refused.getCode() != 503 || Instant.now().isAfter(giveUpAt)) {
                    throw refused;
                }
            }
        }
    }

    /** What a call was answered with that was refused. */
    static Problem problem(ApiException refused) {
        return JsonMapper.shared().readValue(refused.getResponseBody(), Problem.class);
    }

    private void signIn(HttpRequest.Builder request) {
        request.header("Authorization", authorization);
        if (!lastToken.get().isEmpty()) {
            request.header(TOKEN, lastToken.get());
        }
    }

    private void remember(HttpResponse<?> response) {
        response.headers().firstValue(TOKEN).ifPresent(lastToken::set);
    }
}
