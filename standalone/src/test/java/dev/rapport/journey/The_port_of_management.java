package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where Rapport's own condition is told: apart from the API, and to an operator, but for whether it is well. */
class The_port_of_management {

    private static final List<String> HEALTH =
            List.of("/actuator/health", "/actuator/health/readiness", "/actuator/health/liveness");

    /** What could be told of a process, and must not be to whoever asks. */
    private static final List<String> ENDPOINTS = List.of(
            "/actuator/env",
            "/actuator/beans",
            "/actuator/configprops",
            "/actuator/info",
            "/actuator/loggers",
            "/actuator/mappings",
            "/actuator/metrics",
            "/actuator/prometheus",
            "/actuator/threaddump");

    private static final List<String> NOTHING = List.of(
            "/actuator",
            "/actuator/",
            "/actuator/heapdump",
            "/actuator/shutdown",
            "/actuator/nothing",
            "/api/v1/stakeholders");

    @TempDir
    private static Path data;

    private static HttpClient http;

    private RunningRapport rapport;

    @BeforeAll
    static void open() {
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void close() {
        http.close();
    }

    @AfterEach
    void stop() {
        if (rapport != null) {
            rapport.close();
        }
    }

    @Test
    void is_another_one_where_everybody_hears_whether_rapport_is_well() throws Exception {
        rapport = RunningRapport.in(data);

        assertThat(rapport.managementAddress()).isNotEqualTo(rapport.address());
        for (String path : HEALTH) {
            HttpResponse<String> answer = ask(rapport.managementAddress() + path, "");
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(json(answer).path("status").asString()).isEqualTo("UP");
            assertThat(json(answer).has("components")).as(path).isFalse();
        }
        assertThat(ask(rapport.managementAddress() + "/actuator/health/nothing/at/all", "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void tells_an_operator_what_health_rests_on() throws Exception {
        rapport = RunningRapport.in(data);

        assertThat(ask(rapport.managementAddress() + "/actuator/health", "operator")
                        .body())
                .contains("\"seal\"");
        assertThat(json(ask(rapport.managementAddress() + "/actuator/health", "head"))
                        .has("components"))
                .isFalse();
    }

    @Test
    void tells_an_operator_with_readiness_which_projection_lags_and_with_liveness_nothing() throws Exception {
        rapport = RunningRapport.in(data, Map.of("rapport.metrics.interval", "50ms"));

        JsonNode projection;
        Instant giveUpAt = Instant.now().plus(Duration.ofMinutes(1));
        do {
            assertThat(Instant.now()).isBefore(giveUpAt);
            projection = json(ask(rapport.managementAddress() + "/actuator/health/readiness", "operator"))
                    .path("components")
                    .path("projection");
        } while (projection.path("details").path("read-models").isMissingNode());
        assertThat(projection.path("status").asString()).isEqualTo("UP");
        JsonNode readModels = projection.path("details").path("read-models");
        assertThat(readModels.path("lags").isBoolean()).isTrue();
        assertThat(readModels.path("lagEvents").isIntegralNumber()).isTrue();
        assertThat(readModels.path("lagSeconds").isNumber()).isTrue();

        JsonNode alive = json(ask(rapport.managementAddress() + "/actuator/health/liveness", "operator"));
        assertThat(alive.propertyNames()).containsExactly("status");
    }

    @Test
    void has_nothing_else_unless_it_is_configured() throws Exception {
        rapport = RunningRapport.in(data);

        for (List<String> closed : List.of(ENDPOINTS, NOTHING)) {
            for (String path : closed) {
                assertClosed(rapport.managementAddress() + path);
            }
        }
    }

    @Test
    void opens_what_is_configured_to_operators_alone() throws Exception {
        rapport = RunningRapport.in(data, Map.of("management.endpoints.web.exposure.include", "*"));

        for (String path : ENDPOINTS) {
            String address = rapport.managementAddress() + path;
            assertProblem(ask(address, ""), 401);
            for (String user : List.of("head", "manager1", "auditor", "reporter")) {
                assertProblem(ask(address, user), 403);
            }
            assertThat(ask(address, "operator").statusCode()).as(path).isEqualTo(200);
        }
        for (String path : NOTHING) {
            assertClosed(rapport.managementAddress() + path);
        }
    }

    @Test
    void is_the_only_one_where_anything_but_being_ready_and_alive_is_told() throws Exception {
        rapport = RunningRapport.in(data, Map.of("management.endpoints.web.exposure.include", "*"));

        for (String path : List.of("/actuator/health/readiness", "/actuator/health/liveness")) {
            HttpResponse<String> answer = ask(rapport.address() + path, "");
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
        }
        assertClosed(rapport.address() + "/actuator/health");
        assertClosed(rapport.address() + "/actuator/health/db");
        for (String path : ENDPOINTS) {
            assertClosed(rapport.address() + path);
        }
        for (String path : NOTHING.subList(0, NOTHING.size() - 1)) {
            assertClosed(rapport.address() + path);
        }
    }

    /** The container turns them away before anything of ours is asked, with a status and no more. */
    @Test
    void is_not_deceived_about_paths() throws Exception {
        rapport = RunningRapport.in(data, Map.of("management.endpoints.web.exposure.include", "*"));

        for (String address : List.of(rapport.address(), rapport.managementAddress())) {
            for (String path : List.of("/actuator/health/../env", "/actuator/health/%2e%2e/env")) {
                for (String user : List.of("", "head", "operator")) {
                    HttpResponse<String> answer = ask(address + path, user);
                    assertThat(answer.statusCode())
                            .as(answer.uri() + " " + user)
                            .isEqualTo(400);
                    assertThat(answer.body()).doesNotContain("xception", "java.");
                }
            }
        }
    }

    @Test
    void cannot_be_the_one_of_the_api() {
        assertThatThrownBy(() ->
                        RunningRapport.in(data, Map.of("server.port", "18080", "management.server.port", "18080")))
                .hasStackTraceContaining("not listening on a separate port");
    }

    /** To somebody unknown, and to every role. */
    private static void assertClosed(String address) throws Exception {
        assertProblem(ask(address, ""), 401, 400);
        for (String user : List.of("operator", "head", "manager1", "auditor", "reporter")) {
            assertProblem(ask(address, user), 404, 403, 400);
        }
    }

    private static void assertProblem(HttpResponse<String> answer, Integer... statuses) {
        assertThat(answer.statusCode()).as(answer.uri() + answer.body()).isIn((Object[]) statuses);
        assertThat(json(answer).path("type").asString())
                .as(answer.uri().getPath())
                .startsWith("/problems/");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static HttpResponse<String> ask(String address, String user) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        if (!user.isEmpty()) {
            request.header(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString(
                                            (user + ":" + RunningRapport.PASSWORD).getBytes(StandardCharsets.UTF_8)));
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
