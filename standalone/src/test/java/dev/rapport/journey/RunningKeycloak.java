package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The Keycloak that the build unpacked below target/keycloak, as a process of its own with a realm of docker/keycloak and a database in memory. */
final class RunningKeycloak implements AutoCloseable {

    static final String ADMINISTRATOR = "admin";
    static final String PASSWORD = "change-me";

    private static final String REALM = "rapport";
    private static final Path DOCKER = Path.of("..", "docker");
    private static final Pattern MOUNTED = Pattern.compile("\\./keycloak/(\\S+):/opt/keycloak/data/import/(\\S+):ro");
    private static final Duration LONGEST_START = Duration.ofMinutes(5);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private final Path log;
    private final Process process;

    private RunningKeycloak(String address, Path log, Process process) {
        this.address = address;
        this.log = log;
        this.process = process;
    }

    /** For a try: nothing is built ahead, and plain HTTP is no matter. */
    static RunningKeycloak forATry() throws Exception {
        return started("rapport-realm.json", "rapport-realm.json", freePort(), Map.of(), "start-dev");
    }

    /** As docker/compose.yaml has it, but for the database and for other nodes; what the realm leaves open stands in the environment. */
    static RunningKeycloak forACompany(Map<String, String> environment) throws Exception {
        Matcher mounted = MOUNTED.matcher(Files.readString(DOCKER.resolve("compose.yaml")));
        assertThat(mounted.find()).as("a realm in compose.yaml").isTrue();
        int port = freePort();
        return started(
                mounted.group(1),
                mounted.group(2),
                port,
                environment,
                "start",
                "--http-enabled=true",
                "--hostname=http://127.0.0.1:" + port,
                "--cache=local");
    }

    private static RunningKeycloak started(
            String realm, String imported, int port, Map<String, String> environment, String... how) throws Exception {
        Path home;
        try (Stream<Path> unpacked = Files.list(Path.of("target", "keycloak"))) {
            home = unpacked.filter(Files::isDirectory).findFirst().orElseThrow().toAbsolutePath();
        }
        Path realms = Files.createDirectories(home.resolve("data").resolve("import"));
        try (Stream<Path> before = Files.list(realms)) {
            for (Path file : before.toList()) {
                Files.delete(file);
            }
        }
        Files.copy(DOCKER.resolve("keycloak").resolve(realm), realms.resolve(imported));
        List<String> command = new ArrayList<>(
                List.of("sh", home.resolve("bin").resolve("kc.sh").toString()));
        command.addAll(List.of(how));
        command.addAll(List.of(
                "--import-realm",
                "--db=dev-mem",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--http-management-port=" + freePort()));
        Path log = home.resolve(realm + ".log");
        ProcessBuilder start =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        start.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // Keycloak's own image has Java 21; since 24 its threads want what is theirs by default there
        start.environment().put("JAVA_OPTS_APPEND", "--add-opens=java.base/java.lang=ALL-UNNAMED");
        start.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMINISTRATOR);
        start.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", PASSWORD);
        start.environment().putAll(environment);
        var keycloak = new RunningKeycloak("http://127.0.0.1:" + port, log, start.start());
        try {
            keycloak.awaitRealm();
        } catch (Exception e) {
            keycloak.close();
            throw e;
        }
        return keycloak;
    }

    private void awaitRealm() throws InterruptedException {
        HttpRequest realm = HttpRequest.newBuilder(URI.create(issuer()))
                .timeout(Duration.ofSeconds(20))
                .build();
        Instant giveUpAt = Instant.now().plus(LONGEST_START);
        while (process.isAlive() && Instant.now().isBefore(giveUpAt)) {
            try {
                if (http.send(realm, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
            }
        }
        throw new IllegalStateException("Keycloak did not start; see " + log);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** What tokens of the realm say they are of. */
    String issuer() {
        return address + "/realms/" + REALM;
    }

    /** An access token of the realm, for what a client shows. */
    String granted(Map<String, String> form) {
        return granted(REALM, form);
    }

    /** What the realm answers a client that wants a token. */
    HttpResponse<String> asked(Map<String, String> form) {
        return asked(REALM, form);
    }

    private String granted(String realm, Map<String, String> form) {
        HttpResponse<String> answer = asked(realm, form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body()).path("access_token").asString();
    }

    private HttpResponse<String> asked(String realm, Map<String, String> form) {
        return send(HttpRequest.newBuilder(URI.create(address + "/realms/" + realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(form(form)));
    }

    /** Makes something of the realm, as its administrator, below /admin/realms/rapport. */
    HttpResponse<String> make(String path, Object what) {
        return send(administering(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(what))));
    }

    /** What the realm has at a path below /admin/realms/rapport, as JSON. */
    String look(String path) {
        HttpResponse<String> answer = send(administering(path));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private HttpRequest.Builder administering(String path) {
        String administrator = granted(
                "master",
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "admin-cli",
                        "username",
                        ADMINISTRATOR,
                        "password",
                        PASSWORD));
        return HttpRequest.newBuilder(URI.create(address + "/admin/realms/" + REALM + path))
                .header("Authorization", "Bearer " + administrator);
    }

    static BodyPublisher form(Map<String, String> fields) {
        return BodyPublishers.ofString(encoded(fields));
    }

    static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.onExit().orTimeout(1, TimeUnit.MINUTES).join();
        http.close();
    }
}
