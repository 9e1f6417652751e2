package dev.rapport.events.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Somebody who appends, with a connection of their own and a transaction that stays open until they end it. */
final class Writer implements AutoCloseable {

    private final Connection connection;
    private final SingleConnectionDataSource connections;
    final EventLogEngine engine;

    Writer(EventLog log, DataSource dataSource, Clock clock) {
        try {
            connection = dataSource.getConnection();
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        connections = new SingleConnectionDataSource(connection, true);
        engine = EventLogEngine.appendingTo(log, connections::getConnection, NoTransactionManager.INSTANCE, clock);
    }

    void append(DomainEventMessage<?>... events) {
        engine.appendEvents(List.of(events));
    }

    List<DomainEventMessage<?>> load(String stream) {
        return engine.readEvents(stream)
                .asStream()
                .<DomainEventMessage<?>>map(event -> event)
                .toList();
    }

    /** Its own connection, which others may use and not close. */
    Connection connection() throws SQLException {
        return connections.getConnection();
    }

    Optional<Long> lastSequenceNumberOf(String stream) {
        return engine.lastSequenceNumberFor(stream);
    }

    void commit() {
        run(Connection::commit);
    }

    void rollback() {
        run(Connection::rollback);
    }

    @Override
    public void close() {
        run(open -> {
            if (!open.isClosed()) {
                open.rollback();
                open.close();
            }
        });
    }

    private interface Step {
        void on(Connection connection) throws SQLException;
    }

    private void run(Step step) {
        try {
            step.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
