package dev.rapport.door;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Has what is not set told in words, in the place of a stack trace. */
final class UnsetSettingsAnalyzer extends AbstractFailureAnalyzer<UnsetSettingsException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, UnsetSettingsException unset) {
        return new FailureAnalysis(unset.complaint(), unset.advice(), unset);
    }
}
