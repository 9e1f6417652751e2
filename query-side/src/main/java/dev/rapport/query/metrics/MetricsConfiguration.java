package dev.rapport.query.metrics;

import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets up the looking up of numbers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MetricsProperties.class)
class MetricsConfiguration {

    @Bean
    Sampling sampling(List<Sampled> all, MetricsProperties properties) {
        return new Sampling(all, properties);
    }
}
