package dev.rapport.door;

import dev.rapport.events.problem.SettingName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Has a setting that can't be read as what it is for told by its name, where it is asked for by {@link Value}. Boot does so for those that
 * have a class of properties.
 */
final class UnreadableSettingAnalyzer extends AbstractFailureAnalyzer<UnsatisfiedDependencyException> {

    private static final Pattern SETTING = Pattern.compile("\\$\\{([^:}]+).*");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, UnsatisfiedDependencyException unsatisfied) {
        return switch (unsatisfied.getCause()) {
            case TypeMismatchException mismatch ->
                setting(unsatisfied.getInjectionPoint())
                        .map(setting -> analysis(setting, mismatch))
                        .orElse(null);
            // whoever depends on what could not be made could not be made either
            case Throwable cause -> analyze(cause);
            case null -> null;
        };
    }

    private static Optional<String> setting(@Nullable InjectionPoint asked) {
        return Optional.ofNullable(asked)
                .map(point -> point.getAnnotation(Value.class))
                .map(value -> SETTING.matcher(value.value()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1));
    }

    private static FailureAnalysis analysis(String setting, TypeMismatchException mismatch) {
        Class<?> type = mismatch.getRequiredType();
        return new FailureAnalysis(
                setting + " is “" + mismatch.getValue() + "”, which can't be read as a "
                        + (type == null ? "value" : type.getSimpleName())
                        + ": " + mismatch.getMostSpecificCause().getMessage(),
                "Set " + new SettingName(setting) + " to one.",
                mismatch);
    }
}
