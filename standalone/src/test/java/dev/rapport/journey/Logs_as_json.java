package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is logged where a program reads it: one object a line, whatever callers send. */
@Isolated("what the others write would be captured as well")
@ExtendWith(OutputCaptureExtension.class)
class Logs_as_json {

    private static final String FORGED =
            "head\r\n{\"forged\":\"yes\"}\u0085{\"forged\":\"yes\"}\u000b\u000c\"} {\"forged\":1";

    @TempDir
    private Path data;

    /** Boot leaves it behind for the next one that is started in this JVM. */
    @AfterEach
    void forget() {
        System.clearProperty(LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecs", "logstash"})
    void have_no_line_that_a_caller_wrote(String format, CapturedOutput output) {
        try (RunningRapport rapport = RunningRapport.in(
                data, Map.of("logging.structured.format.console", format, "logging.level.rapport.security", "info"))) {
            assertThat(new Client(rapport.address(), FORGED, "guess")
                            .query("/stakeholders")
                            .status())
                    .isEqualTo(401);
            LoggerFactory.getLogger(Logs_as_json.class)
                    .warn("a caller said: {}", FORGED, new IllegalStateException(FORGED));

            List<JsonNode> lines =
                    output.getOut().lines().map(JsonMapper.shared()::readTree).toList();
            assertThat(lines).allMatch(line -> line.isObject() && !line.has("forged"));
            assertThat(lines)
                    .filteredOn(line -> line.path("message").asString().contains(FORGED))
                    .hasSize(1);
            assertThat(lines).anyMatch(line -> line.path("message").asString().contains("SIGN_IN_REFUSED"));
            assertThat(output.getOut().replace("\n", "").chars().filter(Character::isISOControl))
                    .isEmpty();
        }
    }
}
