package dev.rapport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is logged where people read it. */
@Isolated("what the others write would be captured as well")
@ExtendWith(OutputCaptureExtension.class)
class The_log {

    private static final String FORGED = "head\r\nFORGED one\nFORGED two";

    @TempDir
    private Path data;

    @Test
    void has_no_line_that_a_caller_wrote(CapturedOutput output) {
        try (var _ = RunningRapport.in(data)) {
            LoggerFactory.getLogger(The_log.class)
                    .warn("a caller said: {}", FORGED, new IllegalStateException(FORGED, new RuntimeException(FORGED)));
        }

        assertThat(output.getOut())
                .contains("a caller said: head FORGED one FORGED two", "IllegalStateException: head FORGED one")
                .contains("Caused by: java.lang.RuntimeException: head FORGED one");
        assertThat(output.getOut().lines())
                .noneMatch(line -> line.startsWith("FORGED"))
                .anyMatch(line -> line.startsWith("\tat dev.rapport.journey.The_log."));
    }
}
