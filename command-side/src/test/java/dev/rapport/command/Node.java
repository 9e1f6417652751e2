package dev.rapport.command;

import static dev.rapport.command.Asked.MANAGER;

import dev.rapport.command.dispatch.Answer.Given;
import dev.rapport.command.dispatch.CommandDispatcher;
import dev.rapport.command.dispatch.ReceiptKey;
import dev.rapport.command.relationship.RelationshipCommand.EstablishRelationship;
import dev.rapport.command.stakeholder.StakeholderCommand.RegisterStakeholder;
import dev.rapport.events.DomainEvent;
import dev.rapport.events.StreamName;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.RecordedEvent;
import dev.rapport.events.vocabulary.ManagerId;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import dev.rapport.events.vocabulary.StakeholderKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.springboot.autoconfig.AxonDbSchedulerAutoConfiguration;
import org.axonframework.springboot.autoconfig.JdbcAutoConfiguration;
import org.axonframework.springboot.autoconfig.XStreamAutoConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A command side that runs, wired as applications wire it, without HTTP. Several may run on one database. */
public final class Node implements AutoCloseable {

    private static final String MASTER_KEY = "dGhlIG1hc3RlciBrZXkgb2YgYWxsIHRlc3RzISEhISE=";

    private static final Map<Database, Node> SHARED = new EnumMap<>(Database.class);
    private static final Map<Database, Node> SHARED_BESIDE = new EnumMap<>(Database.class);

    private final Database database;
    private final String url;
    private final ConfigurableApplicationContext context;

    private Node(Database database, String url, String... properties) {
        this.database = database;
        this.url = url;
        System.setProperty("disable-axoniq-console-message", "true");
        context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties(
                        "rapport.events.url=" + url,
                        "rapport.events.username=" + database.user(),
                        "rapport.master-key=" + MASTER_KEY,
                        "axon.timeout.enabled=false",
                        "axon.update-check.disabled=true")
                .properties(properties)
                .run();
    }

    /** A node on an empty database. */
    public static Node on(Database database, String... properties) {
        return new Node(database, database.create(), properties);
    }

    /** A node on a database that is there already. */
    static Node at(String url, Database database, String... properties) {
        return new Node(database, url, properties);
    }

    /** The node of all tests that do not stop it and keep to ids of their own; they are {@link Sharing}. */
    public static synchronized Node shared(Database database) {
        return SHARED.computeIfAbsent(database, Node::on);
    }

    /** A second node on the database of the {@link #shared} one. */
    public static synchronized Node sharedBeside(Database database) {
        return SHARED_BESIDE.computeIfAbsent(database, _ -> shared(database).another());
    }

    private static synchronized void stopShared() {
        Stream.of(SHARED_BESIDE, SHARED).forEach(nodes -> {
            nodes.values().forEach(Node::close);
            nodes.clear();
        });
    }

    /** Stops shared nodes after the last test, while their databases are still there. */
    public static final class Sharing implements BeforeAllCallback {

        @Override
        public void beforeAll(ExtensionContext test) {
            test.getRoot()
                    .getStore(ExtensionContext.Namespace.create(Sharing.class))
                    .computeIfAbsent("stop", _ -> (AutoCloseable) Node::stopShared);
        }
    }

    /** Another node on the same database. */
    public Node another(String... properties) {
        return new Node(database, url, properties);
    }

    public Database database() {
        return database;
    }

    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    public JdbcClient sql() {
        return get(JdbcClient.class);
    }

    /** Sends a command without a key. */
    public Given send(DomainCommand command, Asked asked) {
        return send(command, asked, null);
    }

    public Given send(DomainCommand command, Asked asked, @Nullable ReceiptKey key) {
        return get(CommandDispatcher.class).dispatch(command, now(asked).circumstances(), key);
    }

    /** By the manager, now, without a key. */
    public Given send(DomainCommand command) {
        return send(command, Asked.byTheManager());
    }

    private static Asked now(Asked asked) {
        return asked.receivedAt().equals(Asked.NOW) && asked.occurredAt().equals(Asked.NOW)
                ? asked.at(Instant.now().truncatedTo(ChronoUnit.MICROS))
                : asked;
    }

    /** A stakeholder that nobody else has to do with. */
    public StakeholderId aStakeholder() {
        StakeholderId id = new StakeholderId("S-" + UUID.randomUUID());
        send(new RegisterStakeholder(id, "Acme", StakeholderKind.SUPPLIER, "steel", null));
        return id;
    }

    /** A relationship of the manager that nobody else has to do with. */
    public RelationshipId aRelationship() {
        RelationshipId id = new RelationshipId("R-" + UUID.randomUUID());
        send(new EstablishRelationship(id, aStakeholder(), new ManagerId(MANAGER), null, null));
        return id;
    }

    /** Everything that was recorded of a stream, in order. */
    public List<RecordedEvent> recorded(StreamName stream) {
        EventLog log = get(EventLog.class);
        return log.recorded(log.readStream(stream.value(), 0, 10_000));
    }

    public List<RecordedEvent> recorded(RelationshipId relationship) {
        return recorded(StreamName.of(relationship));
    }

    public List<DomainEvent> eventsOf(RelationshipId relationship) {
        return recorded(relationship).stream().map(RecordedEvent::payload).toList();
    }

    @Override
    public void close() {
        context.close();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration(
            exclude = {
                DataSourceAutoConfiguration.class,
                DataSourceTransactionManagerAutoConfiguration.class,
                FlywayAutoConfiguration.class,
                JdbcAutoConfiguration.class,
                AxonDbSchedulerAutoConfiguration.class,
                XStreamAutoConfiguration.class
            })
    @Import(CommandSide.class)
    static class Application {}
}
