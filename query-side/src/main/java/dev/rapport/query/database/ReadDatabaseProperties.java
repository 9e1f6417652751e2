package dev.rapport.query.database;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the read models are kept: H2 or PostgreSQL, told by the URL alone.
 *
 * @param connections how many at most
 */
@ConfigurationProperties("rapport.read")
record ReadDatabaseProperties(
        String url,
        @DefaultValue("sa") String username,
        @DefaultValue("") String password,
        @DefaultValue("16") int connections) {

    ReadDatabaseProperties {
        if (connections < 1) {
            throw new IllegalArgumentException(
                    "rapport.read.connections is " + connections + ", and has to be 1 at least");
        }
    }
}
