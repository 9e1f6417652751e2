package dev.rapport.journey;

import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.journey.Client.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whoever refuses a request, a controller, the framework, its firewall or the container: the answer has one form. */
@Isolated("what the others write would be captured as well")
class Every_error {

    @TempDir
    private static Path data;

    private static RunningRapport rapport;

    @BeforeAll
    static void start() {
        rapport = RunningRapport.in(data);
    }

    @AfterAll
    static void stop() {
        rapport.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /error, application/json, 404",
        "GET, /error, text/html, 404",
        "GET, /nothing, text/html, 401",
        "DELETE, /nothing, application/json, 401",
        "DELETE, /problems/not-found, application/json, 405",
        "TRACE, /problems/not-found, application/json, 405",
        "GET, /problems/nothing, text/html, 404",
        "GET, /problems//not-found, application/json, 400",
        "GET, /problems/%zz, application/json, 400",
        "GET, /problems/a;b=c, application/json, 400"
    })
    void is_a_problem(String method, String path, String accept, int status) throws IOException {
        String answer = ask(method + " " + path + " HTTP/1.1\r\nHost: rapport\r\nAccept: " + accept
                + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertThat(answer.lines()).anyMatch(line -> line.matches("(?i)content-type: application/problem\\+json.*"));
        JsonNode problem =
                JsonMapper.shared().readTree(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("type").asString()).startsWith("/problems/");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void of_what_is_not_there_leaves_nothing_in_the_log(CapturedOutput log) {
        Answer answer =
                rapport.as("head").command("/relationships/nobody/desired-levels", fields("level", "ADDED_VALUE"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(log.getAll()).doesNotContain("nobody", "AggregateNotFoundException", "incident ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", ";", "application/json; charset=foo", "application/*", "text/plain"})
    void of_a_type_that_is_none_or_another_is_a_problem(String type) throws IOException {
        for (String path : List.of("/api/v1/stakeholders", "/api/v1/imports")) {
            String answer = ask("POST " + path + " HTTP/1.1\r\nHost: rapport\r\nAuthorization: Basic "
                    + Base64.getEncoder()
                            .encodeToString(("head:" + RunningRapport.PASSWORD).getBytes(StandardCharsets.UTF_8))
                    + "\r\nContent-Type: " + type + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");

            assertThat(answer).startsWith("HTTP/1.1 415");
            assertThat(answer).contains("/problems/unsupported-media-type");
        }
    }

    /** By hand, since no client sends what is no request. */
    private static String ask(String request) throws IOException {
        URI address = URI.create(rapport.address());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
