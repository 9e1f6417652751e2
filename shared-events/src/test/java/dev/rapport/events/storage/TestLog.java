package dev.rapport.events.storage;

import com.zaxxer.hikari.HikariDataSource;
import dev.rapport.events.DomainEvent;
import dev.rapport.events.InteractionLogged;
import dev.rapport.events.Provenance;
import dev.rapport.events.vocabulary.Channel;
import dev.rapport.events.vocabulary.EntryId;
import dev.rapport.events.vocabulary.RelationshipId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;

/** A log in a database of its own, with as many writers as a test likes to have. */
final class TestLog implements AutoCloseable {

    static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    static final MasterKeys MASTER_KEY =
            MasterKeys.only(MasterKey.of("dGhlIG1hc3RlciBrZXkgb2YgYWxsIHRlc3RzISEhISE=", "tests"));

    final HikariDataSource dataSource;
    final Line line;
    final EventLog log;
    private final List<Writer> writers = new ArrayList<>();

    TestLog(Database database) {
        this(database, POLL_INTERVAL);
    }

    TestLog(Database database, Duration pollInterval) {
        dataSource = database.create();
        line = new Line(dataSource);
        log = new EventLog(line, pollInterval, PersonalKeys.in(dataSource, MASTER_KEY));
    }

    /** The same log as another process sees it. */
    EventLog ofAnotherProcess() {
        return new EventLog(dataSource, POLL_INTERVAL, PersonalKeys.in(dataSource, MASTER_KEY));
    }

    Writer writer() {
        return writer(Clock.systemUTC());
    }

    synchronized Writer writer(Clock clock) {
        var writer = new Writer(log, dataSource, clock);
        writers.add(writer);
        return writer;
    }

    /** Appends an event in a transaction of its own. */
    void append(DomainEventMessage<?>... events) {
        try (var writer = new Writer(log, dataSource, Clock.systemUTC())) {
            writer.append(events);
            writer.commit();
        }
    }

    /** Appends the first events of as many streams. */
    void appendSome(int count) {
        try (var writer = new Writer(log, dataSource, Clock.systemUTC())) {
            for (var i = 0; i < count; i++) {
                writer.append(anEvent());
            }
            writer.commit();
        }
    }

    void execute(String sql) {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    int number(String sql) {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first event of a stream that nobody else uses. */
    static DomainEventMessage<DomainEvent> anEvent() {
        return anEvent(UUID.randomUUID().toString(), 0);
    }

    static DomainEventMessage<DomainEvent> anEvent(String relationship, long sequenceNumber) {
        return message(
                new InteractionLogged(
                        new RelationshipId(relationship),
                        new EntryId("I-" + sequenceNumber),
                        Channel.CALL,
                        "we talked",
                        List.of("Ann", "Bob"),
                        null),
                sequenceNumber);
    }

    static DomainEventMessage<DomainEvent> message(DomainEvent event, long sequenceNumber) {
        return new GenericDomainEventMessage<>(
                "Relationship",
                event.stream().value(),
                sequenceNumber,
                event,
                MetaData.from(Map.of(
                        Provenance.SUBJECT, "manager1",
                        Provenance.ROLE, "RELATIONSHIP_MANAGER",
                        Provenance.OCCURRED_AT, "2026-11-02T09:00:00Z")));
    }

    static List<Long> positions(List<StoredEvent> events) {
        return events.stream().map(StoredEvent::position).toList();
    }

    static List<String> ids(List<StoredEvent> events) {
        return events.stream().map(StoredEvent::eventId).toList();
    }

    @Override
    public synchronized void close() {
        log.close();
        writers.forEach(Writer::close);
        dataSource.close();
    }
}
