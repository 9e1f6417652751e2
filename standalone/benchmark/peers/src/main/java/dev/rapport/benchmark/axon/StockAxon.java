package dev.rapport.benchmark.axon;

import dev.rapport.benchmark.subject.Past;
import dev.rapport.benchmark.subject.Setting;
import dev.rapport.benchmark.subject.Step;
import dev.rapport.benchmark.subject.Subject;
import dev.rapport.benchmark.subject.SubjectProcess;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.MessageOriginProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Stock Axon in one process, without HTTP, on JPA or on JDBC. Jackson instead of XStream is all that is not its default there. */
public final class StockAxon implements Subject {

    private final ConfigurableApplicationContext context;
    private final CommandGateway gateway;

    StockAxon(ConfigurableApplicationContext context) {
        this.context = context;
        this.gateway = context.getBean(CommandGateway.class);
    }

    /** What is the same on JPA and on JDBC. */
    @Import(StockRelationship.class)
    static class Common {

        /** So that it is known who did what, and when; Axon keeps only which message led to which by itself. */
        @Bean
        CorrelationDataProvider provenance() {
            return new SimpleCorrelationDataProvider("subject", "role", "occurredAt");
        }

        @Bean
        CorrelationDataProvider origin() {
            return new MessageOriginProvider();
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Common.class)
    static class OnJpa {}

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Common.class, JdbcStore.class})
    static class OnJdbc {}

    static ConfigurableApplicationContext start(Class<?> application, WebApplicationType web) {
        System.setProperty("disable-axoniq-console-message", "true");
        return new SpringApplicationBuilder(application)
                .web(web)
                .properties(Map.of(
                        "spring.main.banner-mode", "off",
                        "spring.datasource.url", Setting.of("url"),
                        "spring.datasource.username", Setting.of("user"),
                        "spring.datasource.hikari.maximum-pool-size", Setting.number("pool"),
                        "spring.jpa.hibernate.ddl-auto", "create",
                        "spring.jpa.open-in-view", "false",
                        "logging.level.root", "warn"))
                .properties(settings())
                .run();
    }

    /** All that is said to Axon. */
    static Map<String, Object> settings() {
        return Map.of(
                "axon.serializer.general",
                "jackson3",
                "axon.axonserver.enabled",
                "false",
                "axon.update-check.disabled",
                "true",
                "axon.eventhandling.processors." + Counts.GROUP + ".mode",
                "pooled");
    }

    @Override
    public void fill(Past past) throws Exception {
        past.fill(relationship -> send(new Order.Backfill(
                Step.of(relationship, 0).relationshipId(),
                past.of(relationship).stream().map(Order::of).toList())));
    }

    @Override
    public void take(Step step) {
        send(Order.of(step));
    }

    private void send(Order order) {
        gateway.sendAndWait(
                order,
                MetaData.with("subject", "head")
                        .and("role", "HEAD_OF_RELATIONSHIPS")
                        .and("occurredAt", Instant.now().toString()));
    }

    @Override
    public void close() {
        context.close();
    }

    public static void main(String... arguments) throws IOException {
        SubjectProcess process = SubjectProcess.ofThisJvm();
        Class<?> application = Setting.of("store").equals("jpa") ? OnJpa.class : OnJdbc.class;
        try (StockAxon axon = new StockAxon(start(application, WebApplicationType.NONE))) {
            process.serve(axon, Setting.past(), Setting.number("threads"));
        }
        process.end();
    }
}
