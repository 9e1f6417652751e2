package dev.rapport.command;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases that events can be kept in, both of them real. */
public enum Database {
    H2,
    POSTGRESQL;

    private static final AtomicInteger COUNTER = new AtomicInteger();

    /** The URL of an empty database that nobody else uses. */
    public String create() {
        String name = "events_" + COUNTER.incrementAndGet();
        return switch (this) {
            case H2 ->
                "jdbc:h2:file:" + freshFolder().resolve(name)
                        + ";WRITE_DELAY=0;LOCK_TIMEOUT=30000;DB_CLOSE_ON_EXIT=FALSE";
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

    /** The user that may do everything there. */
    String user() {
        return this == H2 ? "sa" : "postgres";
    }

    private static Path freshFolder() {
        try {
            Path folder = Files.createTempDirectory("rapport-command-side-");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One server for all tests; it ends with the JVM. */
    private static final class Postgres {

        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
