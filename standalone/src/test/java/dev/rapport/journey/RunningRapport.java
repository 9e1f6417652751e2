package dev.rapport.journey;

import dev.rapport.Rapport;
import dev.rapport.events.seal.SignerKey;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.core.type.classreading.MetadataReader;

/** Rapport, started in this JVM on a free port, with its data in a directory of the test's. */
final class RunningRapport implements AutoCloseable {

    static final String PASSWORD = "a password for tests";

    private final ServletWebServerApplicationContext context;

    /** What the class files say is read once for all contexts: it is a good part of what the start of one takes. */
    private static final class OfReadClasses extends AnnotationConfigServletWebServerApplicationContext {

        private static final Map<Resource, MetadataReader> READ = new ConcurrentHashMap<>();

        @Override
        @SuppressWarnings("unchecked") // the caches of a type are of that type, says Spring
        public <T> Map<Resource, T> getResourceCache(Class<T> type) {
            return type == MetadataReader.class ? (Map<Resource, T>) READ : super.getResourceCache(type);
        }
    }

    private RunningRapport(ServletWebServerApplicationContext context) {
        this.context = context;
    }

    static RunningRapport in(Path data) {
        return in(data, Map.of());
    }

    static RunningRapport in(Path data, Map<String, String> settings) {
        return started(application(), data, settings);
    }

    /** With the sample data, as soon as the read models have seen all of it. */
    static RunningRapport withSampleData(Path data) {
        return seen(in(data, Map.of("rapport.sample-data", "true")));
    }

    /** The same, by a clock of the test's. */
    static RunningRapport withSampleData(Path data, Clock clock) {
        return seen(in(data, Map.of("rapport.sample-data", "true"), clock));
    }

    private static RunningRapport seen(RunningRapport rapport) {
        Client operator = rapport.as("operator");
        Instant giveUpAt = Instant.now().plus(Duration.ofMinutes(5));
        while (operator.query("/operations/processors")
                        .body()
                        .path("items")
                        .path(0)
                        .path("lagEvents")
                        .asLong(1)
                > 0) {
            if (Instant.now().isAfter(giveUpAt)) {
                throw new AssertionError("The read models do not see the sample data");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return rapport;
    }

    /** With a clock of the test's in place of the system's. */
    static RunningRapport in(Path data, Clock clock) {
        return in(data, Map.of(), clock);
    }

    private static RunningRapport in(Path data, Map<String, String> settings, Clock clock) {
        SpringApplication application = application();
        application.addInitializers(context -> ((GenericApplicationContext) context)
                .registerBean("clockOfTheTest", Clock.class, () -> clock, bean -> bean.setPrimary(true)));
        return started(application, data, settings);
    }

    /** With something of the test's beside what there is. */
    static <T> RunningRapport in(Path data, Map<String, String> settings, Class<T> type, T bean) {
        SpringApplication application = application();
        application.addInitializers(
                context -> ((GenericApplicationContext) context).registerBean("beanOfTheTest", type, () -> bean));
        return started(application, data, settings);
    }

    private static SpringApplication application() {
        SpringApplication application = Rapport.application();
        application.setApplicationContextFactory(_ -> new OfReadClasses());
        return application;
    }

    private static RunningRapport started(SpringApplication application, Path data, Map<String, String> settings) {
        return new RunningRapport((ServletWebServerApplicationContext) application.run(arguments(data, settings)));
    }

    /** Settings that have nothing kept in the data directory: databases are in another one, and keys in the settings themselves. */
    static Map<String, String> everythingIn(Path elsewhere) {
        return Map.of(
                "rapport.events.url", "jdbc:h2:file:" + elsewhere.resolve("events"),
                "rapport.read.url", "jdbc:h2:file:" + elsewhere.resolve("read") + ";DATABASE_TO_LOWER=TRUE",
                "rapport.audit.url", "jdbc:h2:file:" + elsewhere.resolve("audit") + ";DATABASE_TO_LOWER=TRUE",
                "rapport.master-key", "dGhlIG1hc3RlciBrZXkgb2YgYWxsIHRlc3RzISEhISE=",
                "rapport.seal.key", SignerKey.generate("tests").secret());
    }

    private static String[] arguments(Path data, Map<String, String> settings) {
        Map<String, String> arguments = new LinkedHashMap<>(Map.of(
                "server.port", "0",
                "rapport.data-dir", data.toString(),
                "rapport.sample-data", "false",
                "rapport.demo.password", PASSWORD,
                // a page that was left keeps its stream until the next heartbeat, and a test turns pages faster than
                // anybody
                "rapport.stream.most-per-caller", "1000",
                "logging.level.root", "warn"));
        arguments.putAll(settings);
        return arguments.entrySet().stream()
                .map(argument -> "--" + argument.getKey() + "=" + argument.getValue())
                .toArray(String[]::new);
    }

    Client as(String user) {
        return new Client(address(), user, PASSWORD);
    }

    /** Where it listens, without a path. */
    String address() {
        return "http://127.0.0.1:" + context.getWebServer().getPort();
    }

    /** Where the endpoints of management listen, without a path. */
    String managementAddress() {
        return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.management.port");
    }

    <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    boolean has(Class<?> type) {
        return context.getBeanNamesForType(type).length > 0;
    }

    @Override
    public void close() {
        context.close();
    }
}
