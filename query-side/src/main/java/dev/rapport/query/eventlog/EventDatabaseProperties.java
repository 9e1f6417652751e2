package dev.rapport.query.eventlog;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the event database is, for who reads the log and for the seal that is kept beside it.
 *
 * @param poolSize how many connections at most that read the log, where the query side has a process of its own
 */
@ConfigurationProperties("rapport.events")
public record EventDatabaseProperties(
        String url,
        @DefaultValue("sa") String username,
        @DefaultValue("") String password,
        @DefaultValue("10") int poolSize) {}
