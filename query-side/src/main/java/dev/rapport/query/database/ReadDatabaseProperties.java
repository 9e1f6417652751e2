package dev.rapport.query.database;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the read models are kept: H2 or PostgreSQL, told by the URL alone.
 *
 * @param connections how many at most
 */
@Validated
@ConfigurationProperties("rapport.read")
record ReadDatabaseProperties(
        String url,
        @DefaultValue("sa") String username,
        @DefaultValue("") String password,
        @DefaultValue("16") @Min(1) int connections) {}
