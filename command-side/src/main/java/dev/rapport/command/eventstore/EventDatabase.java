package dev.rapport.command.eventstore;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where events are kept. The URL alone chooses between H2 and PostgreSQL.
 *
 * @param poolSize how many connections at most
 * @param longestTransaction after which PostgreSQL gives up a transaction that appends, since readers wait for it; H2 has no such limit
 */
@Validated
@ConfigurationProperties("rapport.events")
public record EventDatabase(
        @NotBlank String url,
        @DefaultValue("sa") String username,
        @DefaultValue("") String password,
        @DefaultValue("10") @Min(2) int poolSize,
        @DefaultValue("1m") Duration longestTransaction) {

    enum Dialect {
        H2,
        POSTGRESQL;

        /** Where the scripts are that make its tables. */
        String folder() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Dialect dialect() {
        return url.startsWith("jdbc:postgresql:") ? Dialect.POSTGRESQL : Dialect.H2;
    }
}
