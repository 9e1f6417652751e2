package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * docs/openapi.json, which the generated client of the tests is made of: what is served must be what is written there. To write it anew:
 * {@code mvn -pl standalone -am test -Dtest=The_openapi_document -Dsurefire.failIfNoSpecifiedTests=false -Drapport.docs=write}
 */
class The_openapi_document {

    private static final Path DOCUMENT = Path.of("..", "docs", "openapi.json");
    private static final Path SPECTRAL = Path.of("target/npm/node_modules/@stoplight/spectral-cli/dist/index.js");
    private static final Path RULES = Path.of("target/npm/spectral.json");

    @TempDir
    private static Path data;

    private static String served;

    @BeforeAll
    static void fetch_it_without_signing_in() throws Exception {
        try (RunningRapport rapport = RunningRapport.in(data);
                HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(rapport.address() + "/api/v1/openapi.json"))
                    .build();
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            served =
                    JsonMapper.shared().readTree(answer.body()).toPrettyString().replace("\r\n", "\n") + "\n";
        }
        if ("write".equals(System.getProperty("rapport.docs"))) {
            Files.writeString(DOCUMENT, served);
        }
    }

    @Test
    void is_what_the_docs_say() throws IOException {
        assertThat(Files.readString(DOCUMENT))
                .as("docs/openapi.json is stale; the docstring of this test says how to write it anew")
                .isEqualTo(served);
    }

    @Test
    void gives_spectral_nothing_to_say() throws Exception {
        assumeTrue(Files.exists(SPECTRAL), "spectral is not there: install npm and build again");
        Path output = data.resolve("spectral.txt");
        Process spectral = new ProcessBuilder(
                        "node",
                        SPECTRAL.toString(),
                        "lint",
                        "--ruleset=" + RULES,
                        "--fail-severity=hint",
                        "--format=stylish",
                        DOCUMENT.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        int status = spectral.waitFor();

        assertThat(status)
                .as(() -> {
                    try {
                        return Files.readString(output, StandardCharsets.UTF_8);
                    } catch (IOException unreadable) {
                        return unreadable.toString();
                    }
                })
                .isZero();
    }
}
