package dev.rapport.query.projection;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the read models are fed.
 *
 * @param segments how many streams of events are worked on side by side; counts for a PostgreSQL database that is new
 * @param batchSize how many events are written in one transaction at most
 */
@ConfigurationProperties("rapport.projection")
record ProjectionProperties(
        @DefaultValue("4") int segments,
        @DefaultValue("500") int batchSize) {}
