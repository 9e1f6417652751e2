package dev.rapport.door;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much one caller may ask for, so that none takes what the others need.
 *
 * @param requestsPerSecond in the long run
 * @param burst how many at once, after a pause
 * @param atOnce how many may be under way at the same time
 */
@ConfigurationProperties("rapport.limits")
record LimitProperties(
        @DefaultValue("1000") int requestsPerSecond,
        @DefaultValue("10000") int burst,
        @DefaultValue("200") int atOnce) {}
