package dev.rapport.journey;

import static dev.rapport.journey.Client.fields;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.journey.Client.Answer;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who asks too often, guesses, or comes from where nobody should. */
@Isolated("what the others write would be captured as well")
@ExtendWith(OutputCaptureExtension.class)
class Somebody_at_the_door {

    @TempDir
    private Path data;

    /** What stands in the security log so far, as the lines of JSON that it has. */
    private static List<JsonNode> lines(CapturedOutput output) {
        return texts(output).stream().map(JsonMapper.shared()::readTree).toList();
    }

    private static List<String> texts(CapturedOutput output) {
        return output.getOut()
                .lines()
                .filter(line -> line.contains(" rapport.security "))
                .map(line -> line.substring(line.indexOf('{')))
                .toList();
    }

    @Test
    void who_asks_more_often_than_allowed_waits_and_nobody_else_does(CapturedOutput output) {
        try (RunningRapport rapport = RunningRapport.in(
                data,
                Map.of(
                        "rapport.limits.burst", "5",
                        "rapport.limits.requests-per-second", "1",
                        "logging.level.rapport.security", "info"))) {
            Client reporter = rapport.as("reporter");
            Answer answer = reporter.query("/stakeholders");
            for (int more = 0; more < 20 && answer.status() == 200; more++) {
                answer = reporter.query("/stakeholders");
            }

            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.text("type")).isEqualTo("/problems/too-many-requests");
            assertThat(answer.header("Retry-After")).hasValue("1");
            assertThat(rapport.as("auditor").query("/stakeholders").status()).isEqualTo(200);
            assertThat(lines(output))
                    .anyMatch(line -> line.path("kind").asString().equals("LIMIT_HIT"));
        }
    }

    @Test
    void who_guesses_passwords_is_logged_without_a_name_and_at_last_not_heard(CapturedOutput output) {
        try (RunningRapport rapport = RunningRapport.in(data, Map.of("logging.level.rapport.security", "info"))) {
            Client guessing = new Client(rapport.address(), "head\nforged: yes", "guess");
            Answer answer = guessing.query("/stakeholders");
            assertThat(answer.status()).isEqualTo(401);
            for (int more = 0; more < 100 && answer.status() == 401; more++) {
                answer = guessing.query("/stakeholders");
            }

            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.header("Retry-After")).isPresent();
            assertThat(lines(output).getFirst().path("kind").asString()).isEqualTo("SIGN_IN_REFUSED");
            assertThat(lines(output).getFirst().path("operation").asString()).isEqualTo("listStakeholders");
            assertThat(texts(output))
                    .allSatisfy(line -> assertThat(line).doesNotContain("forged", "guess\"", "127.0.0.1"));
            assertThat(output.getOut().lines()).noneMatch(line -> line.startsWith("forged"));
        }
    }

    @Test
    void whose_role_does_not_open_an_operation_is_logged_under_a_pseudonym(CapturedOutput output) {
        try (RunningRapport rapport = RunningRapport.in(data, Map.of("logging.level.rapport.security", "info"))) {
            assertThat(rapport.as("reporter")
                            .command("/stakeholders", fields("name", "A", "kind", "PARTNER", "group", "g"))
                            .status())
                    .isEqualTo(403);

            assertThat(lines(output)).singleElement().satisfies(line -> {
                assertThat(line.path("kind").asString()).isEqualTo("ACCESS_REFUSED");
                assertThat(line.path("operation").asString()).isEqualTo("registerStakeholder");
                assertThat(line.path("caller").asString()).matches("[0-9a-f]{16}");
            });
        }
    }

    @Test
    void who_sends_slowly_is_not_waited_for_and_nobody_else_waits() throws Exception {
        try (RunningRapport rapport = RunningRapport.in(data, Map.of("server.tomcat.connection-timeout", "1s"))) {
            URI address = URI.create(rapport.address());
            try (Socket slowHead = new Socket(address.getHost(), address.getPort());
                    Socket slowBody = new Socket(address.getHost(), address.getPort())) {
                slowHead.setSoTimeout(60_000);
                slowBody.setSoTimeout(60_000);
                slowHead.getOutputStream().write("POST /api/v1/stakeholders HTTP/1.1\r\nHo".getBytes(US_ASCII));
                slowBody.getOutputStream()
                        .write(("POST /api/v1/stakeholders HTTP/1.1\r\n"
                                        + "Host: rapport\r\n"
                                        + "Content-Type: application/json\r\n"
                                        + RawHttp.signedInAs("head") + "\r\nContent-Length: 100\r\n\r\n{")
                                .getBytes(US_ASCII));

                assertThat(rapport.as("head").query("/stakeholders").status()).isEqualTo(200);
                assertThat(slowHead.getInputStream().readAllBytes()).isEmpty();
                assertThat(new String(slowBody.getInputStream().readAllBytes(), US_ASCII))
                        .startsWith("HTTP/1.1 400")
                        .contains("/problems/malformed-request");
            }
        }
    }

    @Test
    void who_comes_from_another_network_finds_no_users_of_the_first_look() {
        assertThatThrownBy(() -> RunningRapport.in(data, Map.of("server.address", "0.0.0.0")))
                .hasStackTraceContaining("whose one password anybody could try");
        try (RunningRapport trusted = RunningRapport.in(
                data, Map.of("server.address", "0.0.0.0", "rapport.identity.trusted-network", "true"))) {
            assertThat(trusted.as("head").query("/stakeholders").status()).isEqualTo(200);
        }
    }

    @Test
    void who_asks_from_a_page_of_another_origin_is_answered_only_where_that_is_allowed() throws Exception {
        try (RunningRapport rapport = RunningRapport.in(data);
                HttpClient http = HttpClient.newHttpClient()) {
            assertThat(preflight(http, rapport).headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
        try (RunningRapport rapport =
                        RunningRapport.in(data, Map.of("rapport.cors.allowed-origins", "https://ours.example"));
                HttpClient http = HttpClient.newHttpClient()) {
            assertThat(preflight(http, rapport).headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue("https://ours.example");
        }
    }

    private static HttpResponse<String> preflight(HttpClient http, RunningRapport rapport) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(rapport.address() + "/api/v1/stakeholders"))
                        .header("Origin", "https://ours.example")
                        .header("Access-Control-Request-Method", "POST")
                        .method("OPTIONS", BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void who_asks_at_all_is_told_to_load_nothing_and_remember_nothing() {
        try (RunningRapport rapport = RunningRapport.in(data)) {
            Answer answer = rapport.as("head").query("/stakeholders");

            assertThat(answer.header("Content-Security-Policy")).hasValue("default-src 'none'; frame-ancestors 'none'");
            assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(answer.header("X-Frame-Options")).hasValue("DENY");
            assertThat(answer.header("Referrer-Policy")).hasValue("no-referrer");
            assertThat(answer.header("Cache-Control").orElse("")).contains("no-store");
        }
    }
}
