package dev.rapport.query.database;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Where the read models are kept: H2 or PostgreSQL, told by the URL alone. */
@ConfigurationProperties("rapport.read")
record ReadDatabaseProperties(
        String url,
        @DefaultValue("sa") String username,
        @DefaultValue("") String password,
        @DefaultValue("16") int connections) {}
