package dev.rapport.command.erasures;

import dev.rapport.events.storage.Eraser;
import dev.rapport.events.storage.EventLog;
import java.time.Clock;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class ErasureConfiguration {

    @Bean
    Erasures erasures(
            EventLog events,
            ConnectionProvider connections,
            EventStorageEngine store,
            JdbcClient eventsSql,
            Cache aggregateCache,
            TransactionTemplate eventsTransaction,
            Clock clock) {
        return new Erasures(
                new Eraser(events, connections),
                new ErasureTable(eventsSql),
                events,
                store,
                aggregateCache,
                eventsTransaction,
                clock);
    }
}
