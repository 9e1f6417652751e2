package dev.rapport.query;

import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/** Keeps out what would be configured for an application that says nothing of its databases. */
public class NothingThatTheQuerySideBringsItself implements AutoConfigurationImportFilter {

    private static final String[] UNWANTED = {
        "org.springframework.boot.jdbc.autoconfigure.",
        "org.springframework.boot.jooq.autoconfigure.",
        "org.springframework.boot.flyway.autoconfigure."
    };

    @Override
    public boolean[] match(String[] candidates, AutoConfigurationMetadata metadata) {
        boolean[] wanted = new boolean[candidates.length];
        for (int i = 0; i < candidates.length; i++) {
            String candidate = candidates[i];
            wanted[i] = candidate == null || Stream.of(UNWANTED).noneMatch(candidate::startsWith);
        }
        return wanted;
    }
}
