package dev.rapport.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The realm that docker/compose.yaml gives to a Keycloak: nobody is in it but who operates Rapport by a program, and what differs from company to
 * company comes from the environment. Its administrator makes users; they sign in to the console by the authorization code flow with PKCE.
 */
@Tag("keycloak")
class The_realm_of_a_companyIT {

    private static final String SECRET = "a secret of this company's";
    private static final String PERSON = "anna";
    private static final String VERIFIER = "a-verifier-that-is-at-least-43-characters-long-0123456789";
    private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");

    @TempDir
    private static Path data;

    private static HttpClient http;
    private static RunningKeycloak keycloak;
    private static RunningRapport rapport;

    @BeforeAll
    static void start() throws Exception {
        http = HttpClient.newHttpClient();
        int port = RunningKeycloak.freePort();
        keycloak = RunningKeycloak.forACompany(
                Map.of("RAPPORT_URL", "http://127.0.0.1:" + port, "RAPPORT_OPERATIONS_CLIENT_SECRET", SECRET));
        rapport = RunningRapport.in(
                data,
                Map.of(
                        "server.port",
                        String.valueOf(port),
                        "spring.security.oauth2.resourceserver.jwt.issuer-uri",
                        keycloak.issuer(),
                        "rapport.identity.roles-claim",
                        "realm_access.roles"));
        makePerson();
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

    private static void makePerson() {
        HttpResponse<String> made = keycloak.make(
                "/users",
                Map.of(
                        "username",
                        PERSON,
                        "enabled",
                        true,
                        "email",
                        "anna@example.com",
                        "firstName",
                        "Anna",
                        "lastName",
                        "Of Ours",
                        "credentials",
                        List.of(Map.of("type", "password", "value", RunningKeycloak.PASSWORD))));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String path = made.headers().firstValue("Location").orElseThrow().replaceFirst(".*/users/", "/users/");
        JsonNode role = JsonMapper.shared().readTree(keycloak.look("/roles/HEAD_OF_RELATIONSHIPS"));
        HttpResponse<String> given = keycloak.make(path + "/role-mappings/realm", List.of(role));
        assertThat(given.statusCode()).as(given.body()).isEqualTo(204);
    }

    @Test
    void knows_where_rapport_is_and_the_secret_of_who_operates_it_from_the_environment() throws Exception {
        JsonNode console = JsonMapper.shared()
                .readTree(keycloak.look("/clients?clientId=rapport-console"))
                .path(0);
        assertThat(console.path("redirectUris")).hasToString("[\"" + rapport.address() + "/console/signed-in\"]");
        assertThat(console.path("webOrigins")).hasToString("[\"" + rapport.address() + "\"]");

        String token = keycloak.granted(
                Map.of("grant_type", "client_credentials", "client_id", "rapport-operations", "client_secret", SECRET));
        assertThat(get("/operations/processors", token)).isEqualTo(200);
        assertThat(get("/relationships", token)).isEqualTo(403);
        assertThat(keycloak.asked(Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                "rapport-operations",
                                "client_secret",
                                "${RAPPORT_OPERATIONS_CLIENT_SECRET}"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void gives_the_console_a_token_for_a_code_and_the_verifier_of_who_asked_for_it() throws Exception {
        HttpResponse<String> answer = keycloak.asked(exchange(code(), VERIFIER));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String token =
                JsonMapper.shared().readTree(answer.body()).path("access_token").asString();
        assertThat(get("/relationships", token)).isEqualTo(200);
        assertThat(get("/operations/processors", token)).isEqualTo(403);
    }

    @Test
    void gives_nobody_else_a_token_for_that_code() throws Exception {
        HttpResponse<String> another = keycloak.asked(exchange(code(), VERIFIER + "-but-of-somebody-else"));
        assertThat(another.statusCode()).as(another.body()).isEqualTo(400);
        assertThat(another.body()).contains("invalid_grant");

        Map<String, String> without = exchange(code(), VERIFIER);
        without.remove("code_verifier");
        HttpResponse<String> none = keycloak.asked(without);
        assertThat(none.statusCode()).as(none.body()).isEqualTo(400);
        assertThat(none.body()).contains("invalid_grant");
    }

    @Test
    void asks_nobody_to_sign_in_without_a_challenge_or_for_another_address() throws Exception {
        Map<String, String> without = question();
        without.remove("code_challenge");
        without.remove("code_challenge_method");
        assertThat(authorize(without).headers().firstValue("Location").orElseThrow())
                .startsWith(rapport.address() + "/console/signed-in?")
                .contains("error=invalid_request")
                .doesNotContain("code=");

        Map<String, String> elsewhere = question();
        elsewhere.put("redirect_uri", "http://127.0.0.1:1/console/signed-in");
        HttpResponse<String> refused = authorize(elsewhere);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void takes_no_name_and_password_from_the_console() {
        HttpResponse<String> answer = keycloak.asked(Map.of(
                "grant_type",
                "password",
                "client_id",
                "rapport-console",
                "username",
                PERSON,
                "password",
                RunningKeycloak.PASSWORD));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("unauthorized_client");
    }

    @Test
    @ExtendWith(NeedsChromium.class)
    void lets_a_person_sign_in_to_the_console() {
        try (Chromium chromium = Chromium.start();
                Window window = chromium.window(rapport.address())) {
            window.open("/console/reports?report=mismatches");
            window.button("Sign in with your organization").click();
            window.page().locator("#username").fill(PERSON);
            window.page().locator("#password").fill(RunningKeycloak.PASSWORD);
            window.page().locator("#kc-login").click();

            assertThat(window.page()).hasURL(Pattern.compile("/console/reports\\?report=mismatches$"));
            assertThat(window.page().getByRole(AriaRole.BANNER)).containsText("Sign out");
            window.settle();
        }
    }

    /** Signs in as the person, as a browser would, and answers the code that comes back. */
    private static String code() throws Exception {
        HttpResponse<String> page = authorize(question());
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        Matcher form = FORM.matcher(page.body());
        assertThat(form.find()).as("a form in %s", page.body()).isTrue();
        String cookies = page.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .collect(Collectors.joining("; "));
        HttpResponse<String> back =
                send(HttpRequest.newBuilder(URI.create(form.group(1).replace("&amp;", "&")))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Cookie", cookies)
                        .POST(RunningKeycloak.form(Map.of("username", PERSON, "password", RunningKeycloak.PASSWORD))));
        assertThat(back.statusCode()).as(back.body()).isEqualTo(302);
        URI signedIn = URI.create(back.headers().firstValue("Location").orElseThrow());
        assertThat(signedIn.toString()).startsWith(rapport.address() + "/console/signed-in?");
        Map<String, String> answer = Arrays.stream(signedIn.getRawQuery().split("&", -1))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
        assertThat(answer).containsEntry("state", "of this test").containsKey("code");
        return answer.get("code");
    }

    /** What the console asks. */
    private static Map<String, String> question() throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
        return new HashMap<>(Map.of(
                "response_type",
                "code",
                "client_id",
                "rapport-console",
                "redirect_uri",
                rapport.address() + "/console/signed-in",
                "scope",
                "openid",
                "state",
                "of this test",
                "code_challenge",
                Base64.getUrlEncoder().withoutPadding().encodeToString(digest),
                "code_challenge_method",
                "S256"));
    }

    private static Map<String, String> exchange(String code, String verifier) {
        return new HashMap<>(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                rapport.address() + "/console/signed-in",
                "client_id",
                "rapport-console",
                "code_verifier",
                verifier));
    }

    private static HttpResponse<String> authorize(Map<String, String> question)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(
                URI.create(keycloak.issuer() + "/protocol/openid-connect/auth?" + RunningKeycloak.encoded(question))));
    }

    private static int get(String path, String token) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(rapport.address() + "/api/v1" + path))
                        .header("Authorization", "Bearer " + token))
                .statusCode();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofString());
    }
}
