package dev.rapport.events.storage;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/** The databases that the log can be kept in, all of them real. */
enum Database {
    H2_IN_MEMORY,
    H2_IN_A_FILE,
    POSTGRESQL;

    private static final AtomicInteger COUNTER = new AtomicInteger();

    /** An empty database with the log's tables. */
    HikariDataSource create() {
        var dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(freshUrl());
        dataSource.setUsername(this == POSTGRESQL ? "postgres" : "sa");
        dataSource.setMaximumPoolSize(32);
        dataSource.setMinimumIdle(0);
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/events/" + (this == POSTGRESQL ? "postgresql" : "h2"))
                .load()
                .migrate();
        return dataSource;
    }

    boolean letsAppendsRunSideBySide() {
        return this == POSTGRESQL;
    }

    private String freshUrl() {
        var name = "events_" + COUNTER.incrementAndGet();
        return switch (this) {
            case H2_IN_MEMORY -> "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=600000";
            case H2_IN_A_FILE -> "jdbc:h2:file:" + freshFolder() + "/" + name + ";WRITE_DELAY=0;LOCK_TIMEOUT=600000";
            case POSTGRESQL -> {
                try (var connection = Postgres.SERVER.getPostgresDatabase().getConnection();
                        var statement = connection.createStatement()) {
                    statement.execute("create database " + name);
                    yield Postgres.SERVER.getJdbcUrl("postgres", name);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    private static Path freshFolder() {
        try {
            var folder = Files.createDirectories(Path.of("target", "event-logs").toAbsolutePath());
            return Files.createTempDirectory(folder, "log-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One server for all tests; it ends with the JVM. */
    private static final class Postgres {

        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("synchronous_commit", "on")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
