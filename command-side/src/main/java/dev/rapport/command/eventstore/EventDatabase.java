package dev.rapport.command.eventstore;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where events are kept. The URL alone chooses between H2 and PostgreSQL.
 *
 * @param poolSize how many connections at most
 * @param migrate whether this process brings the tables up to today at its start; else it makes sure that somebody did
 * @param owner who makes and changes the tables, where that is another role than the one that works with them
 * @param longestTransaction after which PostgreSQL gives up a transaction that appends, since readers wait for it; H2 has no such limit
 */
@Validated
@ConfigurationProperties("rapport.events")
public record EventDatabase(
        @NotBlank String url,
        @DefaultValue("sa") String username,
        @DefaultValue("") String password,
        @DefaultValue("10") @Min(2) int poolSize,
        @DefaultValue("true") boolean migrate,
        @Nullable @Valid Owner owner,
        @DefaultValue("1m") Duration longestTransaction) {

    /** The role that the tables belong to. */
    public record Owner(
            @NotBlank String username, @DefaultValue("") String password) {}

    enum Dialect {
        H2,
        POSTGRESQL;

        /** Where the scripts are that make its tables, and say who may do what with them where there are roles. */
        List<String> scripts() {
            return switch (this) {
                case H2 -> List.of("classpath:db/events/h2", "classpath:db/command");
                case POSTGRESQL ->
                    List.of("classpath:db/events/postgresql", "classpath:db/command", "classpath:db/rights/postgresql");
            };
        }
    }

    Dialect dialect() {
        return url.startsWith("jdbc:postgresql:") ? Dialect.POSTGRESQL : Dialect.H2;
    }
}
