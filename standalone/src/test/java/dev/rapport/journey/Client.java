package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.events.ConsistencyToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A user of Rapport who speaks HTTP: posts commands, asks queries, and follows the consistency token of the last command. */
final class Client {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String server;
    private final String authorization;
    private volatile String lastToken = "";

    Client(String server, String user, String password) {
        this.server = server;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** What came back, with its body read as JSON when it is some. */
    record Answer(int status, JsonNode body, HttpResponse<byte[]> raw) {

        String text(String field) {
            return body.path(field).asString();
        }

        Optional<String> header(String name) {
            return raw.headers().firstValue(name);
        }
    }

    Answer command(String path, Map<String, ?> body) {
        return command(path, body, Map.of());
    }

    Answer command(String path, Map<String, ?> body, Map<String, String> headers) {
        return post(path, JSON.writeValueAsBytes(body), "application/json", headers);
    }

    Answer post(String path, byte[] body, String contentType, Map<String, String> headers) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        Answer answer = send(request);
        answer.header("Consistency-Token").ifPresent(token -> lastToken = token);
        return answer;
    }

    /** Asks a query that has seen this client's last command. */
    Answer query(String path) {
        HttpRequest.Builder request = request(path);
        if (!lastToken.isEmpty()) {
            request.header("Consistency-Token", lastToken);
        }
        return send(request);
    }

    /** Asks whatever there is to be asked. */
    Answer ask(String method, String path, Map<String, String> headers) {
        HttpRequest.Builder request = request(path).method(method, BodyPublishers.noBody());
        headers.forEach(request::header);
        return send(request);
    }

    /** Asks whether requests may be sent. */
    Answer ready() {
        return send(HttpRequest.newBuilder(URI.create(server + "/actuator/health/readiness")));
    }

    /** Asks for what is told on and on, and hangs up; a refusal is told at once. */
    Answer begin(String path) {
        try {
            HttpResponse<InputStream> response = HTTP.send(request(path).build(), BodyHandlers.ofInputStream());
            response.body().close();
            return response.statusCode() == 200 ? new Answer(200, JSON.nullNode(), null) : ask("GET", path, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The positions of so many events, as they are told on and on after one of them. */
    List<Long> follow(long afterPosition, int events) {
        HttpRequest request = request("/stream")
                .header("Last-Event-ID", String.valueOf(afterPosition))
                .build();
        try (Stream<String> lines = HTTP.send(request, BodyHandlers.ofLines()).body()) {
            return lines.filter(line -> line.startsWith("id:"))
                    .map(line -> Long.valueOf(line.substring(3).strip()))
                    .limit(events)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the read models have seen what a command did. */
    void awaitSeen(Answer written) {
        awaitSeen(
                ConsistencyToken.decode(written.header(ConsistencyToken.HEADER).orElseThrow())
                        .orElseThrow());
    }

    /** Waits until the read models have seen a write. */
    void awaitSeen(ConsistencyToken write) {
        Instant giveUpAt = Instant.now().plus(Duration.ofMinutes(1));
        Answer answer;
        do {
            answer = send(request("/stakeholders?limit=1").header(ConsistencyToken.HEADER, write.encode()));
        } while (answer.status() == 503 && Instant.now().isBefore(giveUpAt));
        assertThat(answer.status()).as("the read models' seeing %s", write).isEqualTo(200);
    }

    /** Imports lines and gives back the lines of the answer. */
    List<JsonNode> imports(InputStream lines) {
        HttpRequest.Builder request = request("/imports")
                .timeout(Duration.ofMinutes(20)) // the answer streams for as long as the file does
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofInputStream(() -> lines));
        return new String(send(request).raw().body(), StandardCharsets.UTF_8)
                .lines()
                .map(JSON::readTree)
                .toList();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server + "/api/v1" + path))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", authorization);
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            String type = response.headers().firstValue("Content-Type").orElse("");
            JsonNode body = type.contains("json") && !type.contains("ndjson") && response.body().length > 0
                    ? JSON.readTree(response.body())
                    : JSON.nullNode();
            return new Answer(response.statusCode(), body, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The fields of a body, in order: name, value, name, value. */
    static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
