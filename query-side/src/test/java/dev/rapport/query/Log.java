package dev.rapport.query;

import com.zaxxer.hikari.HikariDataSource;
import dev.rapport.events.ConsistencyToken;
import dev.rapport.events.DomainEvent;
import dev.rapport.events.PersonalDataErased;
import dev.rapport.events.Provenance;
import dev.rapport.events.RelationshipEvent;
import dev.rapport.events.StakeholderErased;
import dev.rapport.events.StreamName;
import dev.rapport.events.storage.Erasable;
import dev.rapport.events.storage.Eraser;
import dev.rapport.events.storage.ErasureOrder;
import dev.rapport.events.storage.EventLog;
import dev.rapport.events.storage.EventLogEngine;
import dev.rapport.events.storage.MasterKey;
import dev.rapport.events.storage.MasterKeys;
import dev.rapport.events.storage.PersonalKeys;
import dev.rapport.events.vocabulary.RelationshipId;
import dev.rapport.events.vocabulary.StakeholderId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** A real event log in a database of its own, and whoever appends to it. */
public final class Log implements AutoCloseable {

    private static final MasterKeys MASTER_KEY =
            MasterKeys.only(MasterKey.of("dGhlIG1hc3RlciBrZXkgb2YgYWxsIHRlc3RzISEhISE=", "tests"));

    static final String SOMEBODY = "manager1";

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private static final String OF_TOMORROW = "OfTomorrow";

    /** By database, made once: every log begins as a copy of it. */
    private static final Map<Database, String> EMPTY = new ConcurrentHashMap<>();

    public final HikariDataSource dataSource;
    private final Map<StreamName, Long> versions;
    private final EventLogEngine engine;
    private final TransactionTemplate transaction;
    public final EventLog log;

    public Log(Database database) {
        this(
                connected(database, database.copyOf(EMPTY.computeIfAbsent(database, Log::empty))),
                new ConcurrentHashMap<>());
    }

    private Log(HikariDataSource dataSource, Map<StreamName, Long> versions) {
        this.dataSource = dataSource;
        this.versions = versions;
        var transactions = new DataSourceTransactionManager(dataSource);
        transaction = new TransactionTemplate(transactions);
        log = new EventLog(dataSource, Duration.ofMillis(100), PersonalKeys.in(dataSource, MASTER_KEY));
        engine = EventLogEngine.appendingTo(
                log,
                new TransactionAwareDataSourceProxy(dataSource)::getConnection,
                new SpringTransactionManager(transactions),
                Clock.systemUTC());
    }

    /** The same log as another process has it, which ends with this one. */
    Log ofAnotherProcess() {
        return new Log(dataSource, versions);
    }

    /** A log of its own with all that is in this one, which has to be closed. */
    public Log copy(Database database) {
        return new Log(
                connected(database, database.copyOf(dataSource.getJdbcUrl())), new ConcurrentHashMap<>(versions));
    }

    private static HikariDataSource connected(Database database, String url) {
        var dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(url);
        dataSource.setUsername(database.user());
        return dataSource;
    }

    /** A database with the tables of a log. */
    private static String empty(Database database) {
        String url = database.freshUrl();
        Flyway.configure()
                .dataSource(url, database.user(), null)
                .locations(database.eventScripts())
                .load()
                .migrate();
        return url;
    }

    /** Appends events that occurred some noon. */
    public ConsistencyToken append(DomainEvent... events) {
        return append(NOON, events);
    }

    ConsistencyToken append(Instant occurredAt, DomainEvent... events) {
        return append(SOMEBODY, occurredAt, Arrays.asList(events));
    }

    /** Appends events in one transaction; the token stands for the last of them. */
    synchronized ConsistencyToken append(String subject, Instant occurredAt, List<? extends DomainEvent> events) {
        List<DomainEventMessage<?>> messages = events.stream()
                .<DomainEventMessage<?>>map(event -> message(event, subject, occurredAt))
                .toList();
        transaction.executeWithoutResult(_ -> engine.appendEvents(messages));
        log.wake();
        StreamName last = events.getLast().stream();
        return new ConsistencyToken(last, versions.get(last));
    }

    /** Appends events that were recorded at a time of the past, as if the database's clock had shown it. */
    synchronized void appendRecordedAt(Instant recordedAt, Instant occurredAt, DomainEvent... events) {
        List<DomainEventMessage<?>> messages = Arrays.stream(events)
                .<DomainEventMessage<?>>map(event -> message(event, SOMEBODY, occurredAt))
                .toList();
        transaction.executeWithoutResult(_ -> {
            engine.appendEvents(messages);
            messages.forEach(message -> JdbcClient.create(dataSource)
                    .sql("update event_log set recorded_at = ? where event_id = ?")
                    .param(recordedAt.atOffset(ZoneOffset.UTC))
                    .param(message.getIdentifier())
                    .update());
        });
        log.wake();
    }

    /** Appends an event of a type that nobody knows yet, as a newer version of Rapport would. */
    synchronized ConsistencyToken appendOfTomorrow(DomainEvent event) {
        DomainEventMessage<DomainEvent> message = message(event, SOMEBODY, NOON);
        transaction.executeWithoutResult(_ -> {
            engine.appendEvents(List.of(message));
            JdbcClient.create(dataSource)
                    .sql("update event_log set event_type = concat(event_type, ?) where event_id = ?")
                    .params(OF_TOMORROW, message.getIdentifier())
                    .update();
        });
        log.wake();
        return new ConsistencyToken(event.stream(), versions.get(event.stream()));
    }

    /** Has processes that begin to read the log now know all types of events, as those of the newer version would. */
    void tomorrowHasCome() {
        tamper("update event_log set event_type = replace(event_type, ?, '')", OF_TOMORROW);
    }

    /** Changes what is stored, which nobody but the owner of the database can. */
    public void tamper(String sql, Object... parameters) {
        JdbcClient.create(dataSource).sql(sql).params(parameters).update();
    }

    /** Has what is ordered erased, and every stream concerned told, as the command side does. */
    void erase(ErasureOrder order) {
        var eraser = new Eraser(log, new TransactionAwareDataSourceProxy(dataSource)::getConnection);
        Erasable found = eraser.find(order);
        transaction.executeWithoutResult(_ -> {
            List<DomainEvent> told = eraser.destroy(found).keySet().stream()
                    .<DomainEvent>map(stream -> stream.isOfStakeholder()
                            ? new StakeholderErased(new StakeholderId(stream.id()), "E-1")
                            : new PersonalDataErased(
                                    new RelationshipId(stream.id()),
                                    "E-1",
                                    List.copyOf(found.streams().get(stream).entries())))
                    .toList();
            append("operator", NOON, told);
        });
        log.forgetOpened();
        log.wake();
    }

    private DomainEventMessage<DomainEvent> message(DomainEvent event, String subject, Instant occurredAt) {
        long version = versions.merge(event.stream(), 1L, Long::sum);
        return new GenericDomainEventMessage<>(
                event instanceof RelationshipEvent ? "Relationship" : "Stakeholder",
                event.stream().value(),
                version - 1,
                event,
                MetaData.from(Map.of(
                        Provenance.SUBJECT,
                        subject,
                        Provenance.ROLE,
                        "RELATIONSHIP_MANAGER",
                        Provenance.OCCURRED_AT,
                        occurredAt.toString())));
    }

    /** What the read models have to show when they have seen everything. */
    Map<StreamName, Long> versions() {
        return Map.copyOf(versions);
    }

    @Override
    public void close() {
        log.close();
        dataSource.close();
    }
}
