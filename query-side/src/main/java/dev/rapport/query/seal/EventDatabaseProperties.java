package dev.rapport.query.seal;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Where the event database is, for the seal that is kept in it. */
@ConfigurationProperties("rapport.events")
record EventDatabaseProperties(
        String url,
        @DefaultValue("sa") String username,
        @DefaultValue("") String password) {}
