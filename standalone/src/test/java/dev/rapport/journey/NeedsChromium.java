package dev.rapport.journey;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips each test of a class, by its name, on a machine without Chromium. Where it is required ({@code -Dchromium.required=true}, as in CI),
 * they are tried all the same and fail.
 */
final class NeedsChromium implements ExecutionCondition {

    static Optional<Path> chromium() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    static boolean isTried() {
        return chromium().isPresent() || Boolean.getBoolean("chromium.required");
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return context.getTestMethod().isEmpty() || isTried()
                ? ConditionEvaluationResult.enabled("there is a browser to try, or nothing is tried yet")
                : ConditionEvaluationResult.disabled("there is no Chromium: install Debian's package chromium");
    }
}
