package dev.rapport.command.eventstore;

import dev.rapport.events.storage.EventDatabase;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who makes the tables of the event database, and how long who writes to them may take.
 *
 * @param migrate whether this process brings the tables up to today at its start; else it makes sure that somebody did
 * @param owner who makes and changes the tables, where that is another role than the one that works with them
 * @param longestTransaction after which PostgreSQL gives up a transaction that appends, since readers wait for it; H2 has no such limit
 */
@Validated
@ConfigurationProperties("rapport.events")
record EventTables(
        @DefaultValue("true") boolean migrate,
        @Nullable @Valid Owner owner,
        @DefaultValue("1m") Duration longestTransaction) {

    /** The role that the tables belong to. */
    record Owner(
            @NotBlank String username, @DefaultValue("") String password) {}

    /** Where the scripts are that make its tables, and say who may do what with them where there are roles. */
    static List<String> scripts(EventDatabase database) {
        return database.isPostgres()
                ? List.of("classpath:db/events/postgresql", "classpath:db/command", "classpath:db/rights/postgresql")
                : List.of("classpath:db/events/h2", "classpath:db/command");
    }
}
