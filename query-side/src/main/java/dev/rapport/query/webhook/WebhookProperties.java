package dev.rapport.query.webhook;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How webhooks are delivered.
 *
 * @param allowPrivate whether receivers may be in networks that are not public: this machine, the own house, a cloud's metadata
 * @param source the source that CloudEvents name
 * @param timeout how long a receiver has to answer
 * @param retries how long to wait after each failed attempt; after the last one the event is a dead letter
 * @param suspendAfter after how many dead letters in a row, with nothing delivered between, a webhook is suspended
 * @param secretOverlap how long a former secret signs along
 * @param lease after which another node takes over from one that is silent
 */
@ConfigurationProperties("rapport.webhooks")
record WebhookProperties(
        @DefaultValue("false") boolean allowPrivate,
        @DefaultValue("urn:rapport") String source,
        @DefaultValue("15s") Duration timeout,

        @DefaultValue({"5s", "30s", "2m", "10m", "30m", "1h", "2h", "4h", "8h"})
        List<Duration> retries,

        @DefaultValue("3") int suspendAfter,
        @DefaultValue("24h") Duration secretOverlap,
        @DefaultValue("30s") Duration lease) {

    WebhookProperties {
        retries = List.copyOf(retries);
        // a lease is renewed when a third of it is over, and not while a message is under way
        if (lease.multipliedBy(2).compareTo(timeout.multipliedBy(3)) <= 0) {
            throw new IllegalArgumentException(
                    "rapport.webhooks.lease has to be more than one and a half of rapport.webhooks.timeout");
        }
    }
}
