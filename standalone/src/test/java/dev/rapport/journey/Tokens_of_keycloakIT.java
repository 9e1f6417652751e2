package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Callers with tokens of a Keycloak that has the realm for a try of docker/keycloak. */
@Tag("keycloak")
class Tokens_of_keycloakIT {

    @TempDir
    private static Path data;

    private static HttpClient http;
    private static RunningKeycloak keycloak;
    private static RunningRapport rapport;

    @BeforeAll
    static void start() throws Exception {
        http = HttpClient.newHttpClient();
        keycloak = RunningKeycloak.forATry();
        rapport = RunningRapport.in(
                data,
                Map.of(
                        "spring.security.oauth2.resourceserver.jwt.issuer-uri",
                        keycloak.issuer(),
                        "rapport.identity.roles-claim",
                        "realm_access.roles"));
    }

    @AfterAll
    static void stop() {
        if (rapport != null) {
            rapport.close();
        }
        if (keycloak != null) {
            keycloak.close();
        }
        http.close();
    }

    @Test
    void open_what_the_role_opens_and_nothing_else() throws Exception {
        Map.of("manager1", 200, "head", 200, "auditor", 200, "reporter", 200, "operator", 403)
                .forEach((user, status) -> assertThat(get("/relationships", token("rapport-cli", user)))
                        .as(user)
                        .isEqualTo(status));
        assertThat(get("/audit/checkpoint", token("rapport-cli", "head"))).isEqualTo(403);
        assertThat(get("/operations/processors", token("rapport-cli", "operator")))
                .isEqualTo(200);
    }

    @Test
    void of_a_program_are_taken_like_those_of_a_person() throws Exception {
        String token = keycloak.granted(Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                "rapport-operations",
                "client_secret",
                RunningKeycloak.PASSWORD));

        assertThat(get("/operations/processors", token)).isEqualTo(200);
        assertThat(get("/relationships", token)).isEqualTo(403);
    }

    @Test
    void made_out_to_somebody_else_or_changed_are_refused() throws Exception {
        assertThat(get("/relationships", token("somebody-else", "head"))).isEqualTo(401);
        String token = token("rapport-cli", "head");
        int middle = token.indexOf('.') + 20;
        char other = token.charAt(middle) == 'A' ? 'B' : 'A';
        assertThat(get("/relationships", token.substring(0, middle) + other + token.substring(middle + 1)))
                .isEqualTo(401);
    }

    @Test
    void make_a_relationship_ones_own_by_their_subject() throws Exception {
        String first = token("rapport-cli", "manager1");
        String second = token("rapport-cli", "manager2");
        assertThat(post(
                        "/stakeholders",
                        Map.of("id", "S-1", "name", "Acme", "kind", "SUPPLIER", "group", "parts"),
                        first))
                .isEqualTo(201);
        assertThat(post("/relationships", Map.of("id", "R-1", "stakeholderId", "S-1"), first))
                .isEqualTo(201);
        Map<String, String> call = Map.of("channel", "CALL", "summary", "We talked");

        assertThat(post("/relationships/R-1/interactions", call, first)).isEqualTo(201);
        assertThat(post("/relationships/R-1/interactions", call, second)).isEqualTo(404);
        assertThat(post("/relationships/R-1/interactions", call, token("rapport-cli", "auditor")))
                .isEqualTo(403);
        assertThat(get("/relationships/R-1", second)).isEqualTo(404);

        assertThat(post(
                        "/relationships/R-1/manager-assignments",
                        Map.of("managerId", subject(second)),
                        token("rapport-cli", "head")))
                .isEqualTo(201);
        assertThat(post("/relationships/R-1/interactions", call, second)).isEqualTo(201);
        assertThat(post("/relationships/R-1/interactions", call, first)).isEqualTo(404);
    }

    @Test
    void are_taken_when_keycloak_signs_with_a_new_key() throws Exception {
        String before = token("rapport-cli", "head");
        HttpResponse<String> rotated = keycloak.make(
                "/components",
                Map.of(
                        "name",
                        "rotated",
                        "providerId",
                        "rsa-generated",
                        "providerType",
                        "org.keycloak.keys.KeyProvider",
                        "config",
                        Map.of("priority", new String[] {"200"}, "algorithm", new String[] {"RS256"})));
        assertThat(rotated.statusCode()).as(rotated.body()).isEqualTo(201);

        String after = token("rapport-cli", "head");

        assertThat(part(after, 0).path("kid")).isNotEqualTo(part(before, 0).path("kid"));
        assertThat(get("/relationships", after)).isEqualTo(200);
        assertThat(get("/relationships", before)).isEqualTo(200);
    }

    private static String token(String client, String user) {
        return keycloak.granted(Map.of(
                "grant_type", "password", "client_id", client, "username", user, "password", RunningKeycloak.PASSWORD));
    }

    private static String subject(String token) {
        return part(token, 1).path("sub").asString();
    }

    private static JsonNode part(String token, int at) {
        return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[at]));
    }

    private static int get(String path, String token) {
        return send(request(path, token)).statusCode();
    }

    private static int post(String path, Map<String, String> body, String token) {
        return send(request(path, token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body))))
                .statusCode();
    }

    private static HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(rapport.address() + "/api/v1" + path))
                .header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
