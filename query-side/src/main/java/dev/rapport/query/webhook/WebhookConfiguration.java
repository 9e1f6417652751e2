package dev.rapport.query.webhook;

import dev.rapport.query.stream.EventFeed;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Sets up webhooks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookProperties.class)
class WebhookConfiguration {

    @Bean
    Deliveries deliveries(WebhookTable table, EventFeed feed, JsonMapper json, WebhookProperties properties) {
        var sender = new WebhookSender(properties.timeout(), properties.allowPrivate());
        return new Deliveries(table, feed, sender, json, properties);
    }
}
