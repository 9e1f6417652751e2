package dev.rapport.query.kafka;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where events are published, and how.
 *
 * @param bootstrapServers brokers to ask first, as Kafka has it: host:port, host:port
 * @param from where a topic begins that nothing was published to so far
 * @param lease after which another node takes over from one that is silent
 * @param client more settings of Kafka's producer, such as security.protocol; not those that keep events in order and from being lost
 */
@ConfigurationProperties("rapport.kafka")
record KafkaProperties(
        String bootstrapServers,
        @DefaultValue("rapport.events") String topic,
        @DefaultValue("first") From from,
        @DefaultValue("30s") Duration lease,
        @Nullable Map<String, String> client) {

    /** With which event a new topic begins. */
    enum From {
        /** The first one ever recorded. */
        FIRST,
        /** The next one to be recorded. */
        LATEST
    }

    KafkaProperties {
        if (bootstrapServers == null || bootstrapServers.isBlank()) {
            throw new IllegalArgumentException(
                    "rapport.kafka.bootstrap-servers says nothing, but the profile kafka is on");
        }
        client = client == null ? Map.of() : Map.copyOf(client);
    }
}
