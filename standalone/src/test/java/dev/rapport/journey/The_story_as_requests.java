package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.journey.Client.Answer;
import dev.rapport.journey.PublishedStory.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docker/requests.http, played from its first request to its last beside the sample data, as somebody would who clicks through it. */
class The_story_as_requests {

    private static final String NAME = "norvale";

    @TempDir
    private Path data;

    @Test
    void is_answered_as_its_titles_say() throws IOException, InterruptedException {
        try (RunningRapport rapport = RunningRapport.withSampleData(data)) {
            Map<String, Client> clients = new HashMap<>();
            for (Request request : PublishedStory.of(NAME).requests()) {
                assertThat(status(rapport, clients, request))
                        .as(request.method() + " " + request.path())
                        .isEqualTo(request.status());
            }
        }
    }

    private static int status(RunningRapport rapport, Map<String, Client> clients, Request request)
            throws IOException, InterruptedException {
        if (request.user().isEmpty()) {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(rapport.address() + request.path()))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
        Client client = clients.computeIfAbsent(request.user(), rapport::as);
        if (request.path().startsWith("/stream")) {
            return client.begin(request.path()).status();
        }
        if (request.method().equals("GET")) {
            return (request.headers().isEmpty()
                            ? client.query(request.path())
                            : client.ask("GET", request.path(), request.headers()))
                    .status();
        }
        Answer answer = client.post(
                request.path(),
                request.body().getBytes(StandardCharsets.UTF_8),
                request.contentType(),
                request.headers());
        if (answer.header("Consistency-Token").isPresent()) {
            client.awaitSeen(answer); // whoever clicks is not that fast
        }
        return answer.status();
    }

    @Test
    void has_every_command_that_there_is() throws IOException {
        List<Request> requests = PublishedStory.of(NAME).requests();
        Stream<DocumentedOperation> untold = DocumentedOperation.all().stream()
                .filter(DocumentedOperation::isCommand)
                .filter(operation -> requests.stream().noneMatch(request -> isOf(request, operation)));

        assertThat(untold).isEmpty();
    }

    private static boolean isOf(Request request, DocumentedOperation operation) {
        Pattern form =
                Pattern.compile(operation.path().substring("/api/v1".length()).replaceAll("\\{\\w+}", "[^/]+"));
        return request.method().equals("POST")
                && request.status() == 201
                && form.matcher(request.path()).matches();
    }
}
