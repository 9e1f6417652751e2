package dev.rapport.query.metrics;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How metrics are kept.
 *
 * @param interval how often the numbers are looked up that have to be
 */
@ConfigurationProperties("rapport.metrics")
record MetricsProperties(@DefaultValue("10s") Duration interval) {}
