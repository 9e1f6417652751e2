package dev.rapport.command.dispatch;

import dev.rapport.events.storage.PersonalKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.tracing.Tracer;
import java.time.Clock;
import java.time.Duration;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class DispatchConfiguration {

    /** How long a request waits for another one with its key; far longer than a command takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Bean
    ReceiptTable receiptTable(JdbcClient eventsSql, PersonalKeys keys) {
        return new ReceiptTable(eventsSql, JsonMapper.shared(), keys.ofRequests());
    }

    @Bean
    Receipts receipts(ReceiptTable table, Clock clock) {
        return new Receipts(table, clock);
    }

    @Bean
    CommandDispatcher commandDispatcher(
            CommandGateway gateway,
            CommandBus bus,
            ReceiptTable receipts,
            TransactionTemplate eventsTransaction,
            ObjectProvider<MeterRegistry> registry,
            ObjectProvider<Tracer> tracer) {
        bus.registerHandlerInterceptor(new ReceiptInterceptor(receipts));
        return new CommandDispatcher(
                gateway,
                receipts,
                new RequestsInFlight(PATIENCE),
                eventsTransaction,
                new CommandMetrics(registry.getIfAvailable(CompositeMeterRegistry::new)),
                new CommandTraces(tracer.getIfAvailable(() -> Tracer.NOOP)));
    }
}
