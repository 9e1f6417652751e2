package dev.rapport.query.kafka;

import dev.rapport.events.storage.EventLog;
import dev.rapport.query.database.ReadDatabase;
import dev.rapport.query.stream.EventFeed;
import org.jooq.DSLContext;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import tools.jackson.databind.json.JsonMapper;

/** Has events published where the profile says so; without it nobody looks at a class of Kafka's. */
@Profile("kafka")
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaProperties.class)
class KafkaConfiguration {

    /** @param source the one that webhooks name, too: the same event is known by the same source and id */
    @Bean
    Publisher kafkaPublisher(
            EventLog log,
            EventFeed feed,
            @ReadDatabase DSLContext database,
            KafkaProperties properties,
            JsonMapper json,
            @Value("${rapport.webhooks.source:urn:rapport}") String source) {
        return new Publisher(
                log, feed, new KafkaTopicTable(database), properties, () -> new Topic(properties, source, json));
    }
}
