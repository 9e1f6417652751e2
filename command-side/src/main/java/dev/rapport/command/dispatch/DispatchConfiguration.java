package dev.rapport.command.dispatch;

import dev.rapport.command.eventstore.GroupCommit;
import dev.rapport.events.storage.PersonalKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.tracing.Tracer;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class DispatchConfiguration {

    /** How long a request waits for another one with its key; far longer than a command takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Bean
    ReceiptTable receiptTable(
            @Qualifier("eventsDataSource") DataSource dataSource, GroupCommit commits, PersonalKeys keys) {
        return new ReceiptTable(dataSource, commits, JsonMapper.shared(), keys.ofRequests());
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
            GroupCommit commits,
            ObjectProvider<MeterRegistry> registry,
            ObjectProvider<Tracer> tracer) {
        bus.registerHandlerInterceptor(new ReceiptInterceptor(receipts));
        return new CommandDispatcher(
                gateway,
                receipts,
                new RequestsInFlight(PATIENCE),
                commits,
                new CommandMetrics(registry.getIfAvailable(CompositeMeterRegistry::new)),
                new CommandTraces(tracer.getIfAvailable(() -> Tracer.NOOP)));
    }
}
