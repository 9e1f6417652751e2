package dev.rapport.query.audit;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where it is kept who read what in the audit area: H2 or PostgreSQL, told by the URL alone. It may be the database of the events, where it has
 * a table of its own, but never that of the read models, which may be lost.
 *
 * @param connections how many at most
 */
@Validated
@ConfigurationProperties("rapport.audit")
record AuditDatabaseProperties(
        String url,
        @DefaultValue("sa") String username,
        @DefaultValue("") String password,
        @DefaultValue("4") @Min(1) int connections) {}
